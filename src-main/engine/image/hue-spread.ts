// How many hues a painting has where a photograph has one: the spread of its strokes' colours about what their lightness would have them be.
import type { Extent } from '../../contract/image.ts';
import type { HueSpread } from '../../contract/style.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { lumaOf } from './color.ts';
import { squareMeans } from './square-means.ts';

/** Steps of luma whose mean hues are taken away before hues are compared. */
const lumaSteps = 16;
/** Radii in px of the square means that are a stroke's colour and the mass it lies in. */
const [strokeRadius, massRadius] = [2, 22];

/**
 * How far the hues of a painting's strokes lie from the one that their lightness and their surroundings would have them be:
 * variances and covariance of red less luma and of blue less luma. painting: [1,3,h,w] in [0,1], sRGB-encoded, at the size at which it is learned.
 */
export function hueSpreadOf({ shape, data }: Tensor): HueSpread {
  const [, , height, width] = shape as [number, number, number, number];
  const size = width * height;
  const [steps, reds, blues] = [new Uint8Array(size), new Float32Array(size), new Float32Array(size)];
  for (let at = 0; at < size; at++) {
    const luma = lumaOf(data[at]!, data[size + at]!, data[2 * size + at]!);
    steps[at] = Math.min(lumaSteps - 1, Math.floor(luma * lumaSteps));
    reds[at] = data[at]! - luma;
    blues[at] = data[2 * size + at]! - luma;
  }
  const [red, blue] = [reds, blues].map((values) => strokesOf(lessTheirMean(values, steps), { width, height })) as [Float32Array, Float32Array];
  const mean = (valueAt: (at: number) => number): number => red.reduce((sum, _, at) => sum + valueAt(at), 0) / size;
  return { red: mean((at) => red[at]! ** 2), blue: mean((at) => blue[at]! ** 2), both: mean((at) => red[at]! * blue[at]!) };
}

/** The mean of several paintings' spreads. */
export function meanHueSpread(paintings: readonly Tensor[]): HueSpread {
  return mixSpreads(paintings.map(hueSpreadOf), paintings.map(() => 1 / paintings.length));
}

/** Of a style whose painting's hues are not known: its greys stay greys. */
export const noSpread: HueSpread = { red: 0, blue: 0, both: 0 };

/** Of styles mixed by shares that sum to 1. */
export function mixSpreads(spreads: readonly HueSpread[], shares: readonly number[]): HueSpread {
  const mean = (pick: (spread: HueSpread) => number): number => spreads.reduce((sum, spread, index) => sum + shares[index]! * pick(spread), 0);
  return { red: mean(({ red }) => red), blue: mean(({ blue }) => blue), both: mean(({ both }) => both) };
}

/** Values less the mean of all of the same step. */
function lessTheirMean(values: Float32Array, steps: Uint8Array): Float32Array {
  const [sums, counts] = [new Float64Array(lumaSteps), new Float64Array(lumaSteps)];
  values.forEach((value, at) => {
    sums[steps[at]!]! += value;
    counts[steps[at]!]! += 1;
  });
  return values.map((value, at) => value - sums[steps[at]!]! / counts[steps[at]!]!);
}

function strokesOf(values: Float32Array, extent: Extent): Float32Array {
  const masses = squareMeans(values, extent, massRadius);
  return squareMeans(values, extent, strokeRadius).map((value, at) => value - masses[at]!);
}
