// Paints, erases or masks a raster's tiles where something covers them: what a stroke, a bucket or a gradient leaves.
import type { Colour, Mask, Raster } from '../contract/document.ts';
import { StudioError } from '../contract/fault.ts';
import type { Region } from '../contract/image.ts';
import type { CoverageOf } from './coverage.ts';
import { overlapOf } from './region.ts';
import type { Surface } from './surface.ts';
import { blankTile, channelsOf, noteTile, placesIn, samplesOf, type BytesOf, type ChangedTiles } from './tiles.ts';

/** What happens where coverage is 1; between, as much of it as the share says. */
export type Paint =
  /** Colour over what is there; `lockAlpha` leaves the raster's alpha. */
  | { readonly kind: 'colour'; readonly colour: Colour; readonly lockAlpha?: boolean }
  /** Pixels over what is there, e.g. a gradient. */
  | { readonly kind: 'surface'; readonly surface: (region: Region) => Surface; readonly lockAlpha?: boolean }
  /** Pixels in place of what is there, alpha and all; of a mask their red. */
  | { readonly kind: 'replace'; readonly surface: (region: Region) => Surface }
  | { readonly kind: 'erase' }
  /** A mask's value, 0..255. */
  | { readonly kind: 'grey'; readonly value: number };

export interface PaintRequest {
  readonly raster: Raster | Mask;
  /** What may be covered. */
  readonly region: Region;
  readonly coverage: CoverageOf;
  readonly paint: Paint;
  readonly bytes: BytesOf;
}

/**
 * Tiles that painting changes, whole, at the raster's own depth; null where nothing is left of one. Pixels without coverage keep
 * their bytes. Throws internal when a mask is to take colour or a raster grey.
 */
export function paintTiles(request: PaintRequest): ChangedTiles {
  const tiles = new Map<string, Uint8Array>();
  paintOnto(request, tiles, ({ place }, after) => void tiles.set(place, after));
  return changesOf(request, tiles);
}

/** A tile in hand: what of it is painted, and its bytes before; those are of use until the next one. */
export interface PaintedTile {
  readonly place: string;
  readonly covers: Region;
  readonly part: Region;
  readonly before: Uint8Array;
}

/**
 * Paints tiles of one's own in place, those of the raster being copied first. Paint goes over the raster's pixels as they were,
 * however often a region is asked for: a stroke that goes on asks again for what changed. Calls with every tile that may have
 * changed and its bytes, which become the caller's. Throws as paintTiles does.
 */
export function paintOnto({ raster, region, coverage, paint, bytes }: PaintRequest, tiles: ReadonlyMap<string, Uint8Array>, painted: (tile: PaintedTile, after: Uint8Array) => void): void {
  if (paint.kind !== 'replace' && 'outside' in raster !== (paint.kind === 'grey')) throw new StudioError('internal', { reason: `${paint.kind} on pixels of another kind` });
  for (const { place, region: covers } of placesIn(raster, region)) {
    const part = overlapOf(covers, region);
    const shares = coverage(part);
    const id = raster.tiles[place];
    if (!shares || (paint.kind === 'erase' && id === undefined)) continue;
    const original = (id === undefined ? undefined : bytes(id)) ?? blankTile(raster);
    const after = tiles.get(place) ?? original.slice();
    const before = rowsBefore(after, covers, part);
    paintPart({ from: samplesOf(original, raster.depth), to: samplesOf(after, raster.depth), shares, covers, part, most: raster.depth === 8 ? 255 : 65535 }, paint, channelsOf(raster));
    painted({ place, covers, part, before }, after);
  }
}

/** Of tiles that were painted in place, those that differ from the raster's; null where nothing is left of one. */
export function changesOf({ raster, bytes }: Pick<PaintRequest, 'raster' | 'bytes'>, tiles: ReadonlyMap<string, Uint8Array>): ChangedTiles {
  const changed: ChangedTiles = new Map();
  for (const [place, after] of tiles) {
    const id = raster.tiles[place];
    noteTile(changed, raster, place, after, (id === undefined ? undefined : bytes(id)) ?? blankTile(raster));
  }
  return changed;
}

let kept = new Uint8Array();

/** A copy of a tile's bytes in the rows of a part, in memory that is used again. */
function rowsBefore(tile: Uint8Array, covers: Region, part: Region): Uint8Array {
  if (kept.byteLength !== tile.byteLength) kept = new Uint8Array(tile.byteLength);
  const row = tile.byteLength / covers.height;
  const [from, to] = [(part.y - covers.y) * row, (part.y + part.height - covers.y) * row];
  kept.set(tile.subarray(from, to), from);
  return kept;
}

type Samples = Uint8Array | Uint16Array;

interface Part {
  readonly from: Samples;
  readonly to: Samples;
  /** Of the part's pixels. */
  readonly shares: Float32Array;
  readonly covers: Region;
  readonly part: Region;
  /** Value of full. */
  readonly most: number;
}

function paintPart(work: Part, paint: Paint, channels: 1 | 4): void {
  switch (paint.kind) {
    case 'colour': {
      const [r, g, b, a] = paint.colour;
      if (work.most === 255 && !paint.lockAlpha) return paintBytes(work, [r * 255, g * 255, b * 255, a]);
      return paintColour(work, Float32Array.of(r * a, g * a, b * a, a), false, paint.lockAlpha === true);
    }
    case 'surface':
      return paintColour(work, paint.surface(work.part).data, true, paint.lockAlpha === true);
    case 'replace':
      return channels === 4 ? replace(work, paint.surface(work.part).data) : replaceGrey(work, paint.surface(work.part).data);
    case 'erase':
      return erase(work);
    case 'grey':
      return paintGrey(work, paint.value);
  }
}

/** `source`: premultiplied RGBA of one colour, or of every pixel of the part. */
function paintColour({ from, to, shares, covers, part, most }: Part, source: Float32Array, perPixel: boolean, lockAlpha: boolean): void {
  for (let index = 0; index < shares.length; index++) {
    const at = placeOf(index, covers, part) * 4;
    const s = perPixel ? index * 4 : 0;
    const own = source[s + 3];
    const alpha = shares[index] * own;
    const under = from[at + 3] / most;
    const over = lockAlpha ? under : alpha + under * (1 - alpha);
    // straight colours: c + (cs − c)·w with w the source's part of the new alpha
    const weight = over > 0 ? (lockAlpha ? alpha : alpha / over) : 0;
    if (weight === 0) {
      for (let c = 0; c < 4; c++) to[at + c] = from[at + c];
      continue;
    }
    for (let c = 0; c < 3; c++) to[at + c] = from[at + c] + ((source[s + c] / own) * most - from[at + c]) * weight + 0.5;
    to[at + 3] = over * most + 0.5;
  }
}

/** One colour (0..255 each, alpha 0..1) on 8 bit: what strokes do most, so a loop of its own. */
function paintBytes({ from, to, shares, covers, part }: Part, [red, green, blue, own]: readonly [number, number, number, number]): void {
  for (let row = 0, index = 0; row < part.height; row++) {
    let at = placeOf(index, covers, part) * 4;
    for (const end = index + part.width; index < end; index++, at += 4) {
      const alpha = shares[index] * own;
      if (alpha === 0) {
        to[at] = from[at];
        to[at + 1] = from[at + 1];
        to[at + 2] = from[at + 2];
        to[at + 3] = from[at + 3];
        continue;
      }
      if (alpha === 1) {
        to[at] = red + 0.5;
        to[at + 1] = green + 0.5;
        to[at + 2] = blue + 0.5;
        to[at + 3] = 255;
        continue;
      }
      const under = from[at + 3];
      const over = under === 255 ? 1 : alpha + (under / 255) * (1 - alpha);
      const weight = over === 1 ? alpha : alpha / over;
      to[at] = from[at] + (red - from[at]) * weight + 0.5;
      to[at + 1] = from[at + 1] + (green - from[at + 1]) * weight + 0.5;
      to[at + 2] = from[at + 2] + (blue - from[at + 2]) * weight + 0.5;
      to[at + 3] = over * 255 + 0.5;
    }
  }
}

/** `source`: premultiplied RGBA of every pixel of the part. */
function replace({ from, to, shares, covers, part, most }: Part, source: Float32Array): void {
  for (let index = 0; index < shares.length; index++) {
    const at = placeOf(index, covers, part) * 4;
    const share = shares[index];
    const own = source[index * 4 + 3];
    const under = from[at + 3] / most;
    const alpha = under + (own - under) * share;
    const value = (alpha * most + 0.5) | 0;
    if (share === 0 || (value === 0 && from[at + 3] === 0)) {
      for (let c = 0; c < 4; c++) to[at + c] = from[at + c]; // Colours stay where nothing is to be seen.
      continue;
    }
    for (let c = 0; c < 3; c++) {
      const before = (from[at + c] / most) * under;
      to[at + c] = value === 0 ? 0 : Math.min(most, ((before + (source[index * 4 + c] - before) * share) / alpha) * most + 0.5);
    }
    to[at + 3] = value;
  }
}

function replaceGrey({ from, to, shares, covers, part, most }: Part, source: Float32Array): void {
  for (let index = 0; index < shares.length; index++) {
    const at = placeOf(index, covers, part);
    to[at] = from[at] + (source[index * 4] * most - from[at]) * shares[index] + 0.5;
  }
}

function erase({ from, to, shares, covers, part }: Part): void {
  for (let index = 0; index < shares.length; index++) {
    const at = placeOf(index, covers, part) * 4;
    for (let c = 0; c < 3; c++) to[at + c] = from[at + c];
    to[at + 3] = from[at + 3] * (1 - shares[index]) + 0.5;
  }
}

function paintGrey({ from, to, shares, covers, part }: Part, value: number): void {
  for (let index = 0; index < shares.length; index++) {
    const at = placeOf(index, covers, part);
    to[at] = from[at] + (value - from[at]) * shares[index] + 0.5;
  }
}

function placeOf(index: number, covers: Region, part: Region): number {
  const row = (index / part.width) | 0;
  return (part.y - covers.y + row) * covers.width + part.x - covers.x + index - row * part.width;
}
