// The composite of a group of layers over any region: what the screen shows and what an export writes.
import type { AssetId, DocumentRecord, Layer, LayerId, Raster } from '../contract/document.ts';
import { StudioError } from '../contract/fault.ts';
import type { Region } from '../contract/image.ts';
import { isChannelMode } from './blend.ts';
import { blendRaster } from './blend-raster.ts';
import { blendSurface } from './blend-surface.ts';
import { stretchOf, type ClippingGroup, type Stretch } from './clipping-group.ts';
import { fillSurface, scaledFill } from './gradient.ts';
import { drawRaster, maskSurface } from './pixels.ts';
import { drawRasterShrunk, maskSurfaceShrunk, spreadRegion, type KeptMeans } from './shrunk.ts';
import { createSurface, cropSurface, type Surface } from './surface.ts';
import { tilesIn, type BytesOf } from './tiles.ts';

/** How a compositor reaches pixels. */
export interface PixelAccess {
  /** A glaze's derived paint (undefined: not painted yet, see-through); other layers' own pixels. */
  readonly raster: (layer: Layer) => Raster | undefined;
  /** Raw bytes of a tile; undefined: not loaded yet, drawn as see-through. An access that must not miss any throws asset.missing. */
  readonly bytes: BytesOf;
  /** Means of tiles for composites in squares (`shrink`), within 1/255 a layer; taken anew each time without. */
  readonly means?: KeptMeans;
}

/** What of the document is composited; the whole root without any. */
export interface CompositeOptions extends Stretch {
  /** Layers taken as invisible. */
  readonly hidden?: ReadonlySet<LayerId>;
  /** Backdrop to go on from; a see-through one otherwise. It stays as it is. */
  readonly over?: Surface;
  /** The same, but of the region itself, and what is answered. */
  readonly onto?: Surface;
  /**
   * Document px along a side of the square that one px stands for: a power of two, 1 without. Regions are then counted in such
   * squares, and means of layers are blended: near the mean of the composite, and equal to it where layers are flat.
   */
  readonly shrink?: number;
}

/**
 * Composites the layers of a group over a region of the document, bottom to top. Every pixel depends on its own place alone:
 * the composite of a part equals the part of a composite bit for bit. Throws document.corrupt when a layer is named that is not there.
 */
export function compositeGroup(record: DocumentRecord, region: Region, access: PixelAccess, options: CompositeOptions = {}): Surface {
  const surface = options.onto ?? (options.over ? cropSurface(options.over, region) : createSurface(region));
  const painter: Painter = { record, access, hidden: options.hidden ?? new Set(), shrink: options.shrink ?? 1, scratch: [] };
  for (const stretch of stretchOf(record, options)) drawClippingGroup(painter, stretch, surface, 0);
  return surface;
}

/** A layer's own paint with its mask, whether it is shown or not, without opacity, blend mode and clipping. */
export function layerSurface(record: DocumentRecord, id: LayerId, region: Region, access: PixelAccess): Surface {
  const surface = createSurface(region);
  const layer = record.layers[id];
  if (!layer) throw new StudioError('document.corrupt', { document: record.name, reason: `layer ${id} is missing` });
  drawLayer({ record, access, hidden: new Set(), shrink: 1, scratch: [] }, layer, surface, 0);
  return surface;
}

/** Assets that compositeGroup asks for with the same arguments, each once. */
export function neededAssets(record: DocumentRecord, region: Region, raster: PixelAccess['raster'], options: CompositeOptions = {}): AssetId[] {
  const needed = new Set<AssetId>();
  const hidden = options.hidden ?? new Set<LayerId>();
  const visit = (layer: Layer): void => {
    if (!isShown(layer, hidden)) return;
    if (layer.mask?.enabled) for (const { id } of tilesIn(layer.mask, region)) needed.add(id);
    if (layer.kind === 'group') for (const group of stretchOf(record, { group: layer.id })) visitGroup(group);
    else if (layer.kind !== 'fill') for (const { id } of tilesIn(raster(layer) ?? noRaster, region)) needed.add(id);
  };
  const visitGroup = ({ base, clipped }: ClippingGroup): void => {
    if (isShown(base, hidden)) [base, ...clipped].forEach(visit);
  };
  stretchOf(record, options).forEach(visitGroup);
  return [...needed];
}

interface Painter {
  readonly record: DocumentRecord;
  readonly access: PixelAccess;
  readonly hidden: ReadonlySet<LayerId>;
  readonly shrink: number;
  /** One surface per depth of nesting, used again and again. */
  readonly scratch: Surface[];
}

const noRaster: Raster = { x: 0, y: 0, depth: 8, tiles: {} };

function isShown(layer: Layer, hidden: ReadonlySet<LayerId>): boolean {
  return layer.visible && layer.opacity > 0 && !hidden.has(layer.id);
}

function drawClippingGroup(painter: Painter, { base, clipped }: ClippingGroup, into: Surface, depth: number): void {
  if (!isShown(base, painter.hidden)) return;
  if (clipped.length === 0 && blendsAtOnce(painter, base, into)) return;
  const own = scratchOf(painter, into.region, depth);
  if (!drawLayer(painter, base, own, depth + 1)) return;
  for (const layer of clipped) {
    if (!isShown(layer, painter.hidden)) continue;
    const above = scratchOf(painter, into.region, depth + 1);
    if (drawLayer(painter, layer, above, depth + 2)) blendSurface(own, above, { mode: layer.blend, opacity: layer.opacity, atop: true });
  }
  blendSurface(into, own, { mode: base.blend, opacity: base.opacity });
}

/** Plain paint of 8 bit goes onto what is there without a surface of its own; false: it does not. */
function blendsAtOnce({ access, shrink }: Painter, layer: Layer, into: Surface): boolean {
  const { blend: mode, opacity } = layer;
  if (shrink !== 1 || layer.mask?.enabled || layer.kind === 'fill' || layer.kind === 'group' || !isChannelMode(mode)) return false;
  const raster = access.raster(layer);
  if (raster?.depth === 8) blendRaster(into, raster, access.bytes, { mode, opacity });
  return raster === undefined || raster.depth === 8;
}

/** Draws a layer's paint and mask onto a see-through surface; false: there is nothing. */
function drawLayer(painter: Painter, layer: Layer, surface: Surface, depth: number): boolean {
  if (!drawPaint(painter, layer, surface, depth)) return false;
  if (!layer.mask?.enabled) return true;
  if (painter.shrink === 1) maskSurface(surface, layer.mask, painter.access.bytes);
  else maskSurfaceShrunk(surface, layer.mask, painter.access.bytes, painter.shrink, painter.access.means);
  return true;
}

/** How each kind yields its paint. */
function drawPaint(painter: Painter, layer: Layer, surface: Surface, depth: number): boolean {
  switch (layer.kind) {
    case 'fill':
      fillSurface(surface, painter.shrink === 1 ? layer.fill : scaledFill(layer.fill, 1 / painter.shrink));
      return true;
    case 'group': {
      const groups = stretchOf(painter.record, { group: layer.id });
      for (const group of groups) drawClippingGroup(painter, group, surface, depth);
      return groups.length > 0;
    }
    case 'raster':
    case 'image':
    case 'text':
    case 'glaze': {
      const raster = painter.access.raster(layer);
      if (!raster || tilesIn(raster, spreadRegion(surface.region, painter.shrink)).length === 0) return false;
      if (painter.shrink === 1) drawRaster(raster, surface, painter.access.bytes);
      else drawRasterShrunk(raster, surface, painter.access.bytes, painter.shrink, painter.access.means);
      return true;
    }
  }
}

function scratchOf({ scratch }: Painter, region: Region, depth: number): Surface {
  const kept = scratch[depth];
  if (!kept) return (scratch[depth] = createSurface(region));
  kept.data.fill(0);
  return kept;
}
