// Where the picture beneath a glaze differs between two states of its document.
import { sameJson, type Json } from '../../contract/changes.ts';
import type { AssetId, DocumentRecord, Layer, LayerId, LayerOf, Mask, Raster } from '../../contract/document.ts';
import type { Region } from '../../contract/image.ts';
import { stretchOf, type Stretch } from '../../raster/clipping-group.ts';
import type { CompositeOptions } from '../../raster/composite.ts';
import { emptyRegion, isEmpty, unionOf } from '../../raster/region.ts';
import { blankTile, channelsOf, tiledRegion } from '../../raster/tiles.ts';

type BytesOf = (ids: readonly AssetId[]) => Promise<ReadonlyMap<AssetId, Uint8Array>>;

/** Layers of a stretch, groups opened; a group comes before what is in it. */
function opened(record: DocumentRecord, stretch: Stretch): Layer[] {
  return stretchOf(record, stretch)
    .flatMap(({ base, clipped }) => [base, ...clipped])
    .flatMap((layer) => (layer.kind === 'group' ? [layer, ...opened(record, { group: layer.id })] : [layer]));
}

/** Every glaze, lowest first. */
export function glazesOf(record: DocumentRecord): LayerOf<'glaze'>[] {
  return opened(record, {}).filter((layer) => layer.kind === 'glaze');
}

/** Layers that a composite of a stretch shows, groups opened; a group comes before what is in it. */
function shownWithin(record: DocumentRecord, stretch: Stretch, hidden?: ReadonlySet<LayerId>): Layer[] {
  return stretchOf(record, stretch).flatMap(({ base, clipped }) => {
    const shown = isShown(base) ? [base, ...clipped].filter((layer) => isShown(layer) && !hidden?.has(layer.id)) : [];
    return shown.flatMap((layer) => (layer.kind === 'group' ? [layer, ...shownWithin(record, { group: layer.id }, hidden)] : [layer]));
  });
}

/** Glazes that a composite shows, lowest first. */
export function shownGlazes(record: DocumentRecord, options: CompositeOptions = {}): LayerOf<'glaze'>[] {
  return shownWithin(record, options, options.hidden).filter((layer) => layer.kind === 'glaze');
}

/** Whether any of these layers lies beneath a glaze and is shown, for it to see. */
export function seesAny(record: DocumentRecord, glaze: LayerId, layers: ReadonlySet<LayerId>): boolean {
  return shownWithin(record, { beneath: glaze }).some(({ id }) => layers.has(id));
}

/**
 * Regions that hold every pixel in which the picture beneath a glaze differs; the derived paint of other glazes is left out.
 * `load` gives the bytes of tiles, to see which part of one differs. Throws what load throws.
 */
export async function changesBeneath(before: DocumentRecord, after: DocumentRecord, glaze: LayerId, load: BytesOf): Promise<Region[]> {
  return joined(await changesWithin(before, after, { beneath: glaze }, load));
}

/**
 * Where layers beneath a glaze lie that were clipped or let go, or came or went clipped. Everything beneath is composited another way then, and
 * here it looks different.
 */
export function clippedAnew(before: DocumentRecord, after: DocumentRecord, glaze: LayerId): Region[] {
  const [old, now] = [opened(before, { beneath: glaze }), opened(after, { beneath: glaze })];
  const clips = (layers: readonly Layer[], id: LayerId): boolean => layers.find((layer) => layer.id === id)?.clip ?? false;
  const changed = (layers: readonly Layer[], record: DocumentRecord) => layers.filter(({ id }) => clips(old, id) !== clips(now, id)).map((layer) => boundsOf(record, layer));
  return joined([...changed(old, before), ...changed(now, after)].filter((region) => !isEmpty(region)));
}

/** Regions whose union is hardly larger than they are become one: the pieces of a stroke over several tiles. */
export function joined(regions: readonly Region[]): Region[] {
  const whole: Region[] = [];
  for (let next of regions) {
    for (let i = whole.findIndex((each) => isCloseTo(each, next)); i >= 0; i = whole.findIndex((each) => isCloseTo(each, next))) next = unionOf(next, whole.splice(i, 1)[0]!);
    whole.push(next);
  }
  return whole;
}

function isCloseTo(a: Region, b: Region): boolean {
  const { width, height } = unionOf(a, b);
  return width * height <= 1.5 * (a.width * a.height + b.width * b.height);
}

async function changesWithin(before: DocumentRecord, after: DocumentRecord, stretch: Stretch, load: BytesOf): Promise<Region[]> {
  const [old, now] = [layersOf(before, stretch), layersOf(after, stretch)];
  const regions = structuralChanges(before, after, old, now);
  for (const layer of now) {
    const was = old.find(({ id }) => id === layer.id);
    if (was) regions.push(...(await changesOf({ before, after }, was, layer, load)));
  }
  return regions.filter((region) => !isEmpty(region));
}

const layersOf = (record: DocumentRecord, stretch: Stretch): Layer[] => stretchOf(record, stretch).flatMap(({ base, clipped }) => [base, ...clipped]);

/** What comes, goes or changes places; where clipping is touched by it, everything. */
function structuralChanges(before: DocumentRecord, after: DocumentRecord, old: readonly Layer[], now: readonly Layer[]): Region[] {
  const [oldIds, nowIds] = [old.map(({ id }) => id), now.map(({ id }) => id)];
  const keptBefore = oldIds.filter((id) => nowIds.includes(id));
  const keptAfter = nowIds.filter((id) => oldIds.includes(id));
  if (keptBefore.some((id, i) => id !== keptAfter[i])) return [wholeOf(before), wholeOf(after)];
  const single = (record: DocumentRecord, layers: readonly Layer[], others: readonly LayerId[]): Region[] =>
    layers.flatMap((layer, i) => {
      if (others.includes(layer.id)) return [];
      return [layer.clip || layers[i + 1]?.clip ? wholeOf(record) : boundsOf(record, layer)];
    });
  return [...single(before, old, nowIds), ...single(after, now, oldIds)];
}

interface States {
  readonly before: DocumentRecord;
  readonly after: DocumentRecord;
}

async function changesOf(states: States, was: Layer, is: Layer, load: BytesOf): Promise<Region[]> {
  if (!isShown(was) && !isShown(is)) return [];
  const everywhere = (): Region[] => [unionOf(boundsOf(states.before, was), boundsOf(states.after, is))];
  if (was.clip !== is.clip) return [wholeOf(states.after)];
  if (was.kind !== is.kind || isShown(was) !== isShown(is) || was.opacity !== is.opacity || was.blend !== is.blend) return everywhere();
  const masks = await maskChanges(was.mask, is.mask, load);
  if (!masks) return everywhere();
  if (was.kind === 'group') return [...masks, ...(await changesWithin(states.before, states.after, { group: is.id }, load))];
  if (was.kind === 'fill' && is.kind === 'fill') return sameJson(was.fill as Json, is.fill as Json) ? masks : everywhere();
  const [old, now] = [pixelRasterOf(was), pixelRasterOf(is)];
  if (!old || !now) return masks;
  if (old.x !== now.x || old.y !== now.y || old.depth !== now.depth) return everywhere();
  return [...masks, ...(await tileChanges(old, now, load))];
}

/** Paint of a layer's own. */
export function pixelRasterOf(layer: Layer): Raster | undefined {
  return layer.kind === 'raster' || layer.kind === 'image' || layer.kind === 'text' ? layer.pixels : undefined;
}

/** Nothing where the masks cannot be compared tile by tile. */
async function maskChanges(was: Mask | undefined, is: Mask | undefined, load: BytesOf): Promise<Region[] | undefined> {
  const [old, now] = [was?.enabled ? was : undefined, is?.enabled ? is : undefined];
  if (old === now) return [];
  if (!old || !now || old.x !== now.x || old.y !== now.y || old.outside !== now.outside) return undefined;
  return tileChanges(old, now, load);
}

/** Tiles, at most, whose px are compared: with more, reading them takes longer than painting all of them. */
const mostCompared = 256;

/** Where the tiles of two rasters on one grid differ. */
export async function tileChanges(was: Raster | Mask, is: Raster | Mask, load: BytesOf): Promise<Region[]> {
  if (was.tiles === is.tiles) return [];
  const places = Object.keys({ ...was.tiles, ...is.tiles }).filter((place) => was.tiles[place] !== is.tiles[place]);
  if (places.length > mostCompared) return places.map((place) => tiledRegion({ ...is, tiles: { [place]: '' } }));
  const bytes = await load(places.flatMap((place) => [was.tiles[place] ?? [], is.tiles[place] ?? []].flat()));
  const blank = blankTile(is);
  const pixelBytes = channelsOf(is) * (is.depth / 8);
  return places.map((place) => {
    const tile = tiledRegion({ ...is, tiles: { [place]: '' } });
    const [a, b] = [was, is].map(({ tiles }) => (tiles[place] === undefined ? blank : bytes.get(tiles[place])));
    return a && b ? differenceOf(a, b, tile, pixelBytes) : tile;
  });
}

/** The smallest part of a tile that holds every pixel in which two versions of it differ. */
function differenceOf(a: Uint8Array, b: Uint8Array, tile: Region, pixelBytes: number): Region {
  const rowBytes = tile.width * pixelBytes;
  let region = emptyRegion;
  for (let y = 0; y < tile.height; y++) {
    let [first, last] = [y * rowBytes, (y + 1) * rowBytes - 1];
    if (Buffer.compare(a.subarray(first, last + 1), b.subarray(first, last + 1)) === 0) continue;
    while (first <= last && a[first] === b[first]) first += 1;
    while (a[last] === b[last]) last -= 1;
    const [left, right] = [Math.floor((first - y * rowBytes) / pixelBytes), Math.floor((last - y * rowBytes) / pixelBytes)];
    region = unionOf(region, { x: tile.x + left, y: tile.y + y, width: right - left + 1, height: 1 });
  }
  return region;
}

function isShown({ visible, opacity }: Layer): boolean {
  return visible && opacity > 0;
}

/** Holds every pixel a layer may paint. */
function boundsOf(record: DocumentRecord, layer: Layer): Region {
  if (layer.kind === 'fill' || layer.kind === 'glaze') return wholeOf(record);
  if (layer.kind !== 'group') return tiledRegion(pixelRasterOf(layer) ?? { x: 0, y: 0, depth: 8, tiles: {} });
  return opened(record, { group: layer.id }).reduce<Region>((all, each) => (each.kind === 'group' ? all : unionOf(all, boundsOf(record, each))), emptyRegion);
}

export function wholeOf({ width, height }: DocumentRecord): Region {
  return { x: 0, y: 0, width, height };
}
