// Pixels under an affine map: cubic where they grow, area-averaged where they shrink, on premultiplied values.
import type { Matrix, Raster } from '../contract/document.ts';
import type { Extent, PixelBuffer, Region } from '../contract/image.ts';
import { asRgba, pixelsOf, surfaceOf } from './pixels.ts';
import { grownBy, isEmpty, overlapOf, wholeRegion } from './region.ts';
import { resample } from './resample.ts';
import { createSurface, cropSurface, type Surface } from './surface.ts';
import { bytesOfSamples, placesIn } from './tiles.ts';
import { fixedSurface, straightBytes, turnBytes } from './turned-bytes.ts';
import { turnWords } from './turned-words.ts';
import type { Turn } from './turn-window.ts';

/** Grey, RGB or straight RGBA of a depth that can be read anywhere inside its bounds. */
export interface PixelSource {
  readonly bounds: Region;
  readonly depth: 8 | 16;
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
  const turn = turnOf(source, matrix);
  if (turn) return source.depth === 8 ? fixedSurface(turnBytes(turn, region), region) : turnWords(turn, region);
  const out = createSurface(region);
  const back = invert(matrix);
  const wanted = overlapOf(region, grownBy(mappedRegion(matrix, source.bounds), 1));
  if (!back || isEmpty(wanted) || isEmpty(source.bounds)) return out;
  if (isWholeMove(matrix)) return moved(source, matrix, wanted, out);
  const { scaleX, scaleY, level } = shrinking(back);
  const side = 2 ** level;
  const reachX = 2 * scaleX + side;
  const reachY = 2 * scaleY + side;
  const under = mappedRegion(back, wanted);
  const read = { x: under.x - Math.ceil(reachX), y: under.y - Math.ceil(reachY), width: under.width + 2 * Math.ceil(reachX), height: under.height + 2 * Math.ceil(reachY) };
  const cells = halvedSource(source, read, level);
  if (cells) resample(out, wanted, cells, back, { scaleX, scaleY, side, bounds: source.bounds });
  return out;
}

/** Source px per document px along the source's own axes, 1 at least, and how often it is halved first. */
function shrinking(back: Matrix): { readonly scaleX: number; readonly scaleY: number; readonly level: number } {
  const scaleX = Math.max(1, Math.hypot(back[0], back[2]));
  const scaleY = Math.max(1, Math.hypot(back[1], back[3]));
  // one halving less than fits: cells as coarse as the pixels would show as steps
  return { scaleX, scaleY, level: Math.max(0, Math.floor(Math.log2(Math.min(scaleX, scaleY)) + 1e-9) - 1) };
}

/** Wider filters lose too much to whole weights. */
const mostStretch = 8;

/** How a source is turned with weights from a table; undefined where it is not, or shrinks much. */
function turnOf({ bounds, read }: PixelSource, matrix: Matrix): Turn | undefined {
  const back = invert(matrix);
  if (!back || isEmpty(bounds) || (back[1] === 0 && back[2] === 0)) return undefined;
  const { scaleX, scaleY, level } = shrinking(back);
  return level > 0 || Math.max(scaleX, scaleY) > mostStretch ? undefined : { back, scaleX, scaleY, bounds, read };
}

/** A region of a source under a matrix as straight RGBA of a depth; undefined: nothing of it is there. */
function transformPixels(source: PixelSource, matrix: Matrix, region: Region, depth: 8 | 16): PixelBuffer | undefined {
  const turn = depth === 8 && source.depth === 8 ? turnOf(source, matrix) : undefined;
  if (turn) {
    const fixed = turnBytes(turn, region);
    return fixed && straightBytes(fixed, region);
  }
  const pixels = pixelsOf(transformSurface(source, matrix, region), depth);
  return pixels.data.some((value) => value !== 0) ? pixels : undefined;
}

/** The tiles of a raster at (0, 0) that hold a transformed source, one after another, so that work can stop between them. */
export function* transformedTiles(source: PixelSource, matrix: Matrix, raster: Pick<Raster, 'x' | 'y' | 'depth'>, within?: Region): Generator<{ place: string; bytes: Uint8Array }> {
  const target = mappedRegion(matrix, source.bounds);
  for (const { place, region } of placesIn(raster, within ? overlapOf(target, within) : target)) {
    const pixels = transformPixels(source, matrix, region, raster.depth);
    if (pixels) yield { place, bytes: bytesOfSamples(pixels.data) };
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
  return isEmpty(part) ? out : cropSurface(surfaceOf(asRgba(read(part)), part.x + dx, part.y + dy), out.region);
}

/** A part of the source in cells of 2^level px aligned to multiples of it; border cells average what lies inside the bounds. */
function halvedSource({ bounds, read }: PixelSource, wanted: Region, level: number): Surface | undefined {
  const side = 2 ** level;
  const aligned = wholeRegion(wanted.x / side, wanted.y / side, (wanted.x + wanted.width) / side, (wanted.y + wanted.height) / side);
  const last = wholeRegion(bounds.x / side, bounds.y / side, (bounds.x + bounds.width) / side, (bounds.y + bounds.height) / side);
  const cells = overlapOf(clampedOnto(aligned, last), last);
  const part = overlapOf({ x: cells.x * side, y: cells.y * side, width: cells.width * side, height: cells.height * side }, bounds);
  if (isEmpty(part)) return undefined;
  const surface = surfaceOf(asRgba(read(part)), part.x, part.y);
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
