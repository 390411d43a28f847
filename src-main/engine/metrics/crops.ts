// Crops spread evenly over a picture, and pictures at another size.
import type { Extent, Region } from '../../contract/image.ts';
import { resample } from '../image/resample.ts';
import { cropPatch } from '../tensor/layout.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Width and height of [1,C,H,W]. */
export function extentOf({ shape }: Tensor): Extent {
  return { width: shape[3]!, height: shape[2]! };
}

/** The extent with its long side at `longSidePx`, proportions kept. */
export function scaledExtent({ width, height }: Extent, longSidePx: number): Extent {
  const scale = longSidePx / Math.max(width, height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The whole picture [1,C,H,W] at another size, clamped to [0,1]. */
export function resized(picture: Tensor, to: Extent): Tensor {
  const from = extentOf(picture);
  if (from.width === to.width && from.height === to.height) return picture;
  const { planes } = resample({ place: { x: 0, y: 0, ...from }, planes: picture }, from, to, { x: 0, y: 0, ...to });
  planes.data.forEach((value, i, data) => (data[i] = Math.min(1, Math.max(0, value))));
  return planes;
}

/** At most `count` squares that do not overlap, spread evenly; the same for equal arguments. */
export function cropRegions({ width, height }: Extent, sidePx: number, count: number): Region[] {
  const [columns, rows] = [Math.floor(width / sidePx), Math.floor(height / sidePx)];
  const all: Region[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      all.push({ x: spread(column, columns, width - sidePx), y: spread(row, rows, height - sidePx), width: sidePx, height: sidePx });
    }
  }
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / count)]!);
}

/** A part of [1,C,H,W]. */
export function cropOf(picture: Tensor, region: Region): Tensor {
  return cropPatch({ place: { x: 0, y: 0, ...extentOf(picture) }, planes: picture }, region).planes;
}

/** Place of item i of n between 0 and `room`, both ends used; a single one in the middle. */
function spread(i: number, n: number, room: number): number {
  return Math.floor(n === 1 ? room / 2 : (i * room) / (n - 1));
}
