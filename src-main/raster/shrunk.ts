// Pixels read at a fraction of their size, as means of squares: for what is shown smaller than it is.
import type { AssetId, Mask, Raster } from '../contract/document.ts';
import type { Extent, Region } from '../contract/image.ts';
import { overlapOf, wholeRegion } from './region.ts';
import { createSurface, type Surface } from './surface.ts';
import { channelsOf, samplesOf, tilesIn, type BytesOf } from './tiles.ts';

/** Samples along a side of a square, at most, that its mean is taken of. */
const mostAlong = 4;

/** Means of tiles from composite to composite: tiles never change. */
export interface KeptMeans {
  /** Means by a tile's name and how they were taken, made where they are not kept yet; undefined: of this one none are kept. */
  of(id: AssetId, taken: string, make: () => Uint8Array | undefined): Uint8Array | undefined;
}

/** A tile as means of squares, 8 bit each: RGBA, premultiplied by alpha and by how much of a square the tile covers, or a mask's values. */
export interface TileMeans {
  /** Squares that the tile touches. */
  readonly region: Region;
  readonly data: Uint8Array;
}

/** Document px of a region that is counted in squares of `shrink` px. */
export function spreadRegion({ x, y, width, height }: Region, shrink: number): Region {
  return { x: x * shrink, y: y * shrink, width: width * shrink, height: height * shrink };
}

/** Squares of `shrink` document px that a region touches. */
export function shrunkRegion({ x, y, width, height }: Region, shrink: number): Region {
  return wholeRegion(x / shrink, y / shrink, (x + width) / shrink, (y + height) / shrink);
}

/** What is left of a document at a shrink: whole squares. */
export function shrunkExtent({ width, height }: Extent, shrink: number): Extent {
  return { width: Math.max(1, Math.floor(width / shrink)), height: Math.max(1, Math.floor(height / shrink)) };
}

/** A raster's tile by its means, kept ones where there are; undefined: its bytes are not there, or of this one none are kept. */
export function tileMeans(raster: Raster | Mask, { id, region: tile }: { readonly id: AssetId; readonly region: Region }, bytes: BytesOf, shrink: number, kept: KeptMeans): TileMeans | undefined {
  const region = shrunkRegion(tile, shrink);
  const [left, top] = [tile.x - region.x * shrink, tile.y - region.y * shrink];
  if ('outside' in raster && (left > 0 || top > 0)) return undefined; // Where two tiles share a square, grey does not tell how much of it is whose.
  const data = kept.of(id, `${shrink},${left},${top}`, () => {
    const stored = bytes(id);
    return stored && meansOf(raster, stored, tile, region, shrink);
  });
  return data && { region, data };
}

function meansOf(raster: Raster | Mask, stored: Uint8Array, tile: Region, region: Region, shrink: number): Uint8Array {
  let means: Float32Array;
  if (channelsOf(raster) === 1) addShrunk(stored, tile, (means = new Float32Array(region.width * region.height)), region, shrink, { from: 0, scale: 1 / 255 });
  else {
    const surface = createSurface(region);
    addPaint(samplesOf(stored, raster.depth), tile, surface, shrink, raster.depth === 8 ? 255 : 65535);
    means = surface.data;
  }
  const data = new Uint8Array(means.length);
  for (let at = 0; at < data.length; at++) data[at] = means[at] * 255 + 0.5;
  return data;
}

/** Adds a raster's paint to a see-through surface whose px are squares of `shrink` (a power of two) document px. */
export function drawRasterShrunk(raster: Raster, surface: Surface, bytes: BytesOf, shrink: number, kept?: KeptMeans): void {
  const most = raster.depth === 8 ? 255 : 65535;
  for (const tile of tilesIn(raster, spreadRegion(surface.region, shrink))) {
    const means = kept && tileMeans(raster, tile, bytes, shrink, kept);
    if (means) {
      addMeans(means, surface.data, surface.region, 4);
      continue;
    }
    const stored = bytes(tile.id);
    if (stored) addPaint(samplesOf(stored, raster.depth), tile.region, surface, shrink, most);
  }
}

/** Adds a tile's means, less `from` (0..255), to values of a region, so many of each square. */
function addMeans({ region: squares, data }: TileMeans, into: Float32Array, region: Region, channels: 1 | 4, from = 0): void {
  const part = overlapOf(squares, region);
  const length = part.width * channels;
  for (let y = part.y; y < part.y + part.height; y++) {
    const start = ((y - squares.y) * squares.width + part.x - squares.x) * channels;
    const to = ((y - region.y) * region.width + part.x - region.x) * channels;
    for (let n = 0; n < length; n++) into[to + n] += (data[start + n] - from) / 255;
  }
}

function addPaint(samples: Uint8Array | Uint16Array, tile: Region, { region, data }: Surface, shrink: number, most: number): void {
  const { left, top, right, bottom, stride, weight } = samplesIn(tile, region, shrink);
  const perAlpha = weight / most;
  const perColour = perAlpha / most;
  for (let y = top; y < bottom; y += stride) {
    const line = (Math.floor(y / shrink) - region.y) * region.width - region.x;
    let at = ((y - tile.y) * tile.width + left - tile.x) * 4;
    for (let x = left; x < right; ) {
      const square = Math.floor(x / shrink);
      let [r, g, b, a] = [0, 0, 0, 0];
      for (const end = Math.min(right, (square + 1) * shrink); x < end; x += stride, at += stride * 4) {
        const alpha = samples[at + 3];
        r += samples[at] * alpha;
        g += samples[at + 1] * alpha;
        b += samples[at + 2] * alpha;
        a += alpha;
      }
      const to = (line + square) * 4;
      data[to] += r * perColour;
      data[to + 1] += g * perColour;
      data[to + 2] += b * perColour;
      data[to + 3] += a * perAlpha;
    }
  }
}

/** Multiplies a surface of squares by the means of a mask. */
export function maskSurfaceShrunk({ region, data }: Surface, mask: Mask, bytes: BytesOf, shrink: number, kept?: KeptMeans): void {
  const shares = new Float32Array(region.width * region.height).fill(mask.outside / 255);
  for (const tile of tilesIn(mask, spreadRegion(region, shrink))) {
    const means = kept && tileMeans(mask, tile, bytes, shrink, kept);
    const stored = means ? undefined : bytes(tile.id);
    if (means) addMeans(means, shares, region, 1, mask.outside);
    else if (stored) addShrunk(stored, tile.region, shares, region, shrink, { from: mask.outside, scale: 1 / 255 });
  }
  for (let at = 0; at < data.length; at++) data[at] *= shares[at >> 2];
}

/** Adds the means of (value − from) · scale, a value for every px of `covers`, to a region of squares. */
export function addShrunk(values: Float32Array | Uint8Array, covers: Region, into: Float32Array, region: Region, shrink: number, { from, scale } = { from: 0, scale: 1 }): void {
  const { left, top, right, bottom, stride, weight } = samplesIn(covers, region, shrink);
  for (let y = top; y < bottom; y += stride) {
    const line = (Math.floor(y / shrink) - region.y) * region.width - region.x;
    const start = (y - covers.y) * covers.width - covers.x;
    for (let x = left; x < right; x += stride) into[line + Math.floor(x / shrink)] += (values[start + x] - from) * weight * scale;
  }
}

/** Where samples are taken in a tile, in document px, and the share of one in the mean of its square. */
function samplesIn(tile: Region, region: Region, shrink: number) {
  const part = overlapOf(tile, spreadRegion(region, shrink));
  const stride = Math.max(1, shrink / mostAlong);
  const middle = stride >> 1;
  const next = (from: number): number => Math.ceil((from - middle) / stride) * stride + middle;
  return { left: next(part.x), top: next(part.y), right: part.x + part.width, bottom: part.y + part.height, stride, weight: (stride / shrink) ** 2 };
}
