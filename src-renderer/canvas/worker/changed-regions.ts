// Which parts of the picture look different after changes to the record.
import type { Change } from '../../../src-main/contract/changes.ts';
import { tileSidePx, type DocumentRecord, type Layer, type LayerId, type Mask, type Raster } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import { tiledRegion } from '../../../src-main/raster/tiles.ts';

/** Keys of a layer that change nothing of the picture by themselves. */
const unseen: ReadonlySet<string> = new Set(['id', 'name', 'locked', 'alphaLocked', 'settings', 'statistics', 'statisticsLocked', 'source', 'sourceName', 'sourceSize', 'page', 'pages', 'transform', 'link', 'text', 'font', 'sizePx', 'align', 'lineHeight', 'at']);

export type RasterOf = (layer: Layer) => Raster | undefined;

export function wholeOf({ width, height }: DocumentRecord): Region {
  return { x: 0, y: 0, width, height };
}

/** Regions of the document, not merged; the whole document where its size changes. */
export function changedRegions(changes: readonly Change[], before: DocumentRecord, after: DocumentRecord, raster: RasterOf): Region[] {
  const regions: Region[] = [];
  const layers = new Map<LayerId, true>();
  for (const { path } of changes) {
    const [head, id, key, inner, place] = path;
    if (head === 'width' || head === 'height') return [wholeOf(before), wholeOf(after)];
    if (head !== 'layers' || id === undefined) continue;
    if (key !== undefined && unseen.has(key)) continue;
    if ((key === 'pixels' || key === 'mask') && inner === 'tiles' && place !== undefined) {
      const grid = gridOf(after.layers[id], key) ?? gridOf(before.layers[id], key);
      if (grid) regions.push(tileRegion(grid, place));
    } else layers.set(id, true);
  }
  for (const id of layers.keys()) regions.push(...paintedBy(before, id, raster), ...paintedBy(after, id, raster));
  return regions;
}

function gridOf(layer: Layer | undefined, key: 'pixels' | 'mask'): Raster | Mask | undefined {
  if (!layer) return undefined;
  if (key === 'mask') return layer.mask;
  return 'pixels' in layer ? (layer.pixels as Raster) : undefined;
}

function tileRegion({ x, y }: Pick<Raster, 'x' | 'y'>, place: string): Region {
  const [column = 0, row = 0] = place.split(',').map(Number);
  return { x: x + column * tileSidePx, y: y + row * tileSidePx, width: tileSidePx, height: tileSidePx };
}

/** Where a layer may have paint. */
export function paintedBy(record: DocumentRecord, id: LayerId, raster: RasterOf): Region[] {
  const layer = record.layers[id];
  if (!layer) return [];
  if (layer.kind === 'fill') return [wholeOf(record)];
  if (layer.kind === 'group') return layer.children.flatMap((child) => paintedBy(record, child, raster));
  const own = raster(layer);
  return own ? [tiledRegion(own)] : [];
}
