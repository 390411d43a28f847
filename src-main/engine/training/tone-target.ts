// How far light and dark of a style's pictures lie apart: between what its paintings do and what photographs do.
import { planesOf } from '../tensor/layout.ts';
import { toneCellPx } from '../losses/tone.ts';
import type { Picture } from './augment.ts';
import { lumaAt } from './look.ts';

/** Deviation of tone of a photograph with full light and dark; the mean of the 58 that train the gallery is 0.18. */
const livelyDeviation = 0.24;
/** Limits of what is aimed at: old silk is one brown, but no picture on it is readable; a woodcut's black and white is not a face's. */
const [leastDeviation, mostDeviation] = [0.16, 0.27] as const;

/** The deviation of tone that pictures in a style shall have, in [0.16, 0.27]; see toneLoss. */
export function targetTone(paintings: readonly Picture[]): number {
  const own = paintings.reduce((sum, painting) => sum + toneDeviation(painting), 0) / paintings.length;
  return Math.min(Math.max((own + livelyDeviation) / 2, leastDeviation), mostDeviation);
}

/** Standard deviation of the mean luma of 4 px cells, in [0,1]. */
function toneDeviation(painting: Picture): number {
  const { data } = planesOf(painting);
  const { width, height } = painting;
  const plane = width * height;
  const cells: number[] = [];
  for (let top = 0; top + toneCellPx <= height; top += toneCellPx) {
    for (let left = 0; left + toneCellPx <= width; left += toneCellPx) {
      let sum = 0;
      for (let y = top; y < top + toneCellPx; y++) {
        for (let x = left; x < left + toneCellPx; x++) sum += lumaAt(data, plane, y * width + x);
      }
      cells.push(sum / toneCellPx ** 2);
    }
  }
  const mean = cells.reduce((sum, value) => sum + value, 0) / Math.max(1, cells.length);
  return Math.sqrt(cells.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, cells.length));
}
