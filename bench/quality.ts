// How good our styles are beside foreign networks of the same paintings on the same photographs: JSON, a table, a contact sheet.
// npx tsx bench/quality.ts [--styles FOLDER,…] [--taught FOLDER] [--out FOLDER] [--doc FILE.md] [--time]
//   [--photos NAME,…] [--paintings NAME,…] [--size 512] [--stroke 0] [--threads 2] [--fresh] [--data FOLDER] [--cache FOLDER]
//   [--blind SEED [--pairs 12] [--against best|peer|arbitrary]] [--reveal, with the same --blind and --out]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inspectPicture } from '../src-main/engine/image/codec.ts';
import { machine } from './machine.ts';
import { readJson, reveal, writeBlind, type Choices, type Key, type Pair } from './quality/blind.ts';
import { writeContactSheet } from './quality/contact-sheet.ts';
import { findContenders, sha256, type Contender } from './quality/contenders.ts';
import { openJudges, type Judged, type Judges } from './quality/judges.ts';
import { paintKept, type Painted, type Photo } from './quality/paint-kept.ts';
import { networkSpeeds } from './quality/speeds.ts';
import { tableOf } from './quality/table.ts';
import { bestForeign, championOf, meanOf, verdictOf, type Row } from './quality/verdict.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    styles: { type: 'string', default: 'resources/styles' },
    taught: { type: 'string' },
    base: { type: 'string', default: 'resources/models/base.vstyle' },
    photos: { type: 'string', default: 'demo-amber,demo-chicago,demo-figures,demo-golden-gate,demo-lion,demo-origami,demo-stata,demo-taj-mahal,demo-tubingen,bsds-302008,bsds-351093' },
    paintings: { type: 'string' },
    size: { type: 'string', default: '512' },
    stroke: { type: 'string', default: '0' },
    threads: { type: 'string', default: '2' },
    cache: { type: 'string', default: '.work/quality' },
    out: { type: 'string', default: '.work/quality/report' },
    doc: { type: 'string' },
    cell: { type: 'string', default: '240' },
    time: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    blind: { type: 'string' },
    pairs: { type: 'string', default: '12' },
    against: { type: 'string', default: 'best' },
    reveal: { type: 'boolean', default: false },
  },
});

/** One painting's results by contender, photograph by photograph. */
interface Compared {
  readonly contenders: readonly Contender[];
  readonly painted: ReadonlyMap<Contender, readonly Painted[]>;
  readonly rows: readonly Row[];
}

const sizePx = Number(values.size);
const threads = Number(values.threads);
const blindFolder = join(values.out, `blind-${values.blind}`);
const keyFile = join(values.cache, 'keys', `blind-${values.blind}.json`);

if (values.reveal) {
  const [key, choices] = [readJson<Key>(needed(keyFile)), readJson<Choices>(needed(join(blindFolder, 'choices.json')))];
  process.stdout.write(`${JSON.stringify({ bench: 'quality', blind: Number(values.blind), ...reveal(key, choices) }, null, 2)}\n`);
} else await compareAll();

async function compareAll(): Promise<void> {
  const contenders = await chosenContenders();
  const photos = await photosOf(values.photos.split(','));
  const speeds = values.time ? await networkSpeeds(contenders, threads) : new Map<string, number>();
  const percept = join(values.data, 'percept');
  const files = { impartial: needed(join(percept, 'vgg19norm-relu3_1.onnx')), second: needed(join(percept, 'squeezenet1_1-features.onnx')) };
  const judges = await openJudges({ ...files, cache: join(values.cache, 'judged'), threads, fresh: values.fresh });
  const compared: Compared[] = [];
  for (const painting of new Set(contenders.map((each) => each.painting))) {
    process.stderr.write(`${painting}\n`);
    compared.push(await compare(contenders.filter((each) => each.painting === painting), photos, judges, speeds));
  }
  await judges.close();
  await report(compared, photos, judges.files);
  if (values.blind !== undefined) await writePairs(compared, photos, Number(values.blind));
}

async function chosenContenders(): Promise<Contender[]> {
  const folders = { paintings: needed(join(values.data, 'paintings')), peers: needed(join(values.data, 'styles-onnx')), styles: values.styles.split(','), base: values.base };
  const all = await findContenders({ ...folders, ...(values.taught !== undefined && { taught: needed(values.taught) }) });
  const wanted = values.paintings?.split(',');
  const chosen = all.filter(({ painting }) => wanted?.includes(painting) ?? true);
  return chosen.length > 0 ? chosen : stopped(`there is no style of a painting of ${folders.paintings} in ${values.styles}: name a folder of .vstyle files with --styles or --taught`);
}

async function photosOf(names: readonly string[]): Promise<Photo[]> {
  const photos: Photo[] = [];
  for (const name of names) {
    const file = needed(join(values.data, 'content', `${name}.jpg`));
    const { width, height } = await inspectPicture(file);
    photos.push({ name, file, hash: sha256(readFileSync(file)), longSidePx: Math.min(sizePx, Math.max(width, height)) });
  }
  return photos;
}

async function compare(contenders: readonly Contender[], photos: readonly Photo[], judges: Judges, speeds: ReadonlyMap<string, number>): Promise<Compared> {
  const painted = new Map<Contender, readonly Painted[]>();
  const setting = { cache: join(values.cache, 'painted'), strokePercent: Number(values.stroke), threads, fresh: values.fresh };
  for (const contender of contenders) painted.set(contender, await paintKept(contender, photos, setting));
  const { painting, paintingFile } = contenders[0]!;
  const untouched = photos.map((photo) => ({ photo, file: photo.file, key: sha256(photo.hash, String(photo.longSidePx)) }));
  const columns: readonly (readonly Painted[])[] = [untouched, ...painted.values()];
  // photograph by photograph, so that each is looked at once
  const judged = await judges.judge(photos.flatMap((_, index) => columns.map((column) => column[index]!)), paintingFile, ours(contenders));
  const means = columns.map((_, column) => meanOf(judged.filter((_each: Judged, index) => index % columns.length === column)));
  const rows: Row[] = contenders.map((contender, index) => {
    const { column, maker, name, bytes, sharedBytes } = contender;
    const msPerMegapixel = speeds.get(contender.file);
    return { painting, column, maker, name, mean: means[index + 1]!, bytes, sharedBytes, ...(msPerMegapixel !== undefined && { msPerMegapixel }) };
  });
  return { contenders, painted, rows: [{ painting, column: 'photo', maker: 'photo', name: 'photo', mean: means[0]! }, ...rows] };
}

/** Whose discriminator judges: the shipped style's, else that of the longest taught. */
function ours(contenders: readonly Contender[]): Contender | undefined {
  const own = contenders.filter(({ maker }) => maker === 'ours');
  return own.find(({ column }) => column === 'shipped') ?? own.at(-1);
}

async function report(compared: readonly Compared[], photos: readonly Photo[], [impartial, second]: readonly [string, string]): Promise<void> {
  const rows = compared.flatMap((each) => each.rows);
  const verdict = verdictOf(rows);
  const setting = { photos: photos.map(({ name }) => name), sizePx, strokePercent: Number(values.stroke), impartial, second, timed: values.time };
  const table = tableOf(rows, verdict, setting);
  const json = `${JSON.stringify({ bench: 'quality', machine: machine(), threads, ...setting, ...verdict, rows }, null, 2)}\n`;
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, 'quality.json'), json);
  writeFileSync(join(values.out, 'quality.md'), table);
  if (values.doc !== undefined) writeIntoDoc(values.doc, table);
  const columns = [...new Set(compared.flatMap(({ contenders }) => contenders.map(({ column }) => column)))];
  const ranked = [...columns.filter((column) => !['peer', 'arbitrary'].includes(column)), ...['peer', 'arbitrary'].filter((column) => columns.includes(column))];
  await writeContactSheet(compared.map(sheetRow), ranked, Number(values.cell), join(values.out, 'quality.jpg'));
  process.stdout.write(json);
}

/** Another photograph in every row. */
function sheetRow({ contenders, painted }: Compared, row: number) {
  const { painting, paintingFile } = contenders[0]!;
  const shown = [...painted].map(([{ column }, results]) => [column, results[row % results.length]!] as const);
  return { painting, paintingFile, photoFile: shown[0]![1].photo.file, results: Object.fromEntries(shown.map(([column, { file }]) => [column, file])) };
}

/** Replaces what stands between the marks. */
function writeIntoDoc(doc: string, table: string): void {
  const [from, to] = ['<!-- measured: begin -->', '<!-- measured: end -->'];
  const text = readFileSync(needed(doc), 'utf8');
  const [start, end] = [text.indexOf(from), text.indexOf(to)];
  if (start < 0 || end < start) stopped(`${doc} has no place for the table: ${from} … ${to}`);
  writeFileSync(doc, `${text.slice(0, start + from.length)}\n${table}${text.slice(end)}`);
}

async function writePairs(compared: readonly Compared[], photos: readonly Photo[], seed: number): Promise<void> {
  const all = compared.flatMap(({ contenders, painted, rows }): Pair[] => {
    const champion = contenders.find(({ column }) => column === championOf(rows)?.column);
    const column = values.against === 'best' ? bestForeign(rows)?.column : values.against;
    const rival = contenders.find((each) => each.maker === 'foreign' && each.column === column);
    if (!champion || !rival) return [];
    const { painting, paintingFile } = champion;
    const [own, foreign] = [painted.get(champion)!, painted.get(rival)!];
    return photos.map(({ name }, index) => ({
      painting, paintingFile, photo: name,
      ours: { name: champion.name, file: own[index]!.file },
      foreign: { name: rival.name, file: foreign[index]!.file },
    }));
  });
  const written = await writeBlind(all, Number(values.pairs), seed, blindFolder, keyFile);
  process.stderr.write(`${written} pairs in ${blindFolder}; write A, B or = into its choices.json, then --blind ${seed} --reveal\n`);
}

function needed(path: string): string {
  return existsSync(path) ? path : stopped(`${path} is missing`);
}

function stopped(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
