// Signs of several colours as pixels: clips with smooth edges, gradients, pictures, groups merged by their modes.
import type { Colour, Matrix } from '../../contract/document.ts';
import type { Region } from '../../contract/image.ts';
import { flattenPath } from '../../raster/flatten-path.ts';
import { coverOutlines, type Outline } from '../../raster/polygon.ts';
import { isEmpty, overlapOf } from '../../raster/region.ts';
import { createSurface, type Surface } from '../../raster/surface.ts';
import { identity, invert, mapPoint, multiply, transformSurface } from '../../raster/transform.ts';
import type { Paint, PaintStep } from './colour-steps.ts';
import { mergeSurfaces } from './merge-surfaces.ts';
import { shaderOf } from './sign-shader.ts';
import type { SignPictures } from './sign-pictures.ts';

/** Fills that cover all of a part; fonts from outside may ask for more than anybody waits for, and get no further. */
const mostCovers = 1000;
/** Groups within groups. */
const deepest = 16;

interface Clip {
  readonly region: Region;
  /** Row by row, 0..1; absent: all of it. */
  readonly shares?: Float32Array;
}

/** A part of a sign under a matrix (document px = matrix · shares of the size); `colour` stands for that of the words. */
export function paintSign(steps: readonly PaintStep[], matrix: Matrix, region: Region, colour: Colour, pictures: SignPictures = new Map()): Surface {
  const turns: Matrix[] = [matrix];
  const clips: Clip[] = [{ region }];
  const surfaces: Surface[] = [createSurface(region)];
  let left = mostCovers * region.width * region.height;
  for (const step of steps) {
    if (left < 0 || surfaces.length > deepest) break;
    if (step.do === 'turn') turns.push(multiply(turns.at(-1)!, step.matrix));
    else if (step.do === 'turn-back') popped(turns);
    else if (step.do === 'clip') clips.push(clipped(clips.at(-1)!, flattenPath(step.path, turns.at(-1)!)));
    else if (step.do === 'clip-back') popped(clips);
    else if (step.do === 'fill') {
      const clip = clips.at(-1)!;
      left -= clip.region.width * clip.region.height;
      fill(surfaces.at(-1)!, clip, step.paint, turns.at(-1)!, colour);
    } else if (step.do === 'picture') {
      const clip = clips.at(-1)!;
      left -= clip.region.width * clip.region.height;
      lay(surfaces.at(-1)!, clip, step, turns.at(-1)!, pictures);
    } else if (step.do === 'group') {
      left -= region.width * region.height;
      surfaces.push(createSurface(region));
    } else if (surfaces.length > 1) {
      const source = surfaces.pop()!;
      mergeSurfaces(surfaces.at(-1)!, source, step.mode);
    }
  }
  while (surfaces.length > 1) mergeSurfaces(surfaces.at(-2)!, surfaces.pop()!);
  return surfaces[0]!;
}

/** Where a sign may have paint: bounds of its pictures and of its clips' control points, which hold their curves, in shares of the size. */
export function boundsOfSteps(steps: readonly PaintStep[]): readonly [left: number, bottom: number, right: number, top: number] | undefined {
  const turns: Matrix[] = [identity];
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const step of steps) {
    if (step.do === 'turn') turns.push(multiply(turns.at(-1)!, step.matrix));
    else if (step.do === 'turn-back') popped(turns);
    else {
      const [matrix, points] = step.do === 'picture' ? [multiply(turns.at(-1)!, step.matrix), [[0, 0, 1, 0, 1, 1, 0, 1]]] : [turns.at(-1)!, step.do === 'clip' ? step.path.map(({ values }) => values) : []];
      for (const values of points) {
        for (let i = 0; i + 1 < values.length; i += 2) {
          const [x, y] = mapPoint(matrix, values[i]!, values[i + 1]!);
          [left, bottom, right, top] = [Math.min(left, x), Math.min(bottom, y), Math.max(right, x), Math.max(top, y)];
        }
      }
    }
  }
  return left < right ? [left, bottom, right, top] : undefined;
}

/** The first stays: fonts from outside may take away more than they put there. */
function popped(stack: unknown[]): void {
  if (stack.length > 1) stack.pop();
}

function clipped({ region, shares }: Clip, outlines: readonly Outline[]): Clip {
  const inner = overlapOf(region, boundsOf(outlines));
  if (isEmpty(inner)) return { region: inner };
  const own = coverOutlines(outlines, inner);
  if (shares) {
    for (let y = 0; y < inner.height; y++) {
      const from = (inner.y - region.y + y) * region.width + inner.x - region.x;
      for (let x = 0; x < inner.width; x++) own[y * inner.width + x]! *= shares[from + x]!;
    }
  }
  return { region: inner, shares: own };
}

function boundsOf(outlines: readonly Outline[]): Region {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of outlines.flat()) [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  if (!(left < right && Math.abs(left) < 1e7 && Math.abs(right) < 1e7 && Math.abs(top) < 1e7 && Math.abs(bottom) < 1e7)) return { x: 0, y: 0, width: 0, height: 0 };
  return { x: Math.floor(left), y: Math.floor(top), width: Math.ceil(right) - Math.floor(left), height: Math.ceil(bottom) - Math.floor(top) };
}

/** A picture with the filter of all pictures that are turned or scaled. */
function lay(surface: Surface, { region, shares }: Clip, { png, matrix: placed }: Extract<PaintStep, { do: 'picture' }>, matrix: Matrix, pictures: SignPictures): void {
  const source = pictures.get(png);
  if (isEmpty(region) || !source) return;
  const { width, height } = source.bounds;
  const part = transformSurface(source, multiply(multiply(matrix, placed), [1 / width, 0, 0, 1 / height, 0, 0]), region);
  if (shares) for (let at = 0; at < part.data.length; at++) part.data[at]! *= shares[at >> 2]!;
  mergeSurfaces(surface, part);
}

function fill(surface: Surface, { region, shares }: Clip, paint: Paint, matrix: Matrix, colour: Colour): void {
  const back = invert(matrix);
  if (isEmpty(region) || !back) return;
  const shade = shaderOf(paint, colour);
  const [r, g, b, alpha] = [0, 1, 2, 3] as const;
  const source = new Float64Array(4);
  const [a, bb, c, d, e, f] = back;
  for (let y = 0; y < region.height; y++) {
    const row = ((region.y - surface.region.y + y) * surface.region.width + region.x - surface.region.x) * 4;
    for (let x = 0; x < region.width; x++) {
      const share = shares ? shares[y * region.width + x]! : 1;
      if (share === 0) continue;
      const [px, py] = [region.x + x + 0.5, region.y + y + 0.5];
      shade(a * px + c * py + e, bb * px + d * py + f, source);
      const at = row + x * 4;
      const rest = 1 - source[alpha]! * share;
      for (const channel of [r, g, b, alpha]) surface.data[at + channel] = source[channel]! * share + surface.data[at + channel]! * rest;
    }
  }
}
