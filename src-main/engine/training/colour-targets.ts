// The contrast and the palette of a style, from its paintings.
import { planesOf } from '../tensor/layout.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';
import { chromaNames, paletteKnots } from '../losses/chroma.ts';
import { bendsOf } from '../losses/curve.ts';
import { toneCellPx } from '../losses/tone.ts';
import type { Picture } from './augment.ts';
import { lumaAt } from './look.ts';

/** Deviation of tone of a photograph with full light and dark; the mean of the 58 that train the gallery is 0.18. */
const livelyDeviation = 0.24;
/** Limits of what is aimed at: old silk is one brown, but no picture on it is readable; a woodcut's black and white is not a face's. */
const [leastDeviation, mostDeviation] = [0.16, 0.27] as const;
/** A drawing without colour asks for nearly none; the loss divides by it. */
const leastChroma = 0.005;
/** Breadth in luma of what counts as the same light, and share of all cells by which a mean leans on the mean of all. */
const [paletteBreadth, leaningShare] = [0.07, 0.01] as const;

/** One number of a pixel: planes [3,P] in [0,1] and the place in a plane. */
type Channel = (planes: ArrayLike<number>, plane: number, at: number) => number;

/** The deviation of tone that pictures in a style shall have, between its paintings' and a lively photograph's, in [0.16, 0.27]; see toneLoss. */
export function targetTone(paintings: readonly Picture[]): number {
  return Math.min(Math.max((meanDeviation(paintings, lumaAt) + livelyDeviation) / 2, leastDeviation), mostDeviation);
}

/** The palette of a style: B − Y and R − Y by luma, and how far they lie about that, over all its paintings; feeds of chromaLoss by chromaNames. */
export function targetChroma(paintings: readonly Picture[]): Record<string, Tensor> {
  const lumas = paintings.flatMap((painting) => cellMeans(painting, lumaAt));
  const own = [2, 0].map((channel) => curveOf(lumas, paintings.flatMap((painting) => cellMeans(painting, (planes, plane, at) => planes[channel * plane + at] - lumaAt(planes, plane, at)))));
  const pair = (of: (curve: Curve) => number): Tensor => tensor([1, 2, 1, 1], Float32Array.from(own, of));
  return {
    [chromaNames.deviation]: pair(({ about }) => Math.max(about, leastChroma)),
    [chromaNames.power]: pair(({ spread }) => Math.max(spread, leastChroma) ** 2),
    [chromaNames.floor]: pair(({ values }) => values[0]),
    [chromaNames.slopes]: tensor([2, paletteKnots.length, 1, 1], Float32Array.from(own.flatMap(({ values }) => bendsOf(paletteKnots, values)))),
  };
}

/** A number by luma: its value at the knots, its deviation about that curve and about its mean. */
interface Curve {
  readonly values: readonly number[];
  readonly about: number;
  readonly spread: number;
}

/** Means over the cells near every knot; where the paintings have few, they lean on the mean of all. */
function curveOf(lumas: readonly number[], numbers: readonly number[]): Curve {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / Math.max(1, numbers.length);
  const leaning = leaningShare * Math.max(1, numbers.length);
  const values = paletteKnots.map((knot) => {
    let [weights, sum] = [leaning, leaning * mean];
    numbers.forEach((value, at) => {
      const weight = Math.exp(-(((lumas[at] - knot) / paletteBreadth) ** 2) / 2);
      weights += weight;
      sum += weight * value;
    });
    return sum / weights;
  });
  const step = paletteKnots[1];
  const at = (luma: number): number => {
    const place = Math.min(luma / step, values.length - 1.001);
    const below = Math.floor(place);
    return values[below] + (place - below) * (values[below + 1] - values[below]);
  };
  const deviationFrom = (usual: (index: number) => number): number => Math.sqrt(numbers.reduce((sum, value, index) => sum + (value - usual(index)) ** 2, 0) / Math.max(1, numbers.length));
  return { values, about: deviationFrom((index) => at(lumas[index])), spread: deviationFrom(() => mean) };
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
