// Masks as a recipe carries them: made small and packed into words, and stretched over a document again.
import { deflateSync, inflateSync } from 'node:zlib';
import type { Mask } from '../contract/document.ts';
import { StudioError } from '../contract/fault.ts';
import type { Extent, Region } from '../contract/image.ts';
import type { Note } from '../contract/note.ts';
import { largestRecipeMaskPx, mostRecipeMasks, type PaintingRecipe, type RecipeMask } from '../contract/recipe.ts';
import { fitsXmp } from '../engine/image/recipe-xmp.ts';
import { resample, sourceRegionOf } from '../engine/image/resample.ts';
import type { Patch } from '../engine/tensor/layout.ts';
import { cropPatch } from '../engine/tensor/layout.ts';
import { tensor } from '../engine/tensor/tensor.ts';
import { writeTiles, type TileWatch } from './documents/write-tiles.ts';
import { nextTurn } from '../engine/image/next-turn.ts';

/** Samples of a mask that are read at once. */
const mostRead = 4e6;

/** Long sides of masks in px, tried in turn until the recipe fits into its file. */
const maskSidesPx = [1024, 768, 512, 384, 256, 192, 128, 96, 64] as const;

/** A mask over a whole picture, read as far as it is needed. */
export interface MaskSource extends Pick<RecipeMask, 'outside'> {
  readonly size: Extent;
  /** Grey bytes of a region, row by row. */
  read(region: Region): ArrayLike<number> | Promise<ArrayLike<number>>;
}

export interface FittedRecipe {
  readonly recipe: PaintingRecipe;
  /** What was made smaller or left out. */
  readonly notes: readonly Note[];
}

/** A recipe with all of its masks, `filled` in as large as fits into a picture's file, else `plain`, which is told. Throws what reading masks throws, job.cancelled. */
export async function fitMasks<K>(masks: ReadonlyMap<K, MaskSource>, plain: PaintingRecipe, filled: (packed: ReadonlyMap<K, RecipeMask>) => PaintingRecipe, signal?: AbortSignal): Promise<FittedRecipe> {
  if (masks.size === 0) return { recipe: plain, notes: [] };
  const ownPx = Math.max(...[...masks.values()].map(({ size }) => Math.max(size.width, size.height)));
  // of sizes that hold a mask whole, the smallest: larger ones would be the same
  const sidesPx = maskSidesPx.filter((px, at) => px < ownPx || !(maskSidesPx[at + 1]! >= ownPx));
  for (const px of masks.size > mostRecipeMasks ? [] : sidesPx) {
    const packed = new Map<K, RecipeMask>();
    for (const [key, mask] of masks) packed.set(key, await packMask(mask, px, signal));
    const recipe = filled(packed);
    if (fitsXmp(JSON.stringify(recipe))) return { recipe, notes: px < ownPx ? [{ key: 'export.masks-smaller', details: { px, own: ownPx } }] : [] };
  }
  return { recipe: plain, notes: [{ key: 'export.masks-left-out', details: {} }] };
}

/** At `longSidePx` at most; never enlarged. */
async function packMask({ size: own, outside, read }: MaskSource, longSidePx: number, signal?: AbortSignal): Promise<RecipeMask> {
  const size = smallerThan(own, Math.min(longSidePx, largestRecipeMaskPx));
  const bytes = new Uint8Array(size.width * size.height);
  const rows = Math.max(1, Math.floor((mostRead / own.width) * (size.height / own.height)));
  for (let y = 0; y < size.height; y += rows) {
    await nextTurn(signal);
    const band: Region = { x: 0, y, width: size.width, height: Math.min(rows, size.height - y) };
    const source = sourceRegionOf(band, own, size);
    bytes.set(bytesOf(resample(patchOf(source, await read(source)), own, size, band)), y * size.width);
  }
  return { ...size, grey: Buffer.from(deflateSync(predicted(bytes, size, 1), { level: 9 })).toString('base64'), outside };
}

/** Masks stretched over a canvas, as tiles below the folder `assets`, in order. Throws usage.invalid where words are no mask, job.cancelled | disk.*. */
export async function placeMasks(carried: readonly RecipeMask[], canvas: Extent, assets: string, watch: TileWatch = {}): Promise<{ readonly masks: readonly Mask[] }> {
  const masks: Mask[] = [];
  for (const mask of carried) masks.push(await placeMask(mask, canvas, assets, watch));
  return { masks };
}

async function placeMask(carried: RecipeMask, canvas: Extent, assets: string, watch: TileWatch): Promise<Mask> {
  const own = sizeOf(carried);
  const small = patchOf({ x: 0, y: 0, ...own }, unpacked(carried));
  const empty: Mask = { x: 0, y: 0, depth: 8, tiles: {}, outside: carried.outside, enabled: true };
  const read = (region: Region) => ({ width: region.width, height: region.height, channels: 1 as const, depth: 8 as const, data: bytesOf(resample(cropPatch(small, sourceRegionOf(region, own, canvas)), own, canvas, region)) });
  return writeTiles(assets, empty, { x: 0, y: 0, ...canvas }, read, watch);
}

/** Whether a stranger's words are a mask of the size they say. */
export function isMask(carried: RecipeMask): boolean {
  try {
    return unpacked(carried).length > 0;
  } catch {
    return false;
  }
}

function unpacked({ grey, ...size }: RecipeMask): Uint8Array {
  const length = size.width * size.height;
  let bytes: Uint8Array | undefined;
  try {
    bytes = inflateSync(Buffer.from(grey, 'base64'), { maxOutputLength: length });
  } catch (thrown) {
    throw new StudioError('usage.invalid', { reason: 'a mask of the recipe cannot be unpacked' }, { cause: thrown });
  }
  if (bytes.length !== length) throw new StudioError('usage.invalid', { reason: 'a mask of the recipe has another size than it says' });
  return predicted(bytes, size, -1);
}

/** Bytes less their prediction (`sign` 1), or from that back again (-1), modulo 256. */
function predicted(bytes: Uint8Array, { width }: Extent, sign: 1 | -1): Uint8Array {
  const out = new Uint8Array(bytes.length);
  const known = sign === 1 ? bytes : out;
  for (let i = 0; i < bytes.length; i++) {
    const isFirst = i % width === 0;
    const left = isFirst ? 0 : known[i - 1]!;
    const above = i < width ? 0 : known[i - width]!;
    const corner = isFirst || i < width ? 0 : known[i - width - 1]!;
    out[i] = bytes[i]! - sign * paeth(left, above, corner);
  }
  return out;
}

/** Of left, above and their common neighbour the one nearest to left + above − corner (PNG, section 9.4). */
function paeth(left: number, above: number, corner: number): number {
  const [toLeft, toAbove, toCorner] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

function sizeOf({ width, height }: Extent): Extent {
  return { width, height };
}

function smallerThan({ width, height }: Extent, longSidePx: number): Extent {
  const scale = Math.min(1, longSidePx / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Grey bytes as [1,1,h,w] in 0..255. */
function patchOf(place: Region, data: ArrayLike<number>): Patch {
  return { place, planes: tensor([1, 1, place.height, place.width], Float32Array.from(data)) };
}

function bytesOf({ planes }: Patch): Uint8Array {
  return Uint8Array.from(planes.data, (value) => Math.min(255, Math.max(0, Math.round(value))));
}
