// What the texture of a painting tells: whether it is the same everywhere, and whether it is sharp at the size it is learned at.
import type { Tensor } from '../../tensor/tensor.ts';
import { luminance } from '../color.ts';

/** Cells per long side that are compared. */
const cellsAlong = 6;
/** Cells' mean colours that differ by less than this share of the whole deviation belong to one texture. */
const leastComposition = 0.2;
/** Under this deviation (of one channel, in [0,1]) there is no texture at all. */
const leastDeviation = 0.02;
/** Of a sharp line, one px holds about the whole step; of a blurred one a part. Below this part of four px' step, all is blurred. */
const leastSharpness = 0.36;

/** How much parts of a picture [1,3,H,W] differ in mean colour, as a share of the deviation of all samples, in [0,1]. */
function compositionOf({ data, shape }: Tensor): number {
  const [, , height = 0, width = 0] = shape;
  const side = Math.max(1, Math.floor(Math.max(width, height) / cellsAlong));
  const [across, down] = [Math.max(1, Math.round(width / side)), Math.max(1, Math.round(height / side))];
  let [between, all] = [0, 0];
  for (let channel = 0; channel < 3; channel++) {
    const cells = Array.from({ length: across * down }, () => ({ sum: 0, count: 0 }));
    let squares = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const value = data[(channel * height + y) * width + x]!;
        const cell = cells[Math.floor((y * down) / height) * across + Math.floor((x * across) / width)]!;
        cell.sum += value;
        cell.count += 1;
        squares += value * value;
      }
    }
    const mean = cells.reduce((sum, cell) => sum + cell.sum, 0) / (width * height);
    between += cells.reduce((sum, cell) => sum + cell.count * (cell.sum / cell.count - mean) ** 2, 0) / (width * height);
    all += squares / (width * height) - mean * mean;
  }
  return all < 3 * leastDeviation ** 2 ? 1 : Math.sqrt(between / all);
}

/** True where a picture [1,3,H,W] in [0,1] looks the same all over, as a study of one texture does. */
export function isOneTexture(planes: Tensor): boolean {
  return compositionOf(planes) < leastComposition;
}

/** The step across one px as a share of the step across four, where a picture [1,3,H,W] has its sharpest lines; about 0.25 to 1. */
function sharpnessOf({ data, shape }: Tensor): number {
  const [, , height = 0, width = 0] = shape;
  const size = width * height;
  const luma = (i: number): number => luminance(data[i]!, data[size + i]!, data[2 * size + i]!);
  const cell = 32;
  const shares: number[] = [];
  for (let top = 0; top + cell < height; top += cell) {
    for (let left = 0; left + cell < width; left += cell) {
      let [fine, coarse] = [0, 0];
      for (let y = top; y < top + cell - 4; y++) {
        for (let i = y * width + left; i < y * width + left + cell - 4; i++) {
          const here = luma(i);
          fine += Math.abs(luma(i + 1) - here) + Math.abs(luma(i + width) - here);
          coarse += Math.abs(luma(i + 4) - here) + Math.abs(luma(i + 4 * width) - here);
        }
      }
      // cells without a line say nothing
      if (coarse / (2 * (cell - 4) ** 2) > leastDeviation) shares.push(fine / coarse);
    }
  }
  shares.sort((a, b) => a - b);
  return shares.length < 4 ? 1 : shares[Math.floor(0.9 * shares.length)]!;
}

/** True where not even the sharpest lines of a picture [1,3,H,W] in [0,1] are sharp. */
export function isBlurred(planes: Tensor): boolean {
  return sharpnessOf(planes) < leastSharpness;
}
