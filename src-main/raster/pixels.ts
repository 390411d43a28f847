// Surfaces to straight RGBA of 8 or 16 bit and back, whole or tile by tile.
import type { Mask, Raster } from '../contract/document.ts';
import type { PixelBuffer, Region } from '../contract/image.ts';
import { overlapOf } from './region.ts';
import { createSurface, type Surface } from './surface.ts';
import { createPixels, samplesOf, tilesIn, type BytesOf } from './tiles.ts';

const byteShares = Float32Array.from({ length: 256 }, (_, value) => value / 255);
/** Of an alpha byte: its share, and what a colour byte is multiplied with. */
const alphaShares = Float64Array.from({ length: 256 }, (_, value) => value / 255);
const colourScales = Float64Array.from({ length: 256 }, (_, value) => value / 255 / 255);

/** Straight RGBA of a surface, rounded to the depth; colours are 0 where alpha is 0. */
export function pixelsOf(surface: Surface, depth: 8 | 16): PixelBuffer {
  const pixels = createPixels(surface.region, 4, depth);
  if (pixels.depth === 8) toBytes(surface.data, pixels.data);
  else toWords(surface.data, pixels.data);
  return pixels;
}

/** Straight RGBA of 8 bit written to memory of one's own, e.g. that of an ImageData; `into` has 4 · width · height bytes. */
export function writeRgba8(surface: Surface, into: Uint8Array | Uint8ClampedArray): void {
  toBytes(surface.data, into);
}

/** Straight RGBA pixels as a surface whose first pixel stands at (x, y) of the document. */
export function surfaceOf(pixels: PixelBuffer, x: number, y: number): Surface {
  const surface = createSurface({ x, y, width: pixels.width, height: pixels.height });
  readRow(pixels.data, 0, surface.data, 0, pixels.width * pixels.height, pixels.depth);
  return surface;
}

/** Grey, RGB or RGBA as RGBA of the same depth; the same buffer where it is that. */
export function asRgba(pixels: PixelBuffer): PixelBuffer {
  if (pixels.channels === 4) return pixels;
  const { width, height, channels, depth, data } = pixels;
  const rgba = createPixels(pixels, 4, depth);
  const [green, blue, whole] = [channels === 1 ? 0 : 1, channels === 1 ? 0 : 2, depth === 16 ? 65535 : 255];
  for (let from = 0, to = 0; to < width * height * 4; from += channels, to += 4) {
    rgba.data[to] = data[from];
    rgba.data[to + 1] = data[from + green];
    rgba.data[to + 2] = data[from + blue];
    rgba.data[to + 3] = whole;
  }
  return rgba;
}

/** Pixels at another depth: white stays white, and 8 bit come back from 16 as they were. The same buffer where the depth is its own. */
export function pixelsAt(pixels: PixelBuffer, depth: 8 | 16): PixelBuffer {
  if (pixels.depth === depth) return pixels;
  const { width, height, channels, data } = pixels;
  if (depth === 16) return { width, height, channels, depth, data: Uint16Array.from(data, (value) => value * 257) };
  return { width, height, channels, depth, data: Uint8Array.from(data, (value) => (value + 128) / 257) };
}

/** Writes a raster's paint to a surface; what the raster has no tile for is left as it was. */
export function drawRaster(raster: Raster, surface: Surface, bytes: BytesOf): void {
  for (const tile of tilesIn(raster, surface.region)) {
    const stored = bytes(tile.id);
    if (!stored) continue;
    const samples = samplesOf(stored, raster.depth);
    eachRow(tile.region, surface.region, (from, to, width) => readRow(samples, from * 4, surface.data, to * 4, width, raster.depth));
  }
}

/** Multiplies a surface by a mask that is enabled. */
export function maskSurface(surface: Surface, mask: Mask, bytes: BytesOf): void {
  const shown = new Uint8Array(surface.region.width * surface.region.height).fill(mask.outside);
  for (const tile of tilesIn(mask, surface.region)) {
    const stored = bytes(tile.id);
    if (!stored) continue;
    eachRow(tile.region, surface.region, (from, to, width) => shown.set(stored.subarray(from, from + width), to));
  }
  const { data } = surface;
  for (let i = 0, at = 0; i < shown.length; i++, at += 4) {
    if (shown[i] === 255) continue;
    const share = byteShares[shown[i]];
    data[at] *= share;
    data[at + 1] *= share;
    data[at + 2] *= share;
    data[at + 3] *= share;
  }
}

/** Calls with the first pixel of every shared row in both regions, and the row's width. */
function eachRow(tile: Region, region: Region, visit: (from: number, to: number, width: number) => void): void {
  const shared = overlapOf(tile, region);
  for (let y = shared.y; y < shared.y + shared.height; y++) {
    visit((y - tile.y) * tile.width + shared.x - tile.x, (y - region.y) * region.width + shared.x - region.x, shared.width);
  }
}

function readRow(from: Uint8Array | Uint16Array, start: number, to: Float32Array, at: number, width: number, depth: 8 | 16): void {
  if (depth === 8) readBytes(from as Uint8Array, start, to, at, width);
  else readWords(from as Uint16Array, start, to, at, width);
}

function readBytes(from: Uint8Array, start: number, to: Float32Array, at: number, width: number): void {
  for (const end = start + width * 4; start < end; start += 4, at += 4) {
    const alpha = from[start + 3];
    const scale = colourScales[alpha];
    to[at] = from[start] * scale;
    to[at + 1] = from[start + 1] * scale;
    to[at + 2] = from[start + 2] * scale;
    to[at + 3] = alphaShares[alpha];
  }
}

function readWords(from: Uint16Array, start: number, to: Float32Array, at: number, width: number): void {
  for (const end = start + width * 4; start < end; start += 4, at += 4) {
    const alpha = from[start + 3] / 65535;
    const scale = alpha / 65535;
    to[at] = from[start] * scale;
    to[at + 1] = from[start + 1] * scale;
    to[at + 2] = from[start + 2] * scale;
    to[at + 3] = alpha;
  }
}

function toBytes(from: Float32Array, to: Uint8Array | Uint8ClampedArray): void {
  for (let i = 0; i < from.length; i += 4) {
    const alpha = from[i + 3];
    if (alpha <= 0) {
      to[i] = to[i + 1] = to[i + 2] = to[i + 3] = 0;
      continue;
    }
    const scale = alpha === 1 ? 255 : 255 / alpha;
    to[i] = rounded(from[i] * scale, 255);
    to[i + 1] = rounded(from[i + 1] * scale, 255);
    to[i + 2] = rounded(from[i + 2] * scale, 255);
    to[i + 3] = rounded(alpha * 255, 255);
  }
}

function toWords(from: Float32Array, to: Uint16Array): void {
  for (let i = 0; i < from.length; i += 4) {
    const alpha = from[i + 3];
    if (alpha <= 0) continue;
    const scale = 65535 / alpha;
    to[i] = rounded(from[i] * scale, 65535);
    to[i + 1] = rounded(from[i + 1] * scale, 65535);
    to[i + 2] = rounded(from[i + 2] * scale, 65535);
    to[i + 3] = rounded(alpha * 65535, 65535);
  }
}

function rounded(value: number, most: number): number {
  return value >= most ? most : (value + 0.5) | 0;
}
