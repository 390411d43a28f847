// What a change that the window tells has made different beneath glazes: placed pictures, text, masks, strokes undone or done again.
import type { Change } from '../../../src-main/contract/changes.ts';
import type { DocumentRecord, Layer, LayerId, Mask, Raster } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import { overlapOf, unionOf } from '../../../src-main/raster/region.ts';
import { readRaster, tiledRegion, tilesIn, type BytesOf } from '../../../src-main/raster/tiles.ts';
import { wholeOf } from './changed-regions.ts';
import type { DeskParts } from './desk-parts.ts';
import type { Turn } from './document-mirror.ts';
import { glazesAbove, type WetPaint } from './wet-strokes.ts';

/** A raster or mask before and after; undefined: see-through, or a mask that shows everything. */
interface Pair<R extends Raster | Mask> {
  readonly was: R | undefined;
  readonly is: R | undefined;
}

/** Changed pixels and masks show through the glazes above until these have painted them. */
export function showTurned({ easel, cache }: DeskParts, turn: Turn): void {
  for (const paint of turnedPaint(turn, cache.get)) easel.showThrough(paint);
}

/**
 * By layer, where its pixels or its mask differ. Bytes of before are held from now on, those of after are asked for when they
 * are drawn; a tile of which one is missing differs everywhere. Layers that replace others (merged, flattened, rasterised) look as those did:
 * of a change that both adds and removes layers, these are left out.
 */
export function turnedPaint({ before, after, changes }: Turn, bytes: BytesOf): WetPaint[] {
  const ids = paintedIn(changes);
  const [comes, goes] = [ids.some((id) => !before.layers[id]), ids.some((id) => !after.layers[id])];
  return ids.flatMap((id) => {
    const [was, is] = [before.layers[id], after.layers[id]];
    if ((!was || !is) && comes && goes) return [];
    const glazes = new Set([...(is ? glazesAbove(after, id) : glazesAbove(before, id))].filter((glaze) => after.layers[glaze]?.kind === 'glaze'));
    if (glazes.size === 0) return [];
    const pixels = { was: rasterOf(was), is: rasterOf(is) };
    const masks = was && is ? { was: maskOf(was), is: maskOf(is) } : { was: undefined, is: undefined };
    const region = overlapOf(unionOf(differing(pixels), maskRegion(masks, after)), wholeOf(after));
    return region.width > 0 ? [{ glazes, region: () => region, coverage: coverageOf(pixels, masks, bytes) }] : [];
  });
}

/** Layers that come, go, or whose pixels or mask are others. */
function paintedIn(changes: readonly Change[]): LayerId[] {
  const found = changes.flatMap(({ path: [head, id, key] }) => (head === 'layers' && id !== undefined && (key === undefined || key === 'pixels' || key === 'mask') ? [id] : []));
  return [...new Set(found)];
}

function rasterOf(layer: Layer | undefined): Raster | undefined {
  return layer?.kind === 'raster' || layer?.kind === 'image' || layer?.kind === 'text' ? layer.pixels : undefined;
}

function maskOf({ mask }: Layer): Mask | undefined {
  return mask?.enabled ? mask : undefined;
}

/** Holds every tile that is not the same in both. */
function differing<R extends Raster | Mask>({ was, is }: Pair<R>): Region {
  const isMoved = was?.x !== is?.x || was?.y !== is?.y;
  const others = (raster: R | undefined, other: R | undefined): Region => {
    if (!raster) return { x: 0, y: 0, width: 0, height: 0 };
    return tiledRegion({ ...raster, tiles: Object.fromEntries(Object.entries(raster.tiles).filter(([place, id]) => isMoved || other?.tiles[place] !== id)) });
  };
  return unionOf(others(was, is), others(is, was));
}

function maskRegion(masks: Pair<Mask>, after: DocumentRecord): Region {
  return (masks.was?.outside ?? 255) === (masks.is?.outside ?? 255) ? differing(masks) : wholeOf(after);
}

function coverageOf(pixels: Pair<Raster>, masks: Pair<Mask>, bytes: BytesOf): WetPaint['coverage'] {
  const held = new Map([pixels, masks].flatMap(({ was, is }) => Object.entries(was?.tiles ?? {}).flatMap(([place, id]) => (is?.tiles[place] === id ? [] : [[id, bytes(id)] as const]))));
  const read: BytesOf = (id) => held.get(id) ?? bytes(id);
  return (part) => {
    const shares = new Float32Array(part.width * part.height);
    note(shares, pixels, part, read);
    note(shares, masks, part, read);
    return shares.some((share) => share > 0) ? shares : undefined;
  };
}

/** Sets the share of px that differ to 1. */
function note(shares: Float32Array, { was, is }: Pair<Raster | Mask>, part: Region, bytes: BytesOf): void {
  const kind = is ?? was;
  if (!kind || isSame(was, is, part)) return;
  const blank = { ...kind, ...('outside' in kind ? { outside: 255 as const } : {}), tiles: {} };
  const pair = [was ?? blank, is ?? blank];
  if (pair.some((raster) => tilesIn(raster, part).some(({ id }) => !bytes(id)))) return void shares.fill(1);
  const [a, b] = pair.map((raster) => readRaster(raster, part, bytes).data);
  const channels = a!.length / shares.length;
  for (let at = 0; at < a!.length; at++) if (a![at] !== b![at]) shares[Math.floor(at / channels)] = 1;
}

/** Whether the same tiles cover a part in both. */
function isSame(was: Raster | Mask | undefined, is: Raster | Mask | undefined, part: Region): boolean {
  if (!was || !is || was.x !== is.x || was.y !== is.y || ('outside' in was && 'outside' in is && was.outside !== is.outside)) return false;
  return tilesIn(is, part).length === tilesIn(was, part).length && tilesIn(is, part).every(({ place, id }) => was.tiles[place] === id);
}
