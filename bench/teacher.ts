// Whether styles taught with our feature network are as good as styles taught with the one it imitates. Prints a table.
// npm run bench -- teacher [--steps 500] [--seeds 1,2] [--paintings NAME,…] [--photos NAME,…] [--size 384] [--json]
//   [--features FILE] [--sheet FILE.jpg] [--fresh] [--data FOLDER] [--cache FOLDER]
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { inspectPicture } from '../src-main/engine/image/codec.ts';
import { machine } from './machine.ts';
import { writeContactSheet } from './quality/contact-sheet.ts';
import { sha256, stemOf, type Contender } from './quality/contenders.ts';
import { openJudges, type Judged, type Judges } from './quality/judges.ts';
import { paintKept, type Painted, type Photo } from './quality/paint-kept.ts';
import { compareTeachers, meanOf, tableOf, teachers, type Opinion, type Result, type TeacherName } from './teacher/comparison.ts';
import { teachKept } from './teacher/teach-kept.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    features: { type: 'string', default: 'resources/models/features.onnx' },
    paintings: { type: 'string', default: 'cezanne-basket-of-apples,hokusai-great-wave,vangogh-starry-night,picabia-udnie,seurat-port-en-bessin,turner-shipwreck' },
    photos: { type: 'string', default: 'demo-chicago,demo-lion,demo-tubingen,bsds-302008' },
    seeds: { type: 'string', default: '1,2' },
    steps: { type: 'string', default: '500' },
    size: { type: 'string', default: '384' },
    cache: { type: 'string', default: '.work/teacher' },
    sheet: { type: 'string' },
    json: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
  },
});

/** None of them is a photograph that results are judged on. */
const practice = /^(kodak|unsplash|elementary)-/;
/** Threads decide the bits of a teaching; every machine has one. */
const threads = 1;

/** A taught style and its photographs. */
interface Taught {
  readonly contender: Contender;
  readonly teacher: TeacherName;
  readonly seed: number;
  readonly painted: readonly Painted[];
}

const percept = join(values.data, 'percept');
const networks: Readonly<Record<TeacherName, string>> = { original: needed(join(percept, 'squeezenet1_1-features.onnx')), ours: needed(values.features) };
const impartial = needed(join(percept, 'vgg19norm-relu3_1.onnx'));
const content = needed(join(values.data, 'content'));
const practised = readdirSync(content).filter((name) => practice.test(name)).map((name) => join(content, name));
const [seeds, steps, sizePx] = [values.seeds.split(',').map(Number), Number(values.steps), Number(values.size)];
mkdirSync(values.cache, { recursive: true });

const photos = await Promise.all(values.photos.split(',').map(photoOf));
const judges = await openJudges({ impartial, second: networks.original, cache: join(values.cache, 'judged'), threads, fresh: values.fresh });
const results: Result[] = [];
const untouched: Result['opinions'][] = [];
const shown: { readonly painting: string; readonly paintingFile: string; readonly taught: readonly Taught[] }[] = [];
for (const painting of values.paintings.split(',')) {
  const paintingFile = needed(join(values.data, 'paintings', `${painting}.jpg`));
  const taught = await teachAll(paintingFile);
  shown.push({ painting, paintingFile, taught });
  for (const each of taught) results.push(...(await resultsOf(each, judges)));
  const before = photos.map((photo) => ({ photo, file: photo.file, key: sha256(photo.hash, String(photo.longSidePx)) }));
  untouched.push(...(await judges.judge(before, paintingFile, undefined)).map(opinionsOf));
}
await judges.close();
if (values.sheet !== undefined) await writeSheet(values.sheet);
report();

function needed(path: string): string {
  if (existsSync(path)) return path;
  process.stderr.write(`${path} is missing: this benchmark needs the development data (--data FOLDER)\n`);
  process.exit(1);
}

async function photoOf(name: string): Promise<Photo> {
  const file = needed(join(content, `${name}.jpg`));
  const { width, height } = await inspectPicture(file);
  return { name, file, hash: sha256(readFileSync(file)), longSidePx: Math.min(sizePx, Math.max(width, height)) };
}

/** Both teachers give one seed's lessons on the same crops. */
async function teachAll(paintingFile: string): Promise<Taught[]> {
  const taught: Taught[] = [];
  for (const seed of seeds) {
    for (const teacher of teachers) {
      process.stderr.write(`${stemOf(paintingFile)}, ${teacher}, seed ${seed}\n`);
      const lesson = { paintingFile, teacher, features: networks[teacher], seed, steps, photos: practised };
      const contender = await teachKept(lesson, values.cache, values.fresh);
      const painted = await paintKept(contender, photos, { cache: join(values.cache, 'painted'), strokePercent: 0, threads, fresh: values.fresh });
      taught.push({ contender, teacher, seed, painted });
    }
  }
  return taught;
}

async function resultsOf({ contender, teacher, seed, painted }: Taught, by: Judges): Promise<Result[]> {
  const judged = await by.judge(painted, contender.paintingFile, undefined);
  return judged.map((each, index) => ({ painting: contender.painting, teacher, seed, photo: photos[index]!.name, opinions: opinionsOf(each) }));
}

/** Full and half size: at a quarter of 384 px most pairs have no crops left to be compared by. */
function opinionsOf({ second, impartial: first }: Judged): Result['opinions'] {
  const opinion = ({ style, styleHalf, content: kept }: Judged['second']): Opinion => ({ style: (style + styleHalf) / 2, content: kept });
  return { squeezenet: opinion(second), vgg: opinion(first) };
}

/** Another photograph in every row. */
async function writeSheet(path: string): Promise<void> {
  const rows = shown.map(({ painting, paintingFile, taught }, row) => {
    const files = taught.map(({ contender: { column }, painted }) => [column, painted[row % painted.length]!.file] as const);
    return { painting, paintingFile, photoFile: photos[row % photos.length]!.file, results: Object.fromEntries(files) };
  });
  await writeContactSheet(rows, shown[0]!.taught.map(({ contender: { column } }) => column), 300, path);
}

function report(): void {
  const comparison = compareTeachers(results);
  const asThey = { squeezenet: meanOf(untouched.map(({ squeezenet }) => squeezenet)), vgg: meanOf(untouched.map(({ vgg }) => vgg)) };
  const setting = { steps, seeds, photos: photos.map(({ name }) => name), sizePx, practised: practised.length, features: basename(values.features), judges: [networks.original, impartial].map((file) => basename(file)) };
  if (values.json) process.stdout.write(`${JSON.stringify({ bench: 'teacher', machine: machine(), ...setting, untouched: asThey, ...comparison, results }, null, 2)}\n`);
  else process.stdout.write(`${tableOf(comparison, asThey)}\n\nOriginal → ours, quotient. Within 10 % on style and content by SqueezeNet: ${comparison.good ? 'yes' : 'no'}.\n`);
}
