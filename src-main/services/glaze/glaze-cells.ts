// What of a frame is out of date: a grid of cells that are marked, found and cleared.
import type { Extent, Region } from '../../contract/image.ts';
import { isEmpty, overlapOf } from '../../raster/region.ts';

/** Side of a cell in px; a multiple of every stride, so that cores which start on cells start on strides. */
export const cellPx = 16;

export interface DirtyCells {
  /** Cells that are marked. */
  readonly count: number;
  /** Marks every cell that a region touches. */
  mark(region: Region): void;
  markAll(): void;
  /** The smallest region of whole cells, cut off at the frame's edges, that holds all marked cells a region touches. */
  within(region: Region): Region | undefined;
  /** Clears the cells that lie in the region wholly, as far as they lie in the frame. */
  clear(region: Region): void;
  /** The marked place of a coarser grid of `sidePx` that is nearest to a point of the frame. */
  nearest(x: number, y: number, sidePx: number): Region | undefined;
}

/** A grid over a frame, nothing marked. */
export function dirtyCells(frame: Extent): DirtyCells {
  const columns = Math.ceil(frame.width / cellPx);
  const rows = Math.ceil(frame.height / cellPx);
  const cells = new Uint8Array(columns * rows);
  const whole = { x: 0, y: 0, ...frame };
  let count = 0;

  const set = (left: number, top: number, right: number, bottom: number, value: 0 | 1): void => {
    for (let row = top; row < bottom; row++) {
      for (let at = row * columns + left; at < row * columns + right; at++) {
        count += value - cells[at]!;
        cells[at] = value;
      }
    }
  };
  const touched = (region: Region) => {
    const inside = overlapOf(region, whole);
    if (isEmpty(inside)) return undefined;
    return {
      left: Math.floor(inside.x / cellPx),
      top: Math.floor(inside.y / cellPx),
      right: Math.ceil((inside.x + inside.width) / cellPx),
      bottom: Math.ceil((inside.y + inside.height) / cellPx),
    };
  };
  const anyIn = (region: Region): boolean => {
    const span = touched(region);
    if (!span) return false;
    for (let row = span.top; row < span.bottom; row++) {
      if (cells.subarray(row * columns + span.left, row * columns + span.right).includes(1)) return true;
    }
    return false;
  };

  return {
    get count() {
      return count;
    },
    mark(region) {
      const span = touched(region);
      if (span) set(span.left, span.top, span.right, span.bottom, 1);
    },
    markAll: () => set(0, 0, columns, rows, 1),
    within(region) {
      const span = touched(region);
      if (!span || count === 0) return undefined;
      let [left, top, right, bottom] = [columns, rows, 0, 0];
      for (let row = span.top; row < span.bottom; row++) {
        for (let column = span.left; column < span.right; column++) {
          if (cells[row * columns + column] === 0) continue;
          left = Math.min(left, column);
          right = Math.max(right, column + 1);
          top = Math.min(top, row);
          bottom = row + 1;
        }
      }
      if (right <= left) return undefined;
      return overlapOf({ x: left * cellPx, y: top * cellPx, width: (right - left) * cellPx, height: (bottom - top) * cellPx }, whole);
    },
    clear(region) {
      const inside = overlapOf(region, whole);
      if (isEmpty(inside)) return;
      const end = (start: number, size: number, length: number): number => (start + size >= length ? Math.ceil(length / cellPx) : Math.floor((start + size) / cellPx));
      const [left, top] = [Math.ceil(inside.x / cellPx), Math.ceil(inside.y / cellPx)];
      set(left, top, Math.max(left, end(inside.x, inside.width, frame.width)), Math.max(top, end(inside.y, inside.height, frame.height)), 0);
    },
    nearest(x, y, sidePx) {
      if (count === 0) return undefined;
      let best: { readonly region: Region; readonly distance: number } | undefined;
      for (let top = 0; top < frame.height; top += sidePx) {
        for (let left = 0; left < frame.width; left += sidePx) {
          const distance = Math.hypot(left + sidePx / 2 - x, top + sidePx / 2 - y);
          if (best && distance >= best.distance) continue;
          const region = overlapOf({ x: left, y: top, width: sidePx, height: sidePx }, whole);
          if (anyIn(region)) best = { region, distance };
        }
      }
      return best?.region;
    },
  };
}
