// Time per megapixel and peak memory of painting 4, 16 and 64 megapixels, file to file. Prints JSON.
// npx tsx bench/tiles.ts [--megapixels 4,16,64] [--style FILE.vstyle|FILE.onnx] [--threads 2]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createResultSpool, encodeFromSpool } from '../src-main/engine/image/codec.ts';
import { foldersOf } from '../src-main/services/node-platform.ts';
import { writePreset } from '../src-main/services/preset-file.ts';
import { stylizeFiles } from '../src-main/services/stylize-files.ts';
import { machine } from './machine.ts';
import { untaughtPreset } from './untaught-preset.ts';

interface Measured {
  readonly megapixels: number;
  readonly strokePercent: number;
  readonly seconds: number;
  readonly msPerMegapixel: number;
  readonly peakMb: number;
}

const { values } = parseArgs({
  options: {
    megapixels: { type: 'string', default: '4,16,64' },
    strokes: { type: 'string', default: '0,100' },
    style: { type: 'string' },
    threads: { type: 'string', default: '2' },
    /** One measurement in this process: PICTURE. */
    one: { type: 'string' },
  },
});

if (values.one !== undefined) await measureOne(values.one, values.style ?? '', Number(values.strokes), Number(values.threads));
else await measureAll();

async function measureAll(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'velatura-bench-'));
  try {
    const style = values.style ?? (await writeStyle(folder));
    const results: Measured[] = [];
    for (const megapixels of values.megapixels.split(',').map(Number)) {
      const picture = await writePicture(folder, megapixels);
      for (const stroke of values.strokes.split(',').map(Number)) results.push(inOwnProcess(picture, style, megapixels, stroke));
    }
    process.stdout.write(`${JSON.stringify({ bench: 'tiles', machine: machine(), threads: Number(values.threads), results }, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeStyle(folder: string): Promise<string> {
  const path = join(folder, 'untaught.vstyle');
  await writePreset(path, untaughtPreset());
  return path;
}

/** A 3:2 JPEG of soft gradients and edges, written through the spool. */
async function writePicture(folder: string, megapixels: number): Promise<string> {
  const width = Math.round(Math.sqrt(megapixels * 1.5e6));
  const height = Math.round((megapixels * 1e6) / width);
  const spoolPath = join(folder, `source-${megapixels}.tif`);
  const spool = await createResultSpool(spoolPath, { width, height, channels: 3, depth: 8 });
  const row = new Uint8Array(width * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const wave = 60 * Math.sin(x / 37) * Math.cos(y / 53) + (((x >> 7) ^ (y >> 7)) & 1 ? 40 : 0);
      row[3 * x] = 100 + wave;
      row[3 * x + 1] = 128 - wave / 2;
      row[3 * x + 2] = (120 * y) / height + 60;
    }
    spool.writeRegion({ x: 0, y }, { width, height: 1, channels: 3, depth: 8, data: row });
  }
  spool.close();
  const path = join(folder, `source-${megapixels}.jpg`);
  await encodeFromSpool(spoolPath, path);
  rmSync(spoolPath);
  return path;
}

/** Peak memory belongs to a process, so each measurement has its own. */
function inOwnProcess(picture: string, style: string, megapixels: number, strokePercent: number): Measured {
  const words = ['--import', 'tsx', fileURLToPath(import.meta.url), '--one', picture, '--style', style, '--strokes', String(strokePercent), '--threads', values.threads];
  const child = spawnSync(process.execPath, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.status !== 0) throw new Error(`the measurement of ${megapixels} megapixels ended with ${child.status}`);
  const { seconds, peakMb } = JSON.parse(child.stdout) as Pick<Measured, 'seconds' | 'peakMb'>;
  return { megapixels, strokePercent, seconds, msPerMegapixel: Math.round((1000 * seconds) / megapixels), peakMb };
}

async function measureOne(picture: string, style: string, strokePercent: number, threads: number): Promise<void> {
  const start = performance.now();
  const request = {
    files: [{ picture, out: picture.replace(/\.jpg$/, `-painted-${strokePercent}.jpg`) }],
    mix: [{ style, weight: 1 }],
    strength: 1, keepColours: 0, strokePercent, tilePx: 512, seed: 1, noise: 1, device: 'cpu', threads,
  };
  const watch = { signal: new AbortController().signal, progress: () => undefined, warn: () => undefined, started: () => undefined };
  await stylizeFiles(request, foldersOf(process.env), watch);
  const seconds = (performance.now() - start) / 1000;
  process.stdout.write(JSON.stringify({ seconds, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }));
}
