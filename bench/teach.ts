// What a style taught from one painting is worth after 15 s to 5 min, with and without the adversarial term. Prints JSON.
// npx tsx bench/teach.ts [--until 300] [--threads 2,1] [--terms with,without] [--start identity|untaught] [--pictures FOLDER]
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { plainPaint } from '../src-main/contract/document.ts';
import type { TrainerEvent } from '../src-main/contract/teaching.ts';
import { decodePixels, encodePixels } from '../src-main/engine/image/codec.ts';
import { featureDistance } from '../src-main/engine/metrics/feature-distance.ts';
import { openFeatureNetwork, type FeatureNetwork } from '../src-main/engine/metrics/feature-network.ts';
import { ssim } from '../src-main/engine/metrics/ssim.ts';
import { matchScales, styleMatch, type MatchScale } from '../src-main/engine/metrics/style-match.ts';
import { createOrtSessions } from '../src-main/engine/runtime/ort-node.ts';
import { glaze } from '../src-main/engine/styles/glaze/engine.ts';
import { cropPatch, pixelsOf, planesOf } from '../src-main/engine/tensor/layout.ts';
import type { Tensor } from '../src-main/engine/tensor/tensor.ts';
import { planTiles } from '../src-main/engine/tiling/plan.ts';
import { readWindow } from '../src-main/engine/tiling/window.ts';
import { foldersOf } from '../src-main/services/node-platform.ts';
import { readPreset, writePreset } from '../src-main/services/library/preset-file.ts';
import { createTeachControl } from '../src-main/services/teach/teach-control.ts';
import { runTeaching } from '../src-main/services/teach/teaching.ts';
import { machine } from './machine.ts';
import { untaughtPreset } from './untaught-preset.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    painting: { type: 'string', default: 'paintings/vangogh-starry-night.jpg' },
    features: { type: 'string' },
    judge: { type: 'string' },
    until: { type: 'string', default: '300' },
    threads: { type: 'string', default: '2,1' },
    terms: { type: 'string', default: 'with,without' },
    start: { type: 'string', default: 'identity' },
    pictures: { type: 'string' },
  },
});

const budgets = [15, 30, 60, 120, 300].filter((seconds) => seconds <= Number(values.until));
const practice = /^(kodak|unsplash|elementary)-/;
/** Never practised on. */
const heldOut = ['demo-chicago.jpg', 'demo-lion.jpg', 'demo-tubingen.jpg'];
const sizePx = 512;

interface Judged {
  /** Distance of features to the photograph, 0 the same … 2 unrelated; structure of luminance, 1 the same. */
  readonly contentDistance: number;
  readonly ssim: number;
  /** Distance to the painting, 1 as close as it is to itself. */
  readonly styleMatch: Readonly<Record<string, { readonly gram: number; readonly moments: number }>>;
}

interface Taught extends Judged {
  readonly threads: number;
  readonly adversarial: boolean;
  /** What was asked for, and what the whole run took: decoding, timing, previews and export included. */
  readonly seconds: number;
  readonly wallSeconds: number;
  readonly steps: number;
  readonly losses: Readonly<Record<string, number>>;
}

const sessions = createOrtSessions();
const work = mkdtempSync(join(tmpdir(), 'velatura-bench-teach-'));
process.once('exit', () => rmSync(work, { recursive: true, force: true }));

const painting = needed(join(values.data, values.painting));
const features = needed(values.features ?? process.env['VELATURA_FEATURES'] ?? join(values.data, 'percept', 'squeezenet1_1-features.onnx'));
const judgeFile = needed(values.judge ?? features);
const photos = practicePhotos();
const resources = await resourcesFor(values.start);
const judge = await openFeatureNetwork(readFileSync(judgeFile), basename(judgeFile), sessions, { provider: 'cpu' });
const style = await pictureAt(painting);
const contents = await Promise.all(heldOut.map((name) => pictureAt(needed(join(values.data, 'content', name)))));
const untouched = await judged(contents, judge);

const results: Taught[] = [];
for (const threads of values.threads.split(',').map(Number)) {
  for (const term of values.terms.split(',')) {
    for (const seconds of budgets) results.push(await teachFor(seconds, threads, term === 'with'));
  }
}
await judge.close();
const { start } = values;
const setting = { painting: basename(painting), photos: readdirSync(photos).length, features: basename(features), judge: basename(judgeFile), start, heldOut, sizePx };
process.stdout.write(`${JSON.stringify({ bench: 'teach', machine: machine(), ...setting, untouched, results }, null, 2)}\n`);

function needed(path: string): string {
  if (existsSync(path)) return path;
  process.stderr.write(`${path} is missing: this benchmark needs the development data (--data FOLDER) and a feature network (--features FILE)\n`);
  process.exit(1);
}

function practicePhotos(): string {
  const folder = join(work, 'photos');
  mkdirSync(folder);
  const from = needed(join(values.data, 'content'));
  for (const name of readdirSync(from).filter((each) => practice.test(each))) cpSync(join(from, name), join(folder, name));
  return folder;
}

/** The identity generator that ships, or one with random weights in its place. */
async function resourcesFor(start: string): Promise<string> {
  if (start === 'identity') return foldersOf(process.env).resources;
  const folder = join(work, 'resources');
  mkdirSync(join(folder, 'models'), { recursive: true });
  await writePreset(join(folder, 'models', 'identity.vstyle'), untaughtPreset());
  return folder;
}

async function pictureAt(path: string): Promise<Tensor> {
  return planesOf(await decodePixels(path, { longSide: sizePx }));
}

async function teachFor(seconds: number, threads: number, adversarial: boolean): Promise<Taught> {
  const name = `${basename(painting, '.jpg')}-${seconds}s-${threads}t-${adversarial ? 'with' : 'without'}`;
  const request = {
    paintings: [painting], name, photos: [photos], features, seconds, threads,
    base: 'none', depth: adversarial ? ('paint' as const) : ('refine' as const), seed: 1, resume: false, out: work,
  };
  const from = performance.now();
  const outcome = await runTeaching(request, { resources, run: join(work, 'run') }, createTeachControl(), told);
  const wallSeconds = (performance.now() - from) / 1000;
  const painted = await paintAll(outcome.preset, name);
  return { threads, adversarial, seconds, wallSeconds: rounded(wallSeconds), steps: outcome.steps, ...(await judged(painted, judge)), losses: roundedAll(outcome.losses) };
}

function told(event: TrainerEvent): void {
  if (event.kind === 'warning') process.stderr.write(`${event.key} ${JSON.stringify(event.details)}\n`);
}

/** The held-out photographs at 512 px, in one window each. */
async function paintAll(file: string, name: string): Promise<Tensor[]> {
  const preset = await readPreset(file);
  const opening = { ...plainPaint, masked: false, sessions, provider: 'cpu', base: () => Promise.resolve(undefined), warn: () => undefined } as const;
  const painted: Tensor[] = [];
  for (const [index, content] of contents.entries()) {
    const runner = await glaze.open({ ...opening, mix: [{ source: { kind: 'preset', preset }, weight: 1 }] });
    const frame = { width: content.shape[3]!, height: content.shape[2]! };
    const whole = { x: 0, y: 0, ...frame };
    const [tile] = planTiles(frame, { ...runner.tiling, tilePx: sizePx }).tiles;
    const { planes, place } = readWindow({ frame, read: (region) => cropPatch({ place: whole, planes: content }, region) }, tile!.window);
    await runner.measure(content);
    const result = cropPatch({ place, planes: await runner.paint({ picture: planes, place, frame }) }, whole).planes;
    await runner.close();
    if (values.pictures !== undefined) await keepPicture(result, `${name}-${heldOut[index]!.replace('.jpg', '.png')}`);
    painted.push(result);
  }
  return painted;
}

async function keepPicture(picture: Tensor, name: string): Promise<void> {
  mkdirSync(values.pictures!, { recursive: true });
  await encodePixels(pixelsOf(picture, 8), join(values.pictures!, name));
}

/** Means over the photographs. */
async function judged(pictures: readonly Tensor[], network: FeatureNetwork): Promise<Judged> {
  const distances: number[] = [];
  for (const [index, picture] of pictures.entries()) {
    distances.push(featureDistance(await network.features(contents[index]!), await network.features(picture)));
  }
  const match: Record<string, { gram: number; moments: number }> = {};
  for (const scale of Object.keys(matchScales) as MatchScale[]) {
    // One by one, since pictures of a set must be of one size.
    const found = [];
    for (const picture of pictures) found.push(...(await styleMatch([picture], [style], scale, network)));
    if (found.length > 0) match[scale] = { gram: rounded(mean(found.map(({ gram }) => gram))), moments: rounded(mean(found.map(({ moments }) => moments))) };
  }
  return { contentDistance: rounded(mean(distances)), ssim: rounded(mean(pictures.map((picture, index) => ssim(picture, contents[index]!)))), styleMatch: match };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function roundedAll(numbers: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, rounded(value)]));
}
