// How far strokes wander from seed to seed, beside what noise does at all and how far paint is from the photograph. Prints JSON.
// npx tsx bench/diversity.ts --preset NAME|FILE [--seeds 8] [--long-side 512] [--data FOLDER] [--features FILE] [--pictures FOLDER]
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { plainPaint } from '../src-main/contract/document.ts';
import { seedDiversity } from '../src-main/services/evaluate.ts';
import { foldersOf } from '../src-main/services/node-platform.ts';
import { stylize } from '../src-main/services/stylize/stylize.ts';
import { openStyles } from '../src-main/services/library/styles.ts';
import { machine } from './machine.ts';

const { values } = parseArgs({
  options: {
    preset: { type: 'string' },
    seeds: { type: 'string', default: '8' },
    'long-side': { type: 'string', default: '512' },
    data: { type: 'string', default: '../shared/data' },
    features: { type: 'string' },
    pictures: { type: 'string' },
  },
});

/** Feature distances, 0 the same … 2 unrelated. */
interface Distances {
  /** Mean over all pairs of seeds. */
  readonly seeds: number;
  /** Between no noise and full noise of one seed. */
  readonly noise: number;
  /** Between the photograph and its painting, mean over seeds. */
  readonly content: number;
}

/** Never practised on. */
const heldOut = ['demo-chicago.jpg', 'demo-lion.jpg', 'demo-tubingen.jpg'];
const style = values.preset ?? stopped('this benchmark needs a taught style: --preset NAME|FILE');
const features = needed(values.features ?? process.env['VELATURA_FEATURES'] ?? join(values.data, 'percept', 'squeezenet1_1-features.onnx'));
const photos = heldOut.map((name) => needed(join(values.data, 'content', name)));
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
const longSidePx = Number(values['long-side']);
const work = mkdtempSync(join(tmpdir(), 'velatura-bench-diversity-'));
process.once('exit', () => rmSync(work, { recursive: true, force: true }));
const out = values.pictures ?? work;
mkdirSync(out, { recursive: true });

const photographs: ({ readonly picture: string } & Distances)[] = [];
for (const photo of photos) photographs.push({ picture: basename(photo), ...(await distancesOf(photo)) });
const mean = (of: keyof Distances): number => rounded(photographs.reduce((sum, each) => sum + each[of], 0) / photographs.length);
const means: Distances = { seeds: mean('seeds'), noise: mean('noise'), content: mean('content') };
const setting = { preset: basename(style), seeds: seeds.length, longSidePx, features: basename(features) };
process.stdout.write(`${JSON.stringify({ bench: 'diversity', machine: machine(), ...setting, means, photographs }, null, 2)}\n`);

async function distancesOf(photo: string): Promise<Distances> {
  const painted: string[] = [];
  for (const seed of seeds) painted.push(await paint(photo, seed, 1));
  const smooth = await paint(photo, 1, 0);
  const apart = (pictures: readonly string[]): Promise<number> => seedDiversity(pictures, { features });
  let content = 0;
  for (const file of painted) content += (await apart([file, photo])) / painted.length;
  return { seeds: rounded(await apart(painted)), noise: rounded(await apart([smooth, painted[0]!])), content: rounded(content) };
}

async function paint(photo: string, seed: number, noise: number): Promise<string> {
  const mix = [{ style, weight: 1 }];
  const file = join(out, `${basename(photo, '.jpg')}-seed${seed}-noise${noise}.png`);
  const { runner } = await openStyles({ ...plainPaint, mix, seed, noise, device: 'cpu' }, foldersOf(process.env), told);
  try {
    const request = { picture: photo, out: file, mix, strength: 1, keepColours: 0, strokePercent: 100, longSidePx, tilePx: 512, workFolder: work };
    await stylize(request, runner, { signal: new AbortController().signal, progress: () => undefined, warn: told });
  } finally {
    await runner.close();
  }
  return file;
}

function told(key: string): void {
  process.stderr.write(`${key}\n`);
}

function needed(path: string): string {
  return existsSync(path) ? path : stopped(`${path} is missing: this benchmark needs the development data (--data FOLDER) and a feature network (--features FILE)`);
}

function stopped(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
