// Requests that paint on a layer or mask at once: fill, clear, bucket, gradient; and those that select.
import type { Colour, Mask, Raster } from '../../../src-main/contract/document.ts';
import type { HistoryLabel } from '../../../src-main/contract/history.ts';
import type { PixelBuffer, Region } from '../../../src-main/contract/image.ts';
import { coverageWithin, type CoverageOf } from '../../../src-main/raster/coverage.ts';
import { floodFill } from '../../../src-main/raster/flood-fill.ts';
import { fillSurface } from '../../../src-main/raster/gradient.ts';
import { paintTiles, type Paint } from '../../../src-main/raster/paint-tiles.ts';
import { pixelsOf } from '../../../src-main/raster/pixels.ts';
import { maskGrey } from '../../../src-main/raster/mask-grey.ts';
import { isEmpty, overlapOf } from '../../../src-main/raster/region.ts';
import { selectionCoverage, selectionRegion } from '../../../src-main/raster/selection.ts';
import { createSurface } from '../../../src-main/raster/surface.ts';
import { createPixels, placesIn, readRaster, tilesIn, writeRaster, type ChangedTiles } from '../../../src-main/raster/tiles.ts';
import type { DeskParts } from './desk-parts.ts';
import { loadedComposite } from './loaded-composite.ts';
import { isBareUnder } from './locked-alpha.ts';
import { locksAlpha, rasterOfTarget, tileChanges } from './paint-target.ts';
import type { CanvasRequests, PaintTarget } from './protocol.ts';

const noRaster: Raster = { x: 0, y: 0, depth: 8, tiles: {} };
const everywhere: CoverageOf = ({ width, height }) => new Float32Array(width * height).fill(1);
const greyOf = ([r, g, b]: Colour): number => Math.round(maskGrey(r, g, b));

interface Painted {
  readonly target: PaintTarget;
  readonly region: Region;
  readonly label: HistoryLabel;
  readonly coverage: CoverageOf;
  /** New tiles of the target's raster, whose own are in memory. */
  paint(raster: Raster | Mask, lockAlpha: boolean): ChangedTiles;
}

/** Throws the host's fault where pixels cannot be read. */
async function paintAtOnce({ mirror, line, cache, steps, post }: DeskParts, { target, region, label, coverage, paint }: Painted): Promise<null> {
  const now = () => mirror.record && rasterOfTarget(mirror.record, target);
  const missing = (): string[] => tilesIn(now() ?? noRaster, region).map(({ id }) => id).filter((id) => !cache.has(id) && !line.isAbsent(id));
  while (missing().length > 0) await line.load(missing()); // The record may change while tiles are read.
  const { record } = mirror;
  const raster = now();
  if (!record || !raster) return null;
  const isLocked = locksAlpha(record, target);
  const tiles = paint(raster, isLocked);
  if (tiles.size === 0 && isLocked && isBareUnder(raster, region, coverage, cache.get)) post({ kind: 'unchanged', target, isPaint: true, isBare: true });
  steps.make(label, tileChanges(record, target, steps.hold(tiles), raster));
  return null;
}

function documentRegion({ easel }: DeskParts): Region {
  return { x: 0, y: 0, width: easel.record?.width ?? 0, height: easel.record?.height ?? 0 };
}

/** What may be painted, and how much of it: the selection, or the document. */
function bounded(parts: DeskParts): { readonly region: Region; readonly coverage: CoverageOf } {
  const region = parts.selection.region();
  return { region: region ?? documentRegion(parts), coverage: parts.selection.coverage() ?? everywhere };
}

export async function fillAtOnce(parts: DeskParts, { target, colour, label }: CanvasRequests['fill']['params']): Promise<null> {
  const { region, coverage } = bounded(parts);
  return paintAtOnce(parts, {
    target, region, label, coverage,
    paint: (raster, lockAlpha) => {
      const onMask: Paint = { kind: 'grey', value: colour ? greyOf(colour) : 0 };
      const paint: Paint = 'outside' in raster ? onMask : colour ? { kind: 'colour', colour, lockAlpha } : { kind: 'erase' };
      return paintTiles({ raster, region, coverage, paint, bytes: parts.cache.get });
    },
  });
}

/** Pixels to compare: of the whole picture, or of a target's own raster. */
function reader(parts: DeskParts, target: PaintTarget | undefined): (region: Region) => Promise<PixelBuffer> {
  return async (region) => {
    const { record } = parts.mirror;
    const raster = target && record && rasterOfTarget(record, target);
    if (!raster || 'outside' in raster) {
      const surface = await loadedComposite(parts, region);
      return surface ? pixelsOf(surface, 8) : createPixels(region, 4, 8);
    }
    await parts.line.load(tilesIn(raster, region).map(({ id }) => id));
    return readRaster(raster, region, parts.cache.get);
  };
}

export async function floodAtOnce(parts: DeskParts, { target, at, tolerance, contiguous, wholePicture, colour, label }: CanvasRequests['flood']['params']): Promise<null> {
  const found = await floodFill({ within: documentRegion(parts), ...at, tolerance, contiguous, read: reader(parts, wholePicture ? undefined : target) });
  const own = selectionCoverage(found);
  const limit = parts.selection.coverage();
  const region = overlapOf(selectionRegion(found), bounded(parts).region);
  if (isEmpty(region)) return null;
  const coverage = limit ? coverageWithin(own, limit) : own;
  return paintAtOnce(parts, {
    target, region, label, coverage,
    paint: (raster, lockAlpha) => {
      const paint: Paint = 'outside' in raster ? { kind: 'grey', value: greyOf(colour) } : { kind: 'colour', colour, lockAlpha };
      return paintTiles({ raster, region, coverage, paint, bytes: parts.cache.get });
    },
  });
}

export async function gradientAtOnce(parts: DeskParts, { target, from, to, shape, colours, label }: CanvasRequests['gradient']['params']): Promise<null> {
  const { region, coverage } = bounded(parts);
  const stops = [{ at: 0, colour: colours[0] }, { at: 1, colour: colours[1] }];
  const surfaceOf = (part: Region) => {
    const surface = createSurface(part);
    fillSurface(surface, { type: shape, from: [from.x, from.y], to: [to.x, to.y], stops });
    return surface;
  };
  return paintAtOnce(parts, {
    target, region, label, coverage,
    paint: (raster, lockAlpha) => {
      if (!('outside' in raster)) return paintTiles({ raster, region, coverage, paint: { kind: 'surface', surface: surfaceOf, lockAlpha }, bytes: parts.cache.get });
      return greyTiles(parts, raster, region, coverage, (part) => {
        const { data } = surfaceOf(part);
        return Float32Array.from({ length: part.width * part.height }, (_, i) => maskGrey(data[i * 4] ?? 0, data[i * 4 + 1] ?? 0, data[i * 4 + 2] ?? 0));
      });
    },
  });
}

/** A mask under grey values of its own at every pixel. */
function greyTiles({ cache }: DeskParts, mask: Mask, region: Region, coverage: CoverageOf, grey: (part: Region) => Float32Array): ChangedTiles {
  const changed: ChangedTiles = new Map();
  for (const { region: covers } of placesIn(mask, region)) {
    const part = overlapOf(covers, region);
    const shares = coverage(part);
    if (!shares) continue;
    const pixels = readRaster(mask, part, cache.get);
    const values = grey(part);
    for (let i = 0; i < shares.length; i++) {
      const before = pixels.data[i] ?? 0;
      pixels.data[i] = Math.round(before + ((values[i] ?? 0) - before) * (shares[i] ?? 0));
    }
    for (const [place, tile] of writeRaster(mask, part, pixels, cache.get)) changed.set(place, tile);
  }
  return changed;
}

export async function select(parts: DeskParts, { shape, mode, feather, layer }: CanvasRequests['select']['params']): Promise<null> {
  await parts.selection.select(shape, mode, feather, reader(parts, layer === undefined ? undefined : { layer, part: 'pixels' }));
  return null;
}
