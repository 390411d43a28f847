// Grey grids and what finding thin strokes needs of them: filling in, and sums over rectangles.
import type { Extent, Region } from '../../../contract/image.ts';

export interface Grid extends Extent {
  /** Row by row, in [0,1]. */
  readonly data: Float32Array;
}

/** The grid with dark strokes up to 2·radius px wide filled in: a morphological closing with a square. */
export function closed(grid: Grid, radius: number): Float32Array {
  const grown = alongBoth(grid, grid.data, radius, Math.max);
  return alongBoth(grid, grown, radius, Math.min);
}

function alongBoth({ width, height }: Extent, data: Float32Array, radius: number, pick: (a: number, b: number) => number): Float32Array {
  const rows = new Float32Array(data.length);
  const all = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const x = i % width;
    let value = data[i]!;
    for (let k = i - Math.min(radius, x); k <= i + Math.min(radius, width - 1 - x); k++) value = pick(value, data[k]!);
    rows[i] = value;
  }
  for (let i = 0; i < data.length; i++) {
    const y = Math.floor(i / width);
    let value = rows[i]!;
    for (let k = i - width * Math.min(radius, y); k <= i + width * Math.min(radius, height - 1 - y); k += width) value = pick(value, rows[k]!);
    all[i] = value;
  }
  return all;
}

/** The sum over a rectangle inside the grid, in constant time. */
export type AreaSum = (region: Region) => number;

/** Sums of `value`, which is asked once per sample (Crow 1984). */
export function areaSums(width: number, height: number, value: (index: number) => number): AreaSum {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += value(y * width + x);
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + row;
    }
  }
  return (region) => {
    const top = region.y * stride + region.x;
    const bottom = top + region.height * stride;
    return sums[bottom + region.width]! - sums[bottom]! - sums[top + region.width]! + sums[top]!;
  };
}
