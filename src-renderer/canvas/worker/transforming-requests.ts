// Requests that resample: layers, their masks and those of a glaze's styles, or what of a layer is selected, under an affine map.
import type { Change, Json } from '../../../src-main/contract/changes.ts';
import type { DocumentRecord, Layer, Mask, Matrix, Raster } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import { paintTiles } from '../../../src-main/raster/paint-tiles.ts';
import { pixelsOf, surfaceOf } from '../../../src-main/raster/pixels.ts';
import { grownBy, overlapOf } from '../../../src-main/raster/region.ts';
import { selectionCoverage, selectionOf, selectionRegion, readSelection } from '../../../src-main/raster/selection.ts';
import { createPixels, placesIn, readRaster, tiledRegion, withTiles, type ChangedTiles } from '../../../src-main/raster/tiles.ts';
import { mappedRegion, transformedTiles, transformSurface, type PixelSource } from '../../../src-main/raster/transform.ts';
import { wholeOf } from './changed-regions.ts';
import type { DeskParts } from './desk-parts.ts';
import type { CanvasRequests } from './protocol.ts';
import { changedPaint } from './tile-coverage.ts';
import { glazesAbove } from './wet-strokes.ts';

const json = (value: unknown): Json => value as Json;

/** Where pixels are kept: the document and as much around it again. */
function reach({ width, height }: DocumentRecord): Region {
  return grownBy({ x: 0, y: 0, width, height }, Math.max(width, height));
}

export async function transformLayers(parts: DeskParts, { layers, matrix, label }: CanvasRequests['transform']['params']): Promise<null> {
  const { mirror, line, steps } = parts;
  await steps.settled();
  const { record } = mirror;
  if (!record) return null;
  const found = layers.flatMap((id) => record.layers[id] ?? []);
  await line.load(found.flatMap(tilesOf));
  const changes: Change[] = [];
  const selection = parts.selection.current();
  for (const layer of found) {
    if (selection && layer.kind === 'raster') changes.push(...movedPart(parts, record, layer, matrix));
    else changes.push(...moved(parts, record, layer, matrix));
  }
  showMoved(parts, record, steps.make(label, changes), changes);
  if (selection) {
    const within = { x: 0, y: 0, width: record.width, height: record.height };
    const grey = (region: Region) => greySource(selectionRegion(selection), (part) => readSelection(selection, part), 0, matrix, region);
    parts.selection.set(selectionOf(overlapOf(mappedRegion(matrix, selectionRegion(selection)), within), grey));
  }
  return null;
}

/** Pixels that a step has moved, taken from or laid to another place, show through the glazes above. */
function showMoved({ easel, cache }: DeskParts, record: DocumentRecord, step: number | undefined, changes: readonly Change[]): void {
  for (const { path: [, id = '', key], before, after } of changes) {
    const glazes = key === 'pixels' ? glazesAbove(record, id) : undefined;
    if (glazes?.size) easel.showThrough(changedPaint(before as unknown as Raster, after as unknown as Raster, wholeOf(record), glazes, cache.get), step);
  }
}

/** Tiles that moving a layer reads. */
function tilesOf(layer: Layer): string[] {
  const styles = layer.kind === 'glaze' ? layer.settings.styles : [];
  const rasters = [layer.kind === 'raster' ? layer.pixels : undefined, layer.mask, ...styles.map(({ mask }) => mask)];
  return rasters.flatMap((raster) => Object.values(raster?.tiles ?? {}));
}

function moved({ steps, cache }: DeskParts, record: DocumentRecord, layer: Layer, matrix: Matrix): Change[] {
  const changes: Change[] = [];
  if (layer.kind === 'raster') {
    const { pixels } = layer;
    const source: PixelSource = { bounds: tiledRegion(pixels), depth: pixels.depth, read: (region) => readRaster(pixels, region, cache.get) };
    const blank: Raster = { x: 0, y: 0, depth: pixels.depth, tiles: {} };
    const tiles: ChangedTiles = new Map([...transformedTiles(source, matrix, blank, reach(record))].map(({ place, bytes }) => [place, bytes]));
    changes.push({ path: ['layers', layer.id, 'pixels'], before: json(pixels), after: json(withTiles(blank, steps.hold(tiles))) });
  }
  const masked = (mask: Mask): Mask => movedMask({ steps, cache }, record, mask, matrix);
  if (layer.mask) changes.push({ path: ['layers', layer.id, 'mask'], before: json(layer.mask), after: json(masked(layer.mask)) });
  if (layer.kind === 'glaze' && layer.settings.styles.some(({ mask }) => mask)) {
    const { styles } = layer.settings;
    const after = styles.map((style) => (style.mask ? { ...style, mask: masked(style.mask) } : style));
    changes.push({ path: ['layers', layer.id, 'settings', 'styles'], before: json(styles), after: json(after) });
  }
  return changes;
}

function movedMask({ steps, cache }: Pick<DeskParts, 'steps' | 'cache'>, record: DocumentRecord, mask: Mask, matrix: Matrix): Mask {
  const blank: Mask = { ...mask, x: 0, y: 0, tiles: {} };
  const bounds = tiledRegion(mask);
  const tiles: ChangedTiles = new Map();
  for (const { place, region } of placesIn(blank, overlapOf(mappedRegion(matrix, bounds), reach(record)))) {
    const grey = greySource(bounds, (part) => Uint8Array.from(readRaster(mask, part, cache.get).data), mask.outside, matrix, region);
    if (grey.some((value) => value !== mask.outside)) tiles.set(place, grey);
  }
  return withTiles(blank, steps.hold(tiles));
}

/** Grey values under a matrix; `outside` where the source does not reach. */
function greySource(bounds: Region, read: (region: Region) => Uint8Array, outside: number, matrix: Matrix, region: Region): Uint8Array {
  const source: PixelSource = {
    bounds,
    depth: 8,
    read: (part) => {
      const grey = read(part);
      const pixels = createPixels(part, 4, 8, 255);
      for (let i = 0; i < grey.length; i++) pixels.data[i * 4] = grey[i] ?? 0;
      return pixels;
    },
  };
  const { data } = transformSurface(source, matrix, region);
  return Uint8Array.from({ length: region.width * region.height }, (_, i) => Math.round(255 * (data[i * 4] ?? 0) + outside * (1 - (data[i * 4 + 3] ?? 0))));
}

/** The selected part is taken out and laid over the rest at its new place. */
function movedPart({ steps, cache, selection }: DeskParts, record: DocumentRecord, layer: Extract<Layer, { kind: 'raster' }>, matrix: Matrix): Change[] {
  const { pixels } = layer;
  const coverage = selectionCoverage(selection.current() ?? { tiles: new Map() });
  const region = overlapOf(selection.region() ?? tiledRegion(pixels), tiledRegion(pixels));
  const lifted: PixelSource = {
    bounds: region,
    depth: pixels.depth,
    read: (part) => {
      const surface = surfaceOf(readRaster(pixels, part, cache.get), part.x, part.y);
      const shares = coverage(part);
      for (let at = 0; at < surface.data.length; at++) surface.data[at] = (surface.data[at] ?? 0) * (shares?.[at >> 2] ?? 0);
      return pixelsOf(surface, pixels.depth);
    },
  };
  const rest = new Map(paintTiles({ raster: pixels, region, coverage, paint: { kind: 'erase' }, bytes: cache.get }));
  const cut = withTiles(pixels, steps.hold(rest));
  const target = overlapOf(mappedRegion(matrix, region), reach(record));
  const laid = paintTiles({
    raster: cut, region: target, bytes: cache.get,
    coverage: ({ width, height }) => new Float32Array(width * height).fill(1),
    paint: { kind: 'surface', surface: (part) => transformSurface(lifted, matrix, part) },
  });
  return [{ path: ['layers', layer.id, 'pixels'], before: json(pixels), after: json(withTiles(cut, steps.hold(laid))) }];
}

