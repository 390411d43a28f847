// Text as the tiles of a layer: outlines filled with exact areas in one colour, at any size and under any turn.
import type { AssetId, Matrix, Raster, TextSettings } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { Extent, PixelBuffer, Region } from '../../contract/image.ts';
import { flattenPath, type PathStep } from '../../raster/flatten-path.ts';
import { eachCoveredRow } from '../../raster/polygon.ts';
import { grownBy, isEmpty, overlapOf } from '../../raster/region.ts';
import { bytesOfSamples, createPixels, placesIn } from '../../raster/tiles.ts';
import { mappedRegion, multiply } from '../../raster/transform.ts';
import { pixelsOf } from '../../raster/pixels.ts';
import { createSurface, type Surface } from '../../raster/surface.ts';
import { assetIdOf, writeAsset } from '../documents/asset-files.ts';
import type { TileWatch } from '../documents/write-tiles.ts';
import { nextTurn } from '../../engine/image/next-turn.ts';
import type { PaintStep } from './colour-steps.ts';
import { mergeSurfaces } from './merge-surfaces.ts';
import { boundsOfSteps, paintSign } from './paint-sign.ts';
import { signPictures, type SignPictures } from './sign-pictures.ts';
import type { PlacedGlyph, TextLayout } from './text-layout.ts';

export interface TextTarget {
  /** The document's size. */
  readonly canvas: Extent;
  readonly depth: 8 | 16;
  /** Folder of its assets. */
  readonly assets: string;
}

interface Sign {
  readonly path: readonly PathStep[];
  readonly colours: readonly PaintStep[] | undefined;
  readonly matrix: Matrix;
  readonly bounds: Region;
}

interface Look {
  readonly settings: TextSettings;
  readonly pictures: SignPictures;
  readonly depth: 8 | 16;
}

/** What stands further outside the canvas than its own size is not drawn. Throws font.unusable | job.cancelled | disk.*. */
export async function renderText(settings: TextSettings, { glyphs }: TextLayout, { canvas, depth, assets }: TextTarget, watch: TileWatch = {}): Promise<Raster> {
  const reach: Region = { x: -canvas.width, y: -canvas.height, width: canvas.width * 3, height: canvas.height * 3 };
  const tiles: Record<string, AssetId> = {};
  // Moved by whole px, the tiles stay the same.
  const [x, y] = settings.at.map((value) => (Math.abs(value) < 1e6 ? Math.floor(value) : 0)) as [number, number];
  const raster: Raster = { x, y, depth, tiles };
  const pictures = await signPictures(glyphs);
  const touched = new Map<string, { readonly region: Region; readonly signs: Sign[] }>();
  for (const glyph of glyphs) {
    const sign = signOf(glyph, settings);
    for (const { place, region } of placesIn(raster, overlapOf(sign.bounds, reach))) {
      const there = touched.get(place) ?? { region, signs: [] };
      there.signs.push(sign);
      touched.set(place, there);
    }
  }
  let written: Promise<unknown> = Promise.resolve();
  for (const [place, { region, signs }] of touched) {
    if (watch.signal?.aborted) throw new StudioError('job.cancelled');
    const pixels = await pixelsIn(region, signs, { settings, pictures, depth }, watch);
    if (!pixels) continue;
    const bytes = bytesOfSamples(pixels.data);
    const id = assetIdOf(bytes);
    tiles[place] = id;
    await written; // One is written while the next is drawn.
    written = writeAsset(assets, id, bytes);
    written.catch(() => undefined);
  }
  await written;
  return raster;
}

/** Undefined where there is no paint. */
async function pixelsIn(region: Region, signs: readonly Sign[], { settings, pictures, depth }: Look, watch: TileWatch): Promise<PixelBuffer | undefined> {
  if (signs.every(({ colours }) => colours === undefined)) {
    const covered = await coveredBy(signs, region, watch);
    return covered && painted(covered, settings, region, depth);
  }
  const surface = createSurface(region);
  for (let at = 0; at < signs.length; ) {
    const { colours, matrix, bounds } = signs[at]!;
    let end = at + 1;
    if (colours) {
      const part = paintSign(colours, matrix, overlapOf(bounds, region), settings.colour, pictures);
      for (let i = 0; i < part.data.length; i++) part.data[i]! *= settings.colour[3];
      mergeSurfaces(surface, part);
      await nextTurn(watch.signal);
    } else {
      while (end < signs.length && signs[end]!.colours === undefined) end++;
      const covered = await coveredBy(signs.slice(at, end), region, watch);
      if (covered) mergeSurfaces(surface, inOneColour(covered, settings, region));
    }
    if (watch.signal?.aborted) throw new StudioError('job.cancelled');
    at = end;
  }
  return surface.data.some((value) => value > 0) ? pixelsOf(surface, depth) : undefined;
}

function inOneColour(covered: Float32Array, { colour: [r, g, b, alpha] }: TextSettings, region: Region): Surface {
  const surface = createSurface(region);
  for (let i = 0; i < covered.length; i++) surface.data.set([r, g, b, 1].map((value) => value * covered[i]! * alpha), i * 4);
  return surface;
}

function signOf({ font, glyph, turned, narrowed = 1, x, y, across }: PlacedGlyph, { at, linear, vertical = false, sizePx }: TextSettings): Sign {
  const path = font.outline(glyph);
  const colours = font.colours(glyph);
  // Upright lines stand on whole px: their stems and bars are as crisp as can be.
  const onPx = (from: number, way: number): number => (linear ? way : Math.round(from + way) - from);
  const pen = vertical ? [onPx(at[0], x) + across, y] as const : [x, onPx(at[1], y) - across] as const;
  const [a, b, c, d] = linear ?? [1, 0, 0, 1];
  const matrix = multiply([a, b, c, d, at[0], at[1]], turned ? [0, sizePx, sizePx, 0, ...pen] : [sizePx * narrowed, 0, 0, -sizePx, ...pen]);
  const around = colours && boundsOfSteps(colours);
  const bounds = around ? mappedAround(matrix, around) : boundsOf(path, matrix);
  return { path, colours, matrix, bounds };
}

/** Of the control points, which hold the curve. */
function boundsOf(path: readonly PathStep[], matrix: Matrix): Region {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { values } of path) {
    for (let i = 0; i + 1 < values.length; i += 2) {
      [left, right] = [Math.min(left, values[i]!), Math.max(right, values[i]!)];
      [top, bottom] = [Math.min(top, values[i + 1]!), Math.max(bottom, values[i + 1]!)];
    }
  }
  if (left > right) return { x: 0, y: 0, width: 0, height: 0 };
  return mappedAround(matrix, [left, top, right, bottom]);
}

function mappedAround(matrix: Matrix, [left, top, right, bottom]: readonly [number, number, number, number]): Region {
  return grownBy(mappedRegion(matrix, { x: left, y: top, width: right - left, height: bottom - top }), 1);
}

/** Signs that overlap, as those of a joined script do, are laid over one another. Undefined where nothing is covered. */
async function coveredBy(signs: readonly Sign[], region: Region, watch: TileWatch): Promise<Float32Array | undefined> {
  const covered = new Float32Array(region.width * region.height);
  let isAny = false;
  for (const [index, { path, matrix, bounds }] of signs.entries()) {
    if (index % 200 === 199) {
      await nextTurn(watch.signal);
    }
    const part = overlapOf(bounds, region);
    if (isEmpty(part)) continue;
    eachCoveredRow(flattenPath(path, matrix), part, (y, shares) => {
      const to = (part.y - region.y + y) * region.width + part.x - region.x;
      for (let column = 0; column < part.width; column++) {
        const share = shares[column]!;
        if (share === 0) continue;
        isAny = true;
        covered[to + column] = covered[to + column]! + share * (1 - covered[to + column]!);
      }
    });
  }
  await nextTurn(watch.signal);
  return isAny ? covered : undefined;
}

function painted(covered: Float32Array, { colour }: TextSettings, region: Region, depth: 8 | 16): PixelBuffer {
  const pixels = createPixels(region, 4, depth);
  const top = depth === 16 ? 65535 : 255;
  const [r, g, b] = colour.map((value) => Math.round(value * top)) as [number, number, number, number];
  for (let i = 0; i < covered.length; i++) {
    const alpha = Math.round(covered[i]! * colour[3] * top);
    if (alpha === 0) continue;
    pixels.data[i * 4] = r;
    pixels.data[i * 4 + 1] = g;
    pixels.data[i * 4 + 2] = b;
    pixels.data[i * 4 + 3] = alpha;
  }
  return pixels;
}
