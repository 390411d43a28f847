// Judges what a network made of the trial picture: which range its values lie in, and how much of the picture is left.
import { lumaOf } from '../../image/color.ts';
import { sizeOf, type Tensor } from '../../tensor/tensor.ts';
import type { ValueRange } from './convention.ts';
import type { Interval } from './value-evidence.ts';

export interface Judgement {
  /** The range in which the output lies. */
  readonly range: ValueRange;
  /** |correlation| of luminance with the picture at a quarter of the size, 0..1: what is left of it. */
  readonly likeness: number;
  /** Spread of the output's luminance relative to its range; near 0 the network painted nothing. */
  readonly contrast: number;
}

/** raw: the network's own values as planes [1,3,h,w]; bounds where the graph enforces them. */
export function judgeOutput(picture: Tensor, raw: Tensor, bounds?: Interval): Judgement {
  const values = raw.data.slice().sort();
  const low = bounds?.low ?? at(values, 0.01);
  const high = bounds?.high ?? at(values, 0.99);
  const range = rangeOfValues(low, high);
  const painted = quarterLuminance(raw);
  const spread = deviation(painted);
  const likeness = spread > 0 ? Math.abs(covariance(painted, quarterLuminance(picture)) / (spread * deviation(quarterLuminance(picture)))) : 0;
  return { range, likeness: Number.isFinite(likeness) ? likeness : 0, contrast: spread / (high - low || 1) };
}

/** The range that values between low and high belong to; overshoot is usual. */
export function rangeOfValues(low: number, high: number): ValueRange {
  if (high - low > 8) return low + high < 60 && low < -60 ? 'mean255' : '0..255';
  if (low < -1.3) return 'imagenet';
  return low < -0.25 ? '-1..1' : '0..1';
}

function at(sorted: Float32Array, part: number): number {
  return sorted[Math.round(part * (sorted.length - 1))]!;
}

/** Averages of 4 × 4 pixels of luminance (Rec. 601 weights; only likeness counts here). */
function quarterLuminance(picture: Tensor): Float64Array {
  const [, , height = 0, width = 0] = picture.shape;
  const plane = sizeOf([height, width]);
  const [rows, columns] = [height >> 2, width >> 2];
  const means = new Float64Array(rows * columns);
  for (let y = 0; y < rows * 4; y++) {
    for (let x = 0; x < columns * 4; x++) {
      const i = y * width + x;
      const luminance = lumaOf(picture.data[i]!, picture.data[plane + i]!, picture.data[2 * plane + i]!);
      const cell = (y >> 2) * columns + (x >> 2);
      means[cell] = means[cell]! + luminance / 16;
    }
  }
  return means;
}

function covariance(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  return a.reduce((sum, value, i) => sum + (value - meanA) * (b[i]! - meanB), 0) / a.length;
}

function deviation(a: Float64Array): number {
  return Math.sqrt(covariance(a, a));
}

function mean(a: Float64Array): number {
  return a.reduce((sum, value) => sum + value, 0) / a.length;
}
