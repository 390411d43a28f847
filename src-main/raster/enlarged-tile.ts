// A tile of a document enlarged from a small picture of all of it.
import { tileSidePx } from '../contract/document.ts';
import type { PixelBuffer } from '../contract/image.ts';
import { createPixels } from './tiles.ts';

/** What lies beside a point of one axis of the small picture, and how much of the second counts. */
interface Neighbours {
  readonly first: number;
  readonly second: number;
  readonly share: number;
}

/** The tile at a place of the document's grid: bilinear between the middles of squares of `shrink` document px, the rim going on outwards; of the picture's depth and channels. */
export function enlargedTile({ width, height, channels, depth, data }: PixelBuffer, shrink: number, column: number, row: number): PixelBuffer {
  const tile = createPixels({ width: tileSidePx, height: tileSidePx }, channels, depth);
  const across = neighboursOf(column, width, shrink);
  const [from, to] = [across[0]!.first * channels, (across.at(-1)!.second + 1) * channels];
  const line = new Float32Array(to - from);
  for (const [y, { first, second, share }] of neighboursOf(row, height, shrink).entries()) {
    const [above, below] = [first * width * channels, second * width * channels];
    for (let at = from; at < to; at++) line[at - from] = data[above + at]! + (data[below + at]! - data[above + at]!) * share + 0.5;
    let into = y * tileSidePx * channels;
    for (const { first: left, second: right, share: ofRight } of across) {
      for (let channel = -from; channel < channels - from; channel++, into++) {
        const value = line[left * channels + channel]!;
        tile.data[into] = value + (line[right * channels + channel]! - value) * ofRight;
      }
    }
  }
  return tile;
}

function neighboursOf(index: number, length: number, shrink: number): Neighbours[] {
  return Array.from({ length: tileSidePx }, (_, i) => {
    const at = Math.min(length - 1, Math.max(0, (index * tileSidePx + i + 0.5) / shrink - 0.5));
    const first = Math.floor(at);
    return { first, second: Math.min(length - 1, first + 1), share: at - first };
  });
}
