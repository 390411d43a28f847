// Which pixels of a tile a stroke has really changed: bands of rows, each as wide as its changes.
import type { Region } from '../../../src-main/contract/image.ts';
import { overlapOf } from '../../../src-main/raster/region.ts';

/** Rows of one band. */
const bandRows = 32;

/** Parts of `within` whose bytes differ between two states of a tile that covers `tile`, both of equally many bytes per px. */
export function changedBands(tile: Region, within: Region, before: Uint8Array, after: Uint8Array): Region[] {
  const part = overlapOf(tile, within);
  const pxBytes = after.byteLength / (tile.width * tile.height);
  const wide = pxBytes % 4 === 0;
  const [a, b] = wide ? [wordsOf(before), wordsOf(after)] : [before, after];
  const units = wide ? pxBytes / 4 : pxBytes;
  const bands: Region[] = [];
  for (let top = part.y; top < part.y + part.height; ) {
    const bottom = Math.min(part.y + part.height, tile.y + (Math.floor((top - tile.y) / bandRows) + 1) * bandRows);
    const band = bandOf(a, b, units, tile, { ...part, y: top, height: bottom - top });
    if (band) bands.push(band);
    top = bottom;
  }
  return bands;
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}

function bandOf(a: Uint8Array | Uint32Array, b: Uint8Array | Uint32Array, units: number, tile: Region, part: Region): Region | undefined {
  let [left, right] = [Infinity, -1];
  for (let y = part.y; y < part.y + part.height; y++) {
    const start = ((y - tile.y) * tile.width + part.x - tile.x) * units;
    const end = start + part.width * units;
    let from = start;
    while (from < end && a[from] === b[from]) from++;
    if (from === end) continue;
    let to = end - 1;
    while (a[to] === b[to]) to--;
    left = Math.min(left, Math.floor((from - start) / units));
    right = Math.max(right, Math.floor((to - start) / units));
  }
  return right < 0 ? undefined : { x: part.x + left, y: part.y, width: right - left + 1, height: part.height };
}
