// Pixels under an affine map: cubic where they grow, area-averaged where they shrink, on premultiplied values.
import type { Matrix, Raster } from '../contract/document.ts';
import type { Extent, PixelBuffer, Region } from '../contract/image.ts';
import { pixelsOf, surfaceOf } from './pixels.ts';
import { grownBy, isEmpty, overlapOf, wholeRegion } from './region.ts';
import { createSurface, cropSurface, type Surface } from './surface.ts';
import { bytesOfSamples, placesIn } from './tiles.ts';

/** Straight RGBA that can be read anywhere inside its bounds. */
export interface PixelSource {
  readonly bounds: Region;
  readonly read: (region: Region) => PixelBuffer;
}

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** The map that first does `second`, then `first`: first · second. */
export function multiply([a, b, c, d, e, f]: Matrix, [p, q, r, s, t, u]: Matrix): Matrix {
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

/** The map back; undefined where the matrix flattens the plane. */
export function invert([a, b, c, d, e, f]: Matrix): Matrix | undefined {
  const determinant = a * d - b * c;
  if (!(Math.abs(determinant) > 1e-12)) return undefined;
  const [p, q, r, s] = [d / determinant, -b / determinant, -c / determinant, a / determinant];
  return [p, q, r, s, -(p * e + r * f), -(q * e + s * f)];
}

/** A point of the source in document px. */
export function mapPoint([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** The whole pixels that a region touches once it is mapped. */
export function mappedRegion(matrix: Matrix, { x, y, width, height }: Region): Region {
  const corners = [mapPoint(matrix, x, y), mapPoint(matrix, x + width, y), mapPoint(matrix, x, y + height), mapPoint(matrix, x + width, y + height)];
  const [xs, ys] = [corners.map(([px]) => px), corners.map(([, py]) => py)];
  // corners that meet the grid up to rounding touch nothing beyond it
  const slack = 1e-6;
  return wholeRegion(Math.min(...xs) + slack, Math.min(...ys) + slack, Math.max(...xs) - slack, Math.max(...ys) - slack);
}

/**
 * A region of a source under a matrix (document px = matrix · source px). Catmull-Rom, stretched where the source shrinks, over a
 * source halved beforehand where it shrinks to less than a quarter; edges of the source stay sharp (its border goes on, cut by an edge of one pixel). Moves by
 * whole pixels, quarter turns and flips on the grid give the source's samples exactly; every pixel depends on its own place alone.
 */
export function transformSurface(source: PixelSource, matrix: Matrix, region: Region): Surface {
  const out = createSurface(region);
  const back = invert(matrix);
  const wanted = overlapOf(region, grownBy(mappedRegion(matrix, source.bounds), 1));
  if (!back || isEmpty(wanted) || isEmpty(source.bounds)) return out;
  if (isWholeMove(matrix)) return moved(source, matrix, wanted, out);
  // source px per document px along the source's own axes
  const scaleX = Math.max(1, Math.hypot(back[0], back[2]));
  const scaleY = Math.max(1, Math.hypot(back[1], back[3]));
  // one halving less than fits: cells as coarse as the pixels would show as steps
  const level = Math.max(0, Math.floor(Math.log2(Math.min(scaleX, scaleY)) + 1e-9) - 1);
  const side = 2 ** level;
  const reachX = 2 * scaleX + side;
  const reachY = 2 * scaleY + side;
  const under = mappedRegion(back, wanted);
  const read = { x: under.x - Math.ceil(reachX), y: under.y - Math.ceil(reachY), width: under.width + 2 * Math.ceil(reachX), height: under.height + 2 * Math.ceil(reachY) };
  const cells = halvedSource(source, read, level);
  if (cells) resample(out, wanted, cells, back, { scaleX, scaleY, side, bounds: source.bounds });
  return out;
}

/** The tiles of a raster at (0, 0) that hold a transformed source, one after another, so that work can stop between them. */
export function* transformedTiles(source: PixelSource, matrix: Matrix, raster: Pick<Raster, 'x' | 'y' | 'depth'>, within?: Region): Generator<{ place: string; bytes: Uint8Array }> {
  const target = mappedRegion(matrix, source.bounds);
  for (const { place, region } of placesIn(raster, within ? overlapOf(target, within) : target)) {
    const pixels = pixelsOf(transformSurface(source, matrix, region), raster.depth);
    if (pixels.data.some((value) => value !== 0)) yield { place, bytes: bytesOfSamples(pixels.data) };
  }
}

/** The matrix that lays a picture of a size over a document: as large as fits (or its own size if smaller), centred, on whole px. */
export function placedInside(picture: Extent, document: Extent): Matrix {
  const scale = Math.min(1, document.width / picture.width, document.height / picture.height);
  return [scale, 0, 0, scale, Math.round((document.width - picture.width * scale) / 2), Math.round((document.height - picture.height * scale) / 2)];
}

function isWholeMove([a, b, c, d, e, f]: Matrix): boolean {
  return a === 1 && b === 0 && c === 0 && d === 1 && Number.isInteger(e) && Number.isInteger(f);
}

function moved({ bounds, read }: PixelSource, [, , , , dx, dy]: Matrix, wanted: Region, out: Surface): Surface {
  const part = overlapOf({ ...wanted, x: wanted.x - dx, y: wanted.y - dy }, bounds);
  return isEmpty(part) ? out : cropSurface(surfaceOf(read(part), part.x + dx, part.y + dy), out.region);
}

interface Sampling {
  readonly scaleX: number;
  readonly scaleY: number;
  /** Source px per cell. */
  readonly side: number;
  readonly bounds: Region;
}

/** A part of the source in cells of 2^level px aligned to multiples of it; border cells average what lies inside the bounds. */
function halvedSource({ bounds, read }: PixelSource, wanted: Region, level: number): Surface | undefined {
  const side = 2 ** level;
  const aligned = wholeRegion(wanted.x / side, wanted.y / side, (wanted.x + wanted.width) / side, (wanted.y + wanted.height) / side);
  const last = wholeRegion(bounds.x / side, bounds.y / side, (bounds.x + bounds.width) / side, (bounds.y + bounds.height) / side);
  const cells = overlapOf(clampedOnto(aligned, last), last);
  const part = overlapOf({ x: cells.x * side, y: cells.y * side, width: cells.width * side, height: cells.height * side }, bounds);
  if (isEmpty(part)) return undefined;
  const surface = surfaceOf(read(part), part.x, part.y);
  return level === 0 ? surface : averaged(surface, cells, side);
}

/** A region moved so far that it holds a pixel of another at least: far outside, the border is what is read. */
function clampedOnto(region: Region, bounds: Region): Region {
  const left = Math.min(region.x, bounds.x + bounds.width - 1);
  const top = Math.min(region.y, bounds.y + bounds.height - 1);
  const right = Math.max(region.x + region.width, bounds.x + 1);
  const bottom = Math.max(region.y + region.height, bounds.y + 1);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function averaged(surface: Surface, cells: Region, side: number): Surface {
  const out = createSurface(cells);
  const counts = new Float32Array(cells.width * cells.height);
  const { region, data } = surface;
  for (let row = 0; row < region.height; row++) {
    const cellRow = (Math.floor((region.y + row) / side) - cells.y) * cells.width;
    for (let column = 0; column < region.width; column++) {
      const cell = cellRow + Math.floor((region.x + column) / side) - cells.x;
      const from = (row * region.width + column) * 4;
      for (let c = 0; c < 4; c++) out.data[cell * 4 + c] += data[from + c];
      counts[cell]++;
    }
  }
  for (let i = 0; i < out.data.length; i++) out.data[i] /= counts[i >> 2];
  return out;
}

/** Weights of the cells along one axis, for one pixel. */
interface Taps {
  first: number;
  readonly weights: Float64Array;
  count: number;
}

function resample(out: Surface, wanted: Region, cells: Surface, back: Matrix, { scaleX, scaleY, side, bounds }: Sampling): void {
  const [stretchX, stretchY] = [scaleX / side, scaleY / side];
  const tapsX: Taps = { first: 0, count: 0, weights: new Float64Array(Math.ceil(4 * stretchX) + 2) };
  const tapsY: Taps = { first: 0, count: 0, weights: new Float64Array(Math.ceil(4 * stretchY) + 2) };
  for (let y = wanted.y; y < wanted.y + wanted.height; y++) {
    for (let x = wanted.x; x < wanted.x + wanted.width; x++) {
      const u = snapped(back[0] * (x + 0.5) + back[2] * (y + 0.5) + back[4]);
      const v = snapped(back[1] * (x + 0.5) + back[3] * (y + 0.5) + back[5]);
      const covered = edgeShare(u, bounds.x, bounds.x + bounds.width, scaleX) * edgeShare(v, bounds.y, bounds.y + bounds.height, scaleY);
      if (covered <= 0) continue;
      setTaps(tapsX, u / side, stretchX);
      setTaps(tapsY, v / side, stretchY);
      gather(out.data, ((y - out.region.y) * out.region.width + x - out.region.x) * 4, cells, tapsX, tapsY, covered);
    }
  }
}

/** Takes rounding out of a coordinate that stands on the grid's halves, so that exact moves stay exact. */
function snapped(value: number): number {
  const half = Math.round(value * 2) / 2;
  return Math.abs(value - half) < 1e-7 ? half : value;
}

/** How much of a pixel lies between two edges along one axis; `scale` is its width there. */
function edgeShare(at: number, low: number, high: number, scale: number): number {
  const share = Math.min((at - low) / scale + 0.5, (high - at) / scale + 0.5, (high - low) / scale);
  return share <= 0 ? 0 : share >= 1 ? 1 : share;
}

function setTaps(taps: Taps, centre: number, stretch: number): void {
  const first = Math.ceil(centre - 0.5 - 2 * stretch);
  const last = Math.floor(centre - 0.5 + 2 * stretch);
  taps.first = first;
  taps.count = last - first + 1;
  let sum = 0;
  for (let i = 0; i < taps.count; i++) sum += taps.weights[i] = cubic(Math.abs(first + i + 0.5 - centre) / stretch);
  for (let i = 0; i < taps.count; i++) taps.weights[i] /= sum;
}

/** Catmull-Rom (Keys 1981, a = −1/2). */
function cubic(t: number): number {
  if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
  return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
}

function gather(out: Float32Array, at: number, { region, data }: Surface, tapsX: Taps, tapsY: Taps, covered: number): void {
  let [r, g, b, a] = [0, 0, 0, 0];
  for (let j = 0; j < tapsY.count; j++) {
    const weightY = tapsY.weights[j];
    if (weightY === 0) continue;
    const row = Math.min(Math.max(tapsY.first + j - region.y, 0), region.height - 1) * region.width;
    for (let i = 0; i < tapsX.count; i++) {
      const weight = weightY * tapsX.weights[i];
      if (weight === 0) continue;
      const from = (row + Math.min(Math.max(tapsX.first + i - region.x, 0), region.width - 1)) * 4;
      r += data[from] * weight;
      g += data[from + 1] * weight;
      b += data[from + 2] * weight;
      a += data[from + 3] * weight;
    }
  }
  // the cubic overshoots: colour stays within alpha, alpha within 1
  const alpha = a < 0 ? 0 : a > 1 ? 1 : a;
  out[at] = Math.min(Math.max(r, 0), alpha) * covered;
  out[at + 1] = Math.min(Math.max(g, 0), alpha) * covered;
  out[at + 2] = Math.min(Math.max(b, 0), alpha) * covered;
  out[at + 3] = alpha * covered;
}
