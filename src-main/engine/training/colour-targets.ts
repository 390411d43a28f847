// How far light and dark, and the colours, of a style's pictures lie apart.
import { planesOf } from '../tensor/layout.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';
import { toneCellPx } from '../losses/tone.ts';
import type { Picture } from './augment.ts';
import { lumaAt } from './look.ts';

/** Deviation of tone of a photograph with full light and dark; the mean of the 58 that train the gallery is 0.18. */
const livelyDeviation = 0.24;
/** Limits of what is aimed at: old silk is one brown, but no picture on it is readable; a woodcut's black and white is not a face's. */
const [leastDeviation, mostDeviation] = [0.16, 0.27] as const;
/** A drawing without colour asks for nearly none; the loss divides by it. */
const leastChroma = 0.005;

/** One number of a pixel: planes [3,P] in [0,1] and the place in a plane. */
type Channel = (planes: ArrayLike<number>, plane: number, at: number) => number;

/** The deviation of tone that pictures in a style shall have, between its paintings' and a lively photograph's, in [0.16, 0.27]; see toneLoss. */
export function targetTone(paintings: readonly Picture[]): number {
  return Math.min(Math.max((meanDeviation(paintings, lumaAt) + livelyDeviation) / 2, leastDeviation), mostDeviation);
}

/** The deviations of B − Y and R − Y that pictures in a style shall have, its paintings' own, [1,2,1,1]; see chromaLoss. */
export function targetChroma(paintings: readonly Picture[]): Tensor {
  const less = (channel: number): Channel => (planes, plane, at) => planes[channel * plane + at] - lumaAt(planes, plane, at);
  const own = [less(2), less(0)].map((channel) => Math.max(meanDeviation(paintings, channel), leastChroma));
  return tensor([1, 2, 1, 1], Float32Array.from(own));
}

/** Standard deviation of the means of 4 px cells, the mean over the paintings. */
function meanDeviation(paintings: readonly Picture[], channel: Channel): number {
  return paintings.reduce((sum, painting) => sum + deviation(cellMeans(painting, channel)), 0) / paintings.length;
}

function cellMeans(painting: Picture, channel: Channel): number[] {
  const { data } = planesOf(painting);
  const { width, height } = painting;
  const plane = width * height;
  const cells: number[] = [];
  for (let top = 0; top + toneCellPx <= height; top += toneCellPx) {
    for (let left = 0; left + toneCellPx <= width; left += toneCellPx) {
      let sum = 0;
      for (let y = top; y < top + toneCellPx; y++) {
        for (let x = left; x < left + toneCellPx; x++) sum += channel(data, plane, y * width + x);
      }
      cells.push(sum / toneCellPx ** 2);
    }
  }
  return cells;
}

function deviation(numbers: readonly number[]): number {
  const count = Math.max(1, numbers.length);
  const mean = numbers.reduce((sum, value) => sum + value, 0) / count;
  return Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count);
}
