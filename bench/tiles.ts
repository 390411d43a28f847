// Time per megapixel and peak memory of painting 4, 16 and 64 megapixels, file to file. Prints JSON.
// npx tsx bench/tiles.ts [--megapixels 4,16,64] [--style FILE.vstyle|FILE.onnx] [--threads 2]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createResultSpool, encodeFromSpool } from '../src-main/engine/image/codec.ts';
import { writePreset } from '../src-main/services/library/preset-file.ts';
import { machine } from './machine.ts';
import { paintApart, type PaintCost } from './paint-apart.ts';
import { untaughtPreset } from './untaught-preset.ts';

interface Measured extends PaintCost {
  readonly megapixels: number;
  readonly strokePercent: number;
  readonly msPerMegapixel: number;
}

const { values } = parseArgs({
  options: {
    megapixels: { type: 'string', default: '4,16,64' },
    strokes: { type: 'string', default: '0,100' },
    style: { type: 'string' },
    threads: { type: 'string', default: '2' },
  },
});

await measureAll();

async function measureAll(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'velatura-bench-'));
  try {
    const style = values.style ?? (await writeStyle(folder));
    const results: Measured[] = [];
    for (const megapixels of values.megapixels.split(',').map(Number)) {
      const picture = await writePicture(folder, megapixels);
      for (const strokePercent of values.strokes.split(',').map(Number)) {
        const out = join(folder, `painted-${megapixels}-${strokePercent}.jpg`);
        const cost = paintApart({ picture, out, style, strokePercent, threads: Number(values.threads) });
        results.push({ megapixels, strokePercent, ...cost, msPerMegapixel: Math.round((1000 * cost.seconds) / megapixels) });
      }
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
