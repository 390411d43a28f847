// Turned pictures against the plain formula: every pixel the sum of its cells by Catmull-Rom, cut by the edges.
import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../src-main/contract/document.ts';
import type { PixelBuffer, Region } from '../../../src-main/contract/image.ts';
import { samplesOf } from '../../../src-main/raster/tiles.ts';
import { invert, multiply, transformedTiles, transformSurface, type PixelSource } from '../../../src-main/raster/transform.ts';
import { noise } from './document-of.ts';

const bounds: Region = { x: -7, y: 12, width: 90, height: 70 };
const random = noise(11);

/** Noise, the hardest to filter: sharp steps at every pixel. */
function noisy(channels: 3 | 4, alpha: () => number = () => 1, depth: 8 | 16 = 8): PixelSource {
  const [top, samples] = [depth === 8 ? 255 : 65535, (length: number) => (depth === 8 ? new Uint8Array(length) : new Uint16Array(length))];
  const all = samples(bounds.width * bounds.height * channels);
  for (let at = 0; at < all.length; at++) all[at] = channels === 4 && at % 4 === 3 ? alpha() * top : random() * (top + 1);
  return {
    bounds,
    depth,
    read: ({ x, y, width, height }): PixelBuffer => {
      const data = samples(width * height * channels);
      for (let row = 0; row < height; row++) {
        const from = ((y - bounds.y + row) * bounds.width + x - bounds.x) * channels;
        data.set(all.subarray(from, from + width * channels), row * width * channels);
      }
      return { width, height, channels, depth, data } as PixelBuffer;
    },
  };
}

const cubic = (t: number): number => (t < 1 ? 1.5 * t ** 3 - 2.5 * t ** 2 + 1 : t < 2 ? -0.5 * t ** 3 + 2.5 * t ** 2 - 4 * t + 2 : 0);
const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** Premultiplied RGBA in 0..1 of one pixel. */
function plain(source: PixelSource, matrix: Matrix, x: number, y: number): number[] {
  const back = invert(matrix)!;
  const [u, v] = [back[0] * (x + 0.5) + back[2] * (y + 0.5) + back[4], back[1] * (x + 0.5) + back[3] * (y + 0.5) + back[5]];
  const [sx, sy] = [Math.max(1, Math.hypot(back[0], back[2])), Math.max(1, Math.hypot(back[1], back[3]))];
  const share = (at: number, low: number, length: number, scale: number) => clamp(Math.min((at - low) / scale + 0.5, (low + length - at) / scale + 0.5), 0, 1);
  const covered = share(u, bounds.x, bounds.width, sx) * share(v, bounds.y, bounds.height, sy);
  const sum = [0, 0, 0, 0];
  let all = 0;
  for (let j = Math.floor(v - 2 * sy) - 1; covered > 0 && j <= v + 2 * sy + 1; j++) {
    for (let i = Math.floor(u - 2 * sx) - 1; i <= u + 2 * sx + 1; i++) {
      const weight = cubic(Math.abs(i + 0.5 - u) / sx) * cubic(Math.abs(j + 0.5 - v) / sy);
      if (weight === 0) continue;
      const { data, channels } = source.read({ x: clamp(i, bounds.x, bounds.x + bounds.width - 1), y: clamp(j, bounds.y, bounds.y + bounds.height - 1), width: 1, height: 1 });
      const top = source.depth === 8 ? 255 : 65535;
      const alpha = channels === 4 ? data[3]! / top : 1;
      for (let c = 0; c < 3; c++) sum[c]! += (weight * alpha * data[c]!) / top;
      sum[3]! += weight * alpha;
      all += weight;
    }
  }
  const alpha = clamp(sum[3]! / all || 0, 0, 1);
  return [0, 1, 2].map((c) => clamp(sum[c]! / all || 0, 0, alpha) * covered).concat(alpha * covered);
}

const turn = (degrees: number, scale: number, scaleDown = scale): Matrix => {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return multiply([c, s, -s, c, 60, 20], [scale, 0, 0, scaleDown, 0, 0]);
};
const turns: readonly (readonly [string, Matrix])[] = [
  ['by 45° at its own size', turn(45, 1)],
  ['by 3° and a little larger', turn(3, 1.7)],
  ['by 200° and smaller', turn(200, 0.6)],
  ['by 30° and much smaller one way', turn(30, 0.3, 0.9)],
  ['askew', [1, 0.2, 0.5, 0.8, 3.3, -10.7]],
];
const sources: readonly (readonly [string, PixelSource])[] = [
  ['RGB', noisy(3)],
  ['opaque RGBA', noisy(4)],
  ['half see-through RGBA', noisy(4, () => (random() < 0.3 ? 0 : random()))],
];
const deepSources: readonly (readonly [string, PixelSource])[] = [
  ['RGB', noisy(3, undefined, 16)],
  ['half see-through RGBA', noisy(4, () => (random() < 0.3 ? 0 : random()), 16)],
];
const region: Region = { x: -40, y: -20, width: 170, height: 150 };

/** How far a turned source is from the formula, where it is furthest. */
function furthestFrom(source: PixelSource, matrix: Matrix): number {
  const { data } = transformSurface(source, matrix, region);
  let [furthest, painted] = [0, 0];
  for (let row = 0; row < region.height; row += 2) {
    for (let column = row % 3; column < region.width; column += 3) {
      const expected = plain(source, matrix, region.x + column, region.y + row);
      const at = (row * region.width + column) * 4;
      if (expected[3]! > 0) painted++;
      for (let c = 0; c < 4; c++) furthest = Math.max(furthest, Math.abs(data[at + c]! - expected[c]!));
    }
  }
  expect(painted).toBeGreaterThan(100);
  return furthest;
}

describe.each(deepSources)('a source of 16 bit, %s', (_, source) => {
  test.each(turns)('turned %s is within 16/65535 of the plain formula everywhere', (_name, matrix) => {
    expect(furthestFrom(source, matrix) * 65535).toBeLessThan(16);
  });

  test('turned far outside the document is the same', () => {
    const far = { ...source, bounds: { ...bounds, x: bounds.x + 800_000 }, read: (part: Region) => source.read({ ...part, x: part.x - 800_000 }) };
    const matrix = turn(30, 1.2);
    const near = transformSurface(source, matrix, region).data;
    expect(transformSurface(far, multiply(matrix, [1, 0, 0, 1, -800_000, 0]), region).data.every((value, at) => Math.abs(value - near[at]!) < 1e-3)).toBe(true);
  });
});

describe.each(sources)('a source of %s', (_, source) => {
  test.each(turns)('turned %s is within 1/255 of the plain formula everywhere', (_name, matrix) => {
    expect(furthestFrom(source, matrix) * 255).toBeLessThan(0.5); // rounded to bytes: 1 at most
  });

  test('its tiles are the same pixels as bytes, and none is blank', () => {
    const matrix = turn(45, 4);
    for (const { place, bytes } of transformedTiles(source, matrix, { x: 0, y: 0, depth: 8 })) {
      const [column = 0, row = 0] = place.split(',').map(Number);
      const { data } = transformSurface(source, matrix, { x: column * 256, y: row * 256, width: 256, height: 256 });
      const samples = samplesOf(bytes, 8);
      let furthest = 0;
      for (let at = 0; at < samples.length; at++) {
        const alpha = data[at | 3]!;
        const value = at % 4 === 3 ? alpha : alpha > 0 ? data[at]! / alpha : 0;
        furthest = Math.max(furthest, Math.abs(value * 255 - samples[at]!) * (at % 4 === 3 ? 1 : alpha));
      }
      expect(furthest).toBeLessThanOrEqual(0.51);
      expect(samples.some((value) => value > 0)).toBe(true);
    }
  });
});
