// Tiles of a raster in hand: premultiplied numbers that are read and written row by row while a stroke moves paint about.
import { tileSidePx, type AssetId, type Mask, type Raster } from '../contract/document.ts';
import type { Region } from '../contract/image.ts';
import { drawRaster } from './pixels.ts';
import { overlapOf } from './region.ts';
import { createSurface, type Surface } from './surface.ts';
import { placesIn, readRaster, tilesIn, type BytesOf } from './tiles.ts';

const rowLength = tileSidePx * 4;

/**
 * A raster's pixels within a region as premultiplied RGBA, 0..1; a mask's value is red, green and blue at full alpha. A tile is
 * taken from the raster when it is first asked for, and from then on is what was written to it.
 */
export class WorkingTiles {
  readonly #raster: Raster | Mask;
  readonly #within: Region;
  readonly #bytes: BytesOf;
  /** By row and column of the raster's grid. */
  readonly #tiles = new Map<number, Surface>();

  /** What lies outside `within` is read as the nearest pixel inside, and never written. */
  constructor(raster: Raster | Mask, within: Region, bytes: BytesOf) {
    this.#raster = raster;
    this.#within = within;
    this.#bytes = bytes;
  }

  /** Tiles of a region that must be in memory before it is read. */
  missing(region: Region): AssetId[] {
    return tilesIn(this.#raster, overlapOf(region, this.#within)).flatMap(({ id, region: covers }) =>
      this.#tiles.has(this.#keyAt(covers.x, covers.y)) || this.#bytes(id) ? [] : [id],
    );
  }

  /** Reads a row's pixels from `x` on. */
  readRow(x: number, y: number, count: number, into: Float32Array): void {
    const { x: left, y: top, width, height } = this.#within;
    const row = Math.min(top + height - 1, Math.max(top, y));
    const first = Math.min(left + width - 1, Math.max(left, x));
    const end = Math.max(first + 1, Math.min(left + width, x + count));
    const inside = Math.min(Math.max(0, first - x), count - 1); // Where the row lies wholly outside one pixel fills it.
    for (let at = first, to = inside * 4; at < end; ) {
      const tile = this.#tileAt(at, row);
      const until = Math.min(end, tile.region.x + tileSidePx);
      const from = (row - tile.region.y) * rowLength + (at - tile.region.x) * 4;
      into.set(tile.data.subarray(from, from + (until - at) * 4), to);
      to += (until - at) * 4;
      at = until;
    }
    for (let i = 0; i < inside; i++) into.copyWithin(i * 4, inside * 4, inside * 4 + 4);
    for (let i = inside + end - first; i < count; i++) into.copyWithin(i * 4, (i - 1) * 4, i * 4);
  }

  /** Writes a row's pixels from `x` on, all of them within. */
  writeRow(x: number, y: number, count: number, from: Float32Array): void {
    for (let at = x; at < x + count; ) {
      const tile = this.#tileAt(at, y);
      const end = Math.min(x + count, tile.region.x + tileSidePx);
      tile.data.set(from.subarray((at - x) * 4, (end - x) * 4), (y - tile.region.y) * rowLength + (at - tile.region.x) * 4);
      at = end;
    }
  }

  /** 1 where a tile is in hand; undefined where none is. */
  readonly coverage = (region: Region): Float32Array | undefined => {
    let covered: Float32Array | undefined;
    for (const { region: covers } of placesIn(this.#raster, region)) {
      if (!this.#tiles.has(this.#keyAt(covers.x, covers.y))) continue;
      covered ??= new Float32Array(region.width * region.height);
      const part = overlapOf(covers, region);
      for (let y = part.y; y < part.y + part.height; y++) {
        const from = (y - region.y) * region.width + part.x - region.x;
        covered.fill(1, from, from + part.width);
      }
    }
    return covered;
  };

  /** A region as it is now. */
  readonly surface = (region: Region): Surface => {
    const surface = createSurface(region);
    const row = new Float32Array(region.width * 4);
    for (let y = region.y; y < region.y + region.height; y++) {
      this.readRow(region.x, y, region.width, row);
      surface.data.set(row, (y - region.y) * row.length);
    }
    return surface;
  };

  #keyAt(x: number, y: number): number {
    return Math.floor((y - this.#raster.y) / tileSidePx) * 2 ** 20 + Math.floor((x - this.#raster.x) / tileSidePx);
  }

  #tileAt(x: number, y: number): Surface {
    const key = this.#keyAt(x, y);
    let tile = this.#tiles.get(key);
    if (!tile) {
      const { x: left, y: top } = this.#raster;
      const region = {
        x: left + Math.floor((x - left) / tileSidePx) * tileSidePx, y: top + Math.floor((y - top) / tileSidePx) * tileSidePx,
        width: tileSidePx, height: tileSidePx,
      };
      this.#tiles.set(key, (tile = this.#taken(region)));
    }
    return tile;
  }

  #taken(region: Region): Surface {
    const surface = createSurface(region);
    if (!('outside' in this.#raster)) {
      drawRaster(this.#raster, surface, this.#bytes);
      return surface;
    }
    readRaster(this.#raster, region, this.#bytes).data.forEach((value, index) => surface.data.fill(value / 255, index * 4, index * 4 + 3));
    for (let i = 3; i < surface.data.length; i += 4) surface.data[i] = 1;
    return surface;
  }
}
