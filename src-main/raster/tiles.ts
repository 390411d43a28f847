// Sparse tiles of a raster: which ones a region touches, regions read from them and written to them.
import { tileSidePx, type AssetId, type Mask, type Raster } from '../contract/document.ts';
import { StudioError } from '../contract/fault.ts';
import type { Extent, PixelBuffer, Region } from '../contract/image.ts';
import { emptyRegion, isEmpty, overlapOf, unionOf } from './region.ts';

/** Raw bytes of a tile by its asset; undefined: not there (yet), read as if the tile were absent. */
export type BytesOf = (id: AssetId) => Uint8Array | undefined;
/** New bytes by place; null where a tile is no longer needed. */
export type ChangedTiles = Map<string, Uint8Array | null>;
/** A tile's place in its raster's grid and the part of the document that it covers. */
export interface TilePlace {
  readonly place: string;
  readonly region: Region;
}

/** Samples per pixel of a raster (4) or a mask (1). */
export function channelsOf(raster: Raster | Mask): 1 | 4 {
  return 'outside' in raster ? 1 : 4;
}

/** Places of the grid that a region of the document touches, whether there is a tile or not; row by row. */
export function placesIn(raster: Pick<Raster, 'x' | 'y'>, region: Region): TilePlace[] {
  if (isEmpty(region)) return [];
  const places: TilePlace[] = [];
  const firstColumn = Math.floor((region.x - raster.x) / tileSidePx);
  const lastColumn = Math.floor((region.x + region.width - 1 - raster.x) / tileSidePx);
  const firstRow = Math.floor((region.y - raster.y) / tileSidePx);
  const lastRow = Math.floor((region.y + region.height - 1 - raster.y) / tileSidePx);
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) places.push({ place: `${column},${row}`, region: tileRegion(raster, column, row) });
  }
  return places;
}

/** Tiles of a raster that a region of the document touches. */
export function tilesIn(raster: Raster | Mask, region: Region): (TilePlace & { readonly id: AssetId })[] {
  return placesIn(raster, region).flatMap(({ place, region: covers }) => {
    const id = raster.tiles[place];
    return id === undefined ? [] : [{ place, region: covers, id }];
  });
}

/** What a raster's tiles cover together, in document px; empty where it has none. */
export function tiledRegion(raster: Raster | Mask): Region {
  return Object.keys(raster.tiles).reduce<Region>((all, place) => {
    const [column, row] = place.split(',').map(Number);
    return unionOf(all, tileRegion(raster, column, row));
  }, emptyRegion);
}

/** Bytes of one tile. */
function tileByteLength(raster: Raster | Mask): number {
  return tileSidePx * tileSidePx * channelsOf(raster) * (raster.depth / 8);
}

/** A tile as it is read where the raster has none: see-through, or a mask's `outside`. */
export function blankTile(raster: Raster | Mask): Uint8Array {
  const bytes = new Uint8Array(tileByteLength(raster));
  return 'outside' in raster && raster.outside !== 0 ? bytes.fill(raster.outside) : bytes;
}

/** Tile bytes as samples: 8 bit as they are, 16 bit little endian. */
export function samplesOf(bytes: Uint8Array, depth: 8 | 16): Uint8Array | Uint16Array {
  if (depth === 8) return bytes;
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice();
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 1);
}

/** The bytes of samples, sharing their memory. */
export function bytesOfSamples(samples: Uint8Array | Uint16Array): Uint8Array {
  return samples instanceof Uint8Array ? samples : new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** Straight RGBA over bytes, of the depth that they have room for, sharing their memory. */
export function pixelsOver({ width, height }: Extent, bytes: Uint8Array): PixelBuffer {
  if (bytes.byteLength < width * height * 8) return { width, height, channels: 4, depth: 8, data: bytes };
  return { width, height, channels: 4, depth: 16, data: samplesOf(bytes, 16) as Uint16Array };
}

/** Pixels of a buffer's own extent at a depth, filled with `value`. */
export function createPixels({ width, height }: Pick<Region, 'width' | 'height'>, channels: PixelBuffer['channels'], depth: 8 | 16, value = 0): PixelBuffer {
  const length = width * height * channels;
  if (depth === 8) return { width, height, channels, depth, data: new Uint8Array(length).fill(value) };
  return { width, height, channels, depth, data: new Uint16Array(length).fill(value) };
}

/** A region of a raster or mask as pixels of its depth: RGBA straight, or grey. Absent tiles are see-through, or `outside`. */
export function readRaster(raster: Raster | Mask, region: Region, bytes: BytesOf): PixelBuffer {
  const channels = channelsOf(raster);
  const pixels = createPixels(region, channels, raster.depth, 'outside' in raster ? raster.outside : 0);
  for (const tile of tilesIn(raster, region)) {
    const stored = bytes(tile.id);
    if (stored) copyRows(samplesOf(stored, raster.depth), tile.region, pixels.data, region, channels);
  }
  return pixels;
}

/**
 * Tiles that differ once `pixels` stand at `region`: whole tiles of new bytes, null where nothing is left to keep. The pixels
 * are of the raster's depth and channels. Throws internal when they are not.
 */
export function writeRaster(raster: Raster | Mask, region: Region, pixels: PixelBuffer, bytes: BytesOf): ChangedTiles {
  checkFit(raster, region, pixels);
  const changed: ChangedTiles = new Map();
  for (const { place, region: covers } of placesIn(raster, region)) {
    const id = raster.tiles[place];
    const before = (id === undefined ? undefined : bytes(id)) ?? blankTile(raster);
    const after = before.slice();
    copyRows(pixels.data, region, samplesOf(after, raster.depth), covers, channelsOf(raster));
    noteTile(changed, raster, place, after, before);
  }
  return changed;
}

/** Notes a tile among the changed ones, where it differs from before; as null where it is blank. */
export function noteTile(changed: ChangedTiles, raster: Raster | Mask, place: string, after: Uint8Array, before: Uint8Array): void {
  if (isBlank(raster, after)) {
    if (raster.tiles[place] !== undefined) changed.set(place, null);
  } else if (!equalBytes(after, before)) changed.set(place, after);
}

/** The raster with the tiles that were changed, once their bytes have names. */
export function withTiles<R extends Raster | Mask>(raster: R, named: ReadonlyMap<string, AssetId | null>): R {
  const tiles = { ...raster.tiles };
  for (const [place, id] of named) {
    if (id === null) delete tiles[place];
    else tiles[place] = id;
  }
  return { ...raster, tiles };
}

function tileRegion(raster: Pick<Raster, 'x' | 'y'>, column: number, row: number): Region {
  return { x: raster.x + column * tileSidePx, y: raster.y + row * tileSidePx, width: tileSidePx, height: tileSidePx };
}

function checkFit(raster: Raster | Mask, region: Region, pixels: PixelBuffer): void {
  const fits = pixels.width === region.width && pixels.height === region.height && pixels.depth === raster.depth && pixels.channels === channelsOf(raster);
  if (!fits) throw new StudioError('internal', { reason: `pixels of ${pixels.width}x${pixels.height}, ${pixels.depth} bit do not fit their raster` });
}

function copyRows(from: Uint8Array | Uint16Array, fromRegion: Region, to: Uint8Array | Uint16Array, toRegion: Region, channels: number): void {
  const shared = overlapOf(fromRegion, toRegion);
  const length = shared.width * channels;
  for (let y = shared.y; y < shared.y + shared.height; y++) {
    const start = ((y - fromRegion.y) * fromRegion.width + shared.x - fromRegion.x) * channels;
    to.set(from.subarray(start, start + length), ((y - toRegion.y) * toRegion.width + shared.x - toRegion.x) * channels);
  }
}

function isBlank(raster: Raster | Mask, bytes: Uint8Array): boolean {
  if ('outside' in raster) return bytes.every((value) => value === raster.outside);
  const samples = samplesOf(bytes, raster.depth);
  for (let i = 3; i < samples.length; i += 4) if (samples[i] !== 0) return false;
  return true;
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
