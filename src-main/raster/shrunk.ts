// Pixels read at a fraction of their size, as means of squares: for what is shown smaller than it is.
import type { Mask, Raster } from '../contract/document.ts';
import type { Region } from '../contract/image.ts';
import { overlapOf, wholeRegion } from './region.ts';
import type { Surface } from './surface.ts';
import { samplesOf, tilesIn, type BytesOf } from './tiles.ts';

/** Samples along a side of a square, at most, that its mean is taken of. */
const mostAlong = 4;

/** Document px of a region that is counted in squares of `shrink` px. */
export function spreadRegion({ x, y, width, height }: Region, shrink: number): Region {
  return { x: x * shrink, y: y * shrink, width: width * shrink, height: height * shrink };
}

/** Squares of `shrink` document px that a region touches. */
export function shrunkRegion({ x, y, width, height }: Region, shrink: number): Region {
  return wholeRegion(x / shrink, y / shrink, (x + width) / shrink, (y + height) / shrink);
}

/** Adds a raster's paint to a see-through surface whose px are squares of `shrink` (a power of two) document px. */
export function drawRasterShrunk(raster: Raster, { region, data }: Surface, bytes: BytesOf, shrink: number): void {
  const most = raster.depth === 8 ? 255 : 65535;
  for (const tile of tilesIn(raster, spreadRegion(region, shrink))) {
    const stored = bytes(tile.id);
    if (!stored) continue;
    const samples = samplesOf(stored, raster.depth);
    eachSquare(tile.region, region, shrink, (first, count, stride, square, weight) => {
      let [r, g, b, a] = [0, 0, 0, 0];
      for (let n = 0, at = first * 4; n < count; n++, at += stride * 4) {
        const alpha = samples[at + 3];
        r += samples[at] * alpha;
        g += samples[at + 1] * alpha;
        b += samples[at + 2] * alpha;
        a += alpha;
      }
      const to = square * 4;
      const scale = weight / (most * most);
      data[to] += r * scale;
      data[to + 1] += g * scale;
      data[to + 2] += b * scale;
      data[to + 3] += (a * weight) / most;
    });
  }
}

/** Multiplies a surface of squares by the means of a mask. */
export function maskSurfaceShrunk({ region, data }: Surface, mask: Mask, bytes: BytesOf, shrink: number): void {
  const shares = new Float32Array(region.width * region.height).fill(mask.outside / 255);
  for (const tile of tilesIn(mask, spreadRegion(region, shrink))) {
    const stored = bytes(tile.id);
    if (!stored) continue;
    eachSquare(tile.region, region, shrink, (first, count, stride, square, weight) => {
      let sum = 0;
      for (let n = 0, at = first; n < count; n++, at += stride) sum += stored[at] - mask.outside;
      shares[square] += (sum * weight) / 255;
    });
  }
  for (let at = 0; at < data.length; at++) data[at] *= shares[at >> 2];
}

/** Adds the means of values (one a px of `covers`) to those of a region of squares. */
export function addShrunk(values: Float32Array, covers: Region, into: Float32Array, region: Region, shrink: number): void {
  eachSquare(covers, region, shrink, (first, count, stride, square, weight) => {
    let sum = 0;
    for (let n = 0, at = first; n < count; n++, at += stride) sum += values[at];
    into[square] += sum * weight;
  });
}

/**
 * Calls for every row of samples of every square that lies in a tile: the first sample's index in the tile, how many there are,
 * their distance, the square's index in the region and the share of one sample in its mean.
 */
function eachSquare(tile: Region, region: Region, shrink: number, visit: (first: number, count: number, stride: number, square: number, weight: number) => void): void {
  const part = overlapOf(tile, spreadRegion(region, shrink));
  const stride = Math.max(1, shrink / mostAlong);
  const middle = stride >> 1;
  const weight = (stride / shrink) ** 2;
  const next = (from: number): number => Math.ceil((from - middle) / stride) * stride + middle;
  const right = part.x + part.width;
  for (let y = next(part.y); y < part.y + part.height; y += stride) {
    const squares = (Math.floor(y / shrink) - region.y) * region.width - region.x;
    const row = (y - tile.y) * tile.width - tile.x;
    for (let x = next(part.x); x < right; ) {
      const column = Math.floor(x / shrink);
      const count = Math.ceil((Math.min(right, (column + 1) * shrink) - x) / stride);
      visit(row + x, count, stride, squares + column, weight);
      x += count * stride;
    }
  }
}
