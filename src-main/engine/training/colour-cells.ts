// Pictures as colours: means of small cells, a sample that stands for all of them, and by what colours of two pictures are compared.
import { linearToOklab, linearToSrgb, oklabToLinear, srgbToLinear, type Triple } from '../image/color.ts';
import { toneCellPx } from '../losses/colour.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** How many colours stand for a painting, and for a picture. */
export const sampleSize = 128;
/** Limits of what is divided by: a flat picture's grain is no palette. */
const [leastRange, leastSpread] = [0.15, 0.015] as const;

/** Means of 4 px cells of planes [1,3,H,W], row by row: OKLab triples. */
export function cellsOf({ data, shape: [, , height, width] }: Tensor): Float32Array {
  const [across, down, plane] = [Math.floor(width / toneCellPx), Math.floor(height / toneCellPx), width * height];
  const cells = new Float32Array(3 * across * down);
  const rgb = [0, 0, 0];
  for (let cell = 0; cell < across * down; cell++) {
    const corner = toneCellPx * (Math.floor(cell / across) * width + (cell % across));
    for (let channel = 0; channel < 3; channel++) {
      let sum = 0;
      for (let y = 0; y < toneCellPx; y++) for (let x = 0; x < toneCellPx; x++) sum += data[channel * plane + corner + y * width + x];
      rgb[channel] = srgbToLinear(sum / toneCellPx ** 2);
    }
    cells.set(linearToOklab(rgb[0], rgb[1], rgb[2]), 3 * cell);
  }
  return cells;
}

/** Colours spread over all cells by the golden ratio: evenly, and in step with no row. */
export function sampleOf(cells: ArrayLike<number>): Float32Array {
  const sample = new Float32Array(3 * sampleSize);
  const count = cells.length / 3;
  for (let index = 0; index < sampleSize; index++) {
    const cell = Math.floor(((index * 0.6180339887498949) % 1) * count);
    for (let axis = 0; axis < 3; axis++) sample[3 * index + axis] = cells[3 * cell + axis];
  }
  return sample;
}

/** OKLab to sRGB in [0,1]. */
export function srgbOf(lightness: number, a: number, b: number): Triple {
  const [red, green, blue] = oklabToLinear(lightness, a, b);
  const encoded = (value: number): number => linearToSrgb(Math.min(1, Math.max(0, value)));
  return [encoded(red), encoded(green), encoded(blue)];
}

/** By what colours of one picture are compared with those of another. */
export interface Axes {
  /** Lightness of the darkest twentieth, and from there to that of the lightest. */
  readonly low: number;
  readonly range: number;
  /** Mean of a and b, and their deviation from it. */
  readonly cast: readonly [number, number];
  readonly spread: number;
}

export function axesOf(sample: ArrayLike<number>): Axes {
  const count = sample.length / 3;
  const lightness = Float32Array.from({ length: count }, (_, index) => sample[3 * index]).sort();
  const low = lightness[Math.floor(0.05 * count)];
  const mean = (of: (index: number) => number): number => Array.from({ length: count }, (_, index) => of(index)).reduce((sum, value) => sum + value, 0) / count;
  const cast = [mean((index) => sample[3 * index + 1]), mean((index) => sample[3 * index + 2])] as const;
  const variance = mean((index) => (sample[3 * index + 1] - cast[0]) ** 2 + (sample[3 * index + 2] - cast[1]) ** 2);
  return { low, range: Math.max(leastRange, lightness[Math.floor(0.95 * count)] - low), cast, spread: Math.max(leastSpread, Math.sqrt(variance / 2)) };
}
