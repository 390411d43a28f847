// What a style's misses are measured along: the directions in which the painting's features vary, each relative to how much.
import { scalar, tensor, type Tensor } from '../tensor/tensor.ts';

/** A layer that sees nothing in a painting has no size to be relative to. */
const smallestRms = 1e-6;

/**
 * For a painting's Gram matrix G [C,C] of one layer. Without a ridge all directions count alike: 1/rms(G), []. With one, W [C,C], which
 * whitens, scaled so that rms(W·G·Wᵀ) = 1: up to that scale Wᵀ·W = (G + ridge·tr(G)/C·I)⁻¹ (Kessy 2018, section 3, Cholesky whitening), so
 * that a miss counts relative to the painting's power along its direction. Features are not negative, so nearly all of G's size, 0.94 to
 * 0.99 of its squares, lies along their mean; a picture without a single stroke misses hardly anything by that (docs/decisions.md).
 */
export function styleAxes(gram: Tensor, ridge?: number): Tensor {
  const [channels] = gram.shape;
  const rms = Math.max(rmsOf(gram.data), smallestRms);
  if (ridge === undefined) return scalar(1 / rms);
  if (rms === smallestRms) return scaled(identity(channels), channels, rms);
  const axes = inverseOfLower(cholesky(gram, ridge));
  return scaled(axes, channels, rmsOf(between(axes, gram)));
}

/** Rows of a lower triangle, each as long as it is. */
type Lower = readonly Float64Array[];

function scaled(axes: Lower, channels: number, rms: number): Tensor {
  const scale = 1 / Math.sqrt(rms);
  const full = tensor([channels, channels]);
  axes.forEach((row, at) => row.forEach((value, column) => (full.data[at * channels + column] = value * scale)));
  return full;
}

const identity = (channels: number): Lower => Array.from({ length: channels }, (_, row) => Float64Array.from({ length: row + 1 }, (_, column) => Number(row === column)));

function rmsOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] ** 2;
  return Math.sqrt(sum / values.length);
}

/** L with L·Lᵀ = G + ridge·tr(G)/C·I. */
function cholesky({ data, shape: [channels] }: Tensor, ridge: number): Lower {
  let trace = 0;
  for (let at = 0; at < channels; at++) trace += data[at * channels + at];
  const lower: Float64Array[] = [];
  for (let row = 0; row < channels; row++) {
    const values = new Float64Array(row + 1);
    for (let column = 0; column <= row; column++) {
      const other = column === row ? values : lower[column];
      let sum = data[row * channels + column] + (column === row ? (ridge * trace) / channels : 0);
      for (let at = 0; at < column; at++) sum -= values[at] * other[at];
      values[column] = column === row ? Math.sqrt(sum) : sum / other[column];
    }
    lower.push(values);
  }
  return lower;
}

/** L⁻¹, row by row: what L·X = I leaves of each. */
function inverseOfLower(lower: Lower): Lower {
  const inverse: Float64Array[] = [];
  lower.forEach((values, row) => {
    const found = new Float64Array(row + 1);
    found[row] = 1;
    for (let at = 0; at < row; at++) inverse[at].forEach((value, column) => (found[column] -= values[at] * value));
    inverse.push(found.map((value) => value / values[row]));
  });
  return inverse;
}

/** W·G·Wᵀ, row by row. */
function between(axes: Lower, { data, shape: [channels] }: Tensor): Float64Array {
  const product = new Float64Array(channels * channels);
  axes.forEach((row, at) => {
    const half = new Float64Array(channels);
    row.forEach((weight, through) => {
      for (let column = 0; column < channels; column++) half[column] += weight * data[through * channels + column];
    });
    axes.forEach((other, column) => {
      let sum = 0;
      for (let through = 0; through < other.length; through++) sum += half[through] * other[through];
      product[at * channels + column] = sum;
    });
  });
  return product;
}
