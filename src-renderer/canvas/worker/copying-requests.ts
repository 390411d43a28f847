// Requests that make pixels of their own from the document: copies, merged layers, applied masks, the selection as a mask.
import { rootId, type DocumentRecord, type LayerId, type Mask, type Raster } from '../../../src-main/contract/document.ts';
import { StudioError } from '../../../src-main/contract/fault.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import { compositeGroup, neededAssets } from '../../../src-main/raster/composite.ts';
import { pixelsAt, pixelsOf } from '../../../src-main/raster/pixels.ts';
import { emptyRegion, isEmpty, overlapOf, unionOf } from '../../../src-main/raster/region.ts';
import type { Surface } from '../../../src-main/raster/surface.ts';
import { bytesOfSamples, placesIn, tiledRegion, writeRaster, type ChangedTiles } from '../../../src-main/raster/tiles.ts';
import { paintedBy, wholeOf, type RasterOf } from './changed-regions.ts';
import type { DeskParts } from './desk-parts.ts';
import { loadedComposite, loadedLayer } from './loaded-composite.ts';
import type { CanvasRequests } from './protocol.ts';

function openRecord({ easel }: DeskParts): DocumentRecord {
  if (!easel.record) throw new StudioError('document.missing', { document: '' });
  return easel.record;
}

/** Tiles on disk from a composite asked for tile by tile. */
async function keptRaster({ steps }: DeskParts, region: Region, depth: 8 | 16, surfaceOf: (region: Region) => Promise<Surface | undefined>): Promise<Raster> {
  const raster: Raster = { x: 0, y: 0, depth, tiles: {} };
  const tiles: ChangedTiles = new Map();
  for (const { place, region: covers } of placesIn(raster, region)) {
    const surface = await surfaceOf(covers);
    const pixels = surface && pixelsOf(surface, depth);
    if (pixels?.data.some((value, index) => index % 4 === 3 && value > 0)) tiles.set(place, bytesOfSamples(pixels.data));
  }
  return { ...raster, tiles: Object.fromEntries(await steps.keep(tiles)) };
}

/** Every layer beneath a group, in the order they are painted. */
function paintOrder(record: DocumentRecord, group: LayerId = rootId): LayerId[] {
  const layer = record.layers[group];
  return layer?.kind === 'group' ? layer.children.flatMap((id) => [...paintOrder(record, id), id]) : [];
}

/** 16 where the document, or any of these layers or of those within them, holds as much. */
function depthOf(record: DocumentRecord, ids: readonly LayerId[], raster: RasterOf): 8 | 16 {
  const layers = ids.flatMap((id) => [id, ...paintOrder(record, id)]).flatMap((id) => record.layers[id] ?? []);
  return record.depth === 16 || layers.some((layer) => raster(layer)?.depth === 16) ? 16 : 8;
}

export async function mergeLayers(parts: DeskParts, { layers, sequences }: CanvasRequests['merge']['params']): Promise<Raster | null> {
  const { glazePaint } = parts.easel;
  await Promise.all([parts.steps.settled(), glazePaint.whenTold(sequences)]);
  const record = openRecord(parts);
  const ids = paintOrder(record).filter((id) => layers.includes(id));
  const root = record.layers[rootId];
  const first = record.layers[ids[0] ?? ''];
  if (root?.kind !== 'group' || !first) throw new StudioError('document.conflict', { path: 'layers' });
  const alone: DocumentRecord = { ...record, layers: { ...record.layers, [rootId]: { ...root, children: ids }, [first.id]: { ...first, clip: false } } };
  const region = ids.flatMap((id) => paintedBy(record, id, parts.easel.access.raster)).reduce(unionOf, emptyRegion);
  const merged = await keptRaster(parts, region, depthOf(record, ids, parts.easel.access.raster), async (tile) => {
    await parts.line.load(neededAssets(alone, tile, parts.easel.access.raster));
    return compositeGroup(alone, tile, parts.easel.access);
  });
  return glazePaint.isOf(sequences) ? merged : null;
}

export async function applyMask(parts: DeskParts, { layer: id }: CanvasRequests['applyMask']['params']): Promise<Raster | null> {
  await parts.steps.settled();
  const layer = openRecord(parts).layers[id];
  const raster = layer && parts.easel.access.raster(layer);
  if (!raster || !layer.mask) return null;
  return keptRaster(parts, tiledRegion(raster), raster.depth, (tile) => loadedLayer(parts, id, tile));
}

/** What a layer's mask hides shows, and the other way round. */
export async function invertMask({ easel, line, cache, steps }: DeskParts, { layer: id }: CanvasRequests['invertMask']['params']): Promise<Mask | null> {
  await steps.settled();
  const mask = easel.record?.layers[id]?.mask;
  if (!mask) return null;
  const tiles: ChangedTiles = new Map();
  for (const [place, tile] of Object.entries(mask.tiles)) {
    await line.load([tile]);
    const values = cache.get(tile);
    if (!values) throw new StudioError('asset.missing', { asset: tile });
    tiles.set(place, values.map((value) => 255 - value));
  }
  return { ...mask, outside: mask.outside === 0 ? 255 : 0, tiles: Object.fromEntries(await steps.keep(tiles)) };
}

/** outside 0: what is selected shows; 255: what is selected is hidden. */
export async function selectionMask(parts: DeskParts, { outside }: CanvasRequests['selectionMask']['params']): Promise<Raster | null> {
  const selection = parts.selection.current();
  if (!selection) return null;
  const tiles: ChangedTiles = new Map([...selection.tiles].map(([place, tile]) => [place, outside === 0 ? tile : tile.map((value) => 255 - value)]));
  return { x: 0, y: 0, depth: 8, tiles: Object.fromEntries(await parts.steps.keep(tiles)) };
}

export async function copyPixels(parts: DeskParts, { layer }: CanvasRequests['copy']['params']): Promise<CanvasRequests['copy']['answer']> {
  const record = openRecord(parts);
  const own = layer === undefined ? undefined : record.layers[layer];
  const painted = own ? paintedBy(record, own.id, parts.easel.access.raster).reduce(unionOf, emptyRegion) : wholeOf(record);
  const region = overlapOf(painted, parts.selection.region() ?? wholeOf(record));
  if (isEmpty(region)) return null;
  const surface = own ? await loadedLayer(parts, own.id, region) : await loadedComposite(parts, region);
  if (!surface) return null;
  const shares = parts.selection.coverage()?.(region);
  if (shares) for (let at = 0; at < surface.data.length; at++) surface.data[at] = (surface.data[at] ?? 0) * (shares[at >> 2] ?? 0);
  const pixels = pixelsOf(surface, depthOf(record, [own?.id ?? rootId], parts.easel.access.raster));
  if (!pixels.data.some((value, index) => index % 4 === 3 && value > 0)) return null;
  return { x: region.x, y: region.y, pixels };
}

export async function keepPixels(parts: DeskParts, { pixels, x, y }: CanvasRequests['keep']['params']): Promise<Raster> {
  const { steps, cache } = parts;
  const depth = openRecord(parts).depth === 16 ? 16 : pixels.depth;
  const raster: Raster = { x: 0, y: 0, depth, tiles: {} };
  const tiles = writeRaster(raster, { x, y, width: pixels.width, height: pixels.height }, pixelsAt(pixels, depth), cache.get);
  return { ...raster, tiles: Object.fromEntries(await steps.keep(tiles)) };
}

/** The smallest region that holds a layer's paint; null where it has none. */
export async function paintBounds({ easel, line, cache }: DeskParts, { layer: id }: CanvasRequests['bounds']['params']): Promise<Region | null> {
  const layer = easel.record?.layers[id];
  const raster = layer && easel.access.raster(layer);
  if (!raster) return null;
  await line.load(Object.values(raster.tiles));
  let found = emptyRegion;
  for (const { id: tile, region } of tilesOf(raster)) {
    const bytes = cache.get(tile);
    if (bytes) found = unionOf(found, opaquePart(bytes, raster.depth, region));
  }
  return isEmpty(found) ? null : found;
}

function tilesOf(raster: Raster | Mask): { readonly id: string; readonly region: Region }[] {
  return placesIn(raster, tiledRegion(raster)).flatMap(({ place, region }) => {
    const id = raster.tiles[place];
    return id === undefined ? [] : [{ id, region }];
  });
}

/** Pixels of a tile whose alpha is above 0. */
function opaquePart(bytes: Uint8Array, depth: 8 | 16, { x, y, width }: Region): Region {
  const step = depth / 2;
  let [left, top, right, bottom] = [width, width, -1, -1];
  for (let pixel = 0, at = (step * 3) / 4; at < bytes.length; pixel++, at += step) {
    if (bytes[at] === 0 && (depth === 8 || bytes[at + 1] === 0)) continue;
    const [column, row] = [pixel % width, Math.floor(pixel / width)];
    if (column < left) left = column;
    if (column > right) right = column;
    if (row < top) top = row;
    bottom = row;
  }
  return right < 0 ? emptyRegion : { x: x + left, y: y + top, width: right - left + 1, height: bottom - top + 1 };
}
