// What can be said of a picture's tones before it is painted or learned from.
import type { Tensor } from '../tensor/tensor.ts';
import { luminance } from './color.ts';

/** Cells in which a picture is called flat or not, in px. */
const cellPx = 16;
/** Deviation of sRGB-encoded luma within a cell under which nothing is drawn there: 2.5 steps of 8 bit. */
const flatDeviation = 0.01;

/** Standard deviation of sRGB-encoded luma of a picture [1,3,H,W] in [0,1]: about 0.2 for most pictures, 0.5 at most. */
export function contrastOf(planes: Tensor): number {
  const [, , height = 0, width = 0] = planes.shape;
  return deviation(planes, 0, 0, width, height);
}

/** Share of 16-px cells of a picture [1,3,H,W] in which hardly anything is drawn, in [0,1]; 0 where it is smaller than a cell. */
export function flatShareOf(planes: Tensor): number {
  const [, , height = 0, width = 0] = planes.shape;
  const [across, down] = [Math.floor(width / cellPx), Math.floor(height / cellPx)];
  let flat = 0;
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      if (deviation(planes, column * cellPx, row * cellPx, cellPx, cellPx) < flatDeviation) flat += 1;
    }
  }
  return flat / Math.max(1, across * down);
}

function deviation({ data, shape }: Tensor, left: number, top: number, width: number, height: number): number {
  const [, , rows = 0, stride = 0] = shape;
  const plane = rows * stride;
  let [sum, squares] = [0, 0];
  for (let y = top; y < top + height; y++) {
    for (let i = y * stride + left; i < y * stride + left + width; i++) {
      const luma = luminance(data[i]!, data[plane + i]!, data[2 * plane + i]!);
      sum += luma;
      squares += luma * luma;
    }
  }
  const mean = sum / (width * height);
  return Math.sqrt(Math.max(0, squares / (width * height) - mean * mean));
}
