// Stroke size: does a picture at four times the pixels, reduced again, look like the small one? And what does it cost? Prints JSON.
// npx tsx bench/stroke.ts --picture PHOTO --style FILE.vstyle [--sizes 1024,4096,8000] [--strokes 50,100,200] [--features FILE] [--keep DIR]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { PixelBuffer } from '../src-main/contract/image.ts';
import { decodePixels } from '../src-main/engine/image/codec.ts';
import { resample } from '../src-main/engine/image/resample.ts';
import { featureDistance } from '../src-main/engine/metrics/feature-distance.ts';
import { openFeatureNetwork, type FeatureNetwork } from '../src-main/engine/metrics/feature-network.ts';
import { ssim } from '../src-main/engine/metrics/ssim.ts';
import { createOrtSessions } from '../src-main/engine/runtime/ort-node.ts';
import { cropPatch, planesOf, type Patch } from '../src-main/engine/tensor/layout.ts';
import { findFeatures } from '../src-main/services/features.ts';
import { foldersOf } from '../src-main/services/node-platform.ts';
import { machine } from './machine.ts';
import { paintApart, type PaintCost } from './paint-apart.ts';

/** Pictures are compared in windows of this side, at most three each way, so that memory does not decide what is measured. */
const windowPx = 640;
const windowsEachWay = 3;

const { values } = parseArgs({
  options: {
    picture: { type: 'string' },
    style: { type: 'string' },
    sizes: { type: 'string', default: '1024,4096,8000' },
    strokes: { type: 'string', default: '50,100,200' },
    features: { type: 'string' },
    threads: { type: 'string', default: '2' },
    keep: { type: 'string' },
  },
});

interface Compared {
  readonly longSidePx: number;
  readonly strokePercent: number;
  readonly ssim: number;
  readonly featureDistance: number;
}

const [picture, style] = [values.picture, values.style];
if (picture === undefined || style === undefined) {
  process.stderr.write('npm run bench -- stroke --picture PHOTO --style FILE.vstyle\n');
  process.exitCode = 2;
} else await measureAll(picture, style);

async function measureAll(picture: string, style: string): Promise<void> {
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'velatura-bench-'));
  mkdirSync(folder, { recursive: true });
  const { path } = await findFeatures(values.features, process.env, foldersOf(process.env).resources);
  const network = await openFeatureNetwork(await readFile(path), basename(path), createOrtSessions(), { provider: 'cpu', threads: Number(values.threads) });
  const results: (Compared & PaintCost)[] = [];
  try {
    for (const longSidePx of values.sizes.split(',').map(Number)) {
      for (const strokePercent of values.strokes.split(',').map(Number)) {
        const paint = (px: number): { out: string; cost: PaintCost } => {
          const out = join(folder, `stroke-${strokePercent}-${px}.png`);
          return { out, cost: paintApart({ picture, out, style, strokePercent, longSidePx: px, threads: Number(values.threads) }) };
        };
        const small = paint(longSidePx / 2);
        const large = paint(longSidePx);
        results.push({ longSidePx, strokePercent, ...(await compare(small.out, large.out, network)), ...large.cost });
      }
    }
    process.stdout.write(`${JSON.stringify({ bench: 'stroke', machine: machine(), style: basename(style), results }, null, 2)}\n`);
  } finally {
    await network.close();
    if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** Means over windows spread evenly over the smaller picture, the larger one reduced to its size. */
async function compare(smallPath: string, largePath: string, network: FeatureNetwork): Promise<Pick<Compared, 'ssim' | 'featureDistance'>> {
  const small = wholeOf(await decodePixels(smallPath));
  const { width, height } = small.place;
  const big = wholeOf(await decodePixels(largePath));
  const large = resample(big, big.place, small.place, small.place); // to the pixel: half a pixel of drift would be measured
  const regions = spread(width).flatMap((x) => spread(height).map((y) => ({ x: x.start, y: y.start, width: x.length, height: y.length })));
  const sums = { ssim: 0, featureDistance: 0 };
  for (const region of regions) {
    const [a, b] = [cropPatch(small, region).planes, cropPatch(large, region).planes];
    sums.ssim += ssim(a, b);
    sums.featureDistance += featureDistance(await network.features(a), await network.features(b));
  }
  return { ssim: sums.ssim / regions.length, featureDistance: sums.featureDistance / regions.length };
}

function wholeOf(pixels: PixelBuffer): Patch {
  return { place: { x: 0, y: 0, width: pixels.width, height: pixels.height }, planes: planesOf(pixels) };
}

/** Windows along one side: evenly spread, the first and the last at the edges. */
function spread(length: number): { readonly start: number; readonly length: number }[] {
  const count = Math.min(windowsEachWay, Math.ceil(length / windowPx));
  const px = Math.min(windowPx, length);
  return Array.from({ length: count }, (_, i) => ({ start: count === 1 ? 0 : Math.round((i * (length - px)) / (count - 1)), length: px }));
}
