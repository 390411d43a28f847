// How wide the pictures of variants are: as the artist has set it, else so that all of them are in sight.
import type { Extent } from '../../src-main/contract/image.ts';

/** Widths of a tile in px; a variant is painted with a long side of 640 px. */
export const [smallestTilePx, largestTilePx] = [120, 640];
/** Of the grid, in px: between columns, between rows, around. */
export const tileGaps = { columns: 14, rows: 16, around: 14 } as const;
/** Words beneath a picture. */
const wordsPx = 92;
/** Narrower, words beneath it are cut. */
const readablePx = 210;

/** The largest width at which `count` tiles of a picture with `aspect` (width / height) are in sight at once; readable ones where that would be small. */
export function fittingTilePx(count: number, room: Extent, aspect: number): number {
  const { columns: gap, rows: between, around } = tileGaps;
  const width = (columns: number): number => Math.floor((room.width - 2 * around - (columns - 1) * gap) / columns);
  for (let columns = 1; columns <= count; columns++) {
    const tilePx = Math.min(largestTilePx, width(columns));
    const lines = Math.ceil(count / columns);
    const neededPx = 2 * around + lines * (tilePx / aspect + wordsPx) + (lines - 1) * between;
    if (tilePx < readablePx) break;
    if (neededPx <= room.height) return tilePx;
  }
  return readablePx;
}
