// A stroke while the pen is down: its tiles so far, the record that shows them, and a quick way to composite what changes.
import { applyChanges } from '../../../src-main/contract/changes.ts';
import { rootId, type AssetId, type DocumentRecord, type LayerId, type Mask, type Raster } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import { blendSurface } from '../../../src-main/raster/blend-surface.ts';
import { clippingBase, parentOf } from '../../../src-main/raster/clipping-group.ts';
import { compositeGroup, type PixelAccess } from '../../../src-main/raster/composite.ts';
import { coverageWithin, type CoverageOf } from '../../../src-main/raster/coverage.ts';
import { changesOf, paintOnto, type Paint } from '../../../src-main/raster/paint-tiles.ts';
import { maskGrey } from '../../../src-main/raster/mask-grey.ts';
import { emptyRegion, isEmpty, unionOf } from '../../../src-main/raster/region.ts';
import { Smudge } from '../../../src-main/raster/smudge.ts';
import { Stroke, type Brush } from '../../../src-main/raster/stroke.ts';
import { cropSurface, type Surface } from '../../../src-main/raster/surface.ts';
import { tilesIn, type BytesOf, type ChangedTiles } from '../../../src-main/raster/tiles.ts';
import { createBackdrops, type Backdrops } from './backdrops.ts';
import { changedBands } from './changed-bands.ts';
import { alphaOf } from './locked-alpha.ts';
import { locksAlpha, rasterOfTarget, tileChanges } from './paint-target.ts';
import type { BrushShape, PenPoint, StrokeStart } from './protocol.ts';
import { glazesAbove, type WetPaint } from './wet-strokes.ts';

export interface LiveStroke extends WetPaint {
  readonly start: StrokeStart;
  /** With the stroke, and as it was before. */
  readonly record: DocumentRecord;
  readonly baseRecord: DocumentRecord;
  readonly raster: Raster | Mask;
  /** As `coverage`, whatever alpha is locked. */
  readonly reach: CoverageOf;
  /** Painted in place. */
  readonly tiles: ReadonlyMap<string, Uint8Array>;
  /** Those that the stroke has really changed; null where nothing is left of one. */
  changes(): ChangedTiles;
  /** Bytes of tiles of the stroke. */
  bytes(id: AssetId): Uint8Array | undefined;
  /** Goes on; what it covers is painted later, several points at once. */
  add(points: readonly PenPoint[]): void;
  /** Paints what was added; answers what looks different. */
  paint(): readonly Region[];
  /** Draws the path to its end and paints it. */
  end(): readonly Region[];
  /** Tiles beneath the stroke that were not in memory when it came by. */
  missing(): AssetId[];
  /** Paints what had to wait for tiles. */
  catchUp(): readonly Region[];
  /** Nobody asks for its coverage any more. */
  release(): void;
  /** A region inside one tile; in squares of `shrink` px, with a composite of their means. */
  composite(region: Region, access: PixelAccess, hidden: ReadonlySet<LayerId>, shrink?: number): Surface;
}

/** The raster's brush of the tool options' brush. */
export function brushOf({ sizePx, hardness, opacity, flow, spacing, smoothing, pressureSize, pressureOpacity }: BrushShape): Brush {
  return {
    sizePx, hardness, opacity, flow, spacing,
    buildUp: flow < 1 || hardness < 0.999,
    roundness: 1, angle: 0, tilt: 0.6, smoothing: Math.min(0.95, smoothing), stringPx: 0,
    pressureSize: pressureSize ? { least: 0.05, gamma: 1 } : undefined,
    pressureOpacity: pressureOpacity ? { least: 0, gamma: 1.4 } : undefined,
  };
}

function paintOf({ effect, colour, target }: StrokeStart, raster: Raster | Mask, lockAlpha: boolean, smudge: Smudge | undefined): Paint {
  if (smudge) return { kind: 'replace', surface: smudge.surface };
  if (!('outside' in raster)) return effect === 'erase' ? { kind: 'erase' } : { kind: 'colour', colour, lockAlpha };
  const [r, g, b] = colour;
  const light = Math.round(maskGrey(r, g, b));
  return { kind: 'grey', value: effect === 'erase' ? 0 : target.part === 'mask' || typeof target.part === 'object' ? light : 255 };
}

/** Undefined where the target is not there. `selection` limits the stroke. */
export function startLiveStroke(start: StrokeStart, record: DocumentRecord, bytes: BytesOf, selection: CoverageOf | undefined, backdrops: Backdrops = createBackdrops()): LiveStroke | undefined {
  const raster = rasterOfTarget(record, start.target);
  if (!raster) return undefined;
  const document = { x: 0, y: 0, width: record.width, height: record.height };
  const lockAlpha = locksAlpha(record, start.target);
  const smudge = start.effect === 'smudge' ? new Smudge({ raster, within: document, mostRadius: start.brush.sizePx / 2, lockAlpha, bytes }) : undefined;
  const stroke = new Stroke(brushOf(start.brush), document, smudge && ((dab) => smudge.add(dab)));
  const selected = (of: CoverageOf): CoverageOf => (selection ? coverageWithin(of, selection) : of);
  const coverage = selected(stroke.coverage);
  const painted = smudge ? selected(smudge.coverage) : coverage;
  const paint = paintOf(start, raster, lockAlpha, smudge);
  const tiles = new Map<string, Uint8Array>();
  const base = rootBase(record, start.target.layer);
  const glazes = glazesAbove(record, start.target.layer);
  let added = emptyRegion;
  let waiting = emptyRegion;
  let shown = record;

  const nameOf = (place: string): string => `live-${place}`;

  /** Answers the parts whose pixels have changed. */
  function paintRegion(region: Region): Region[] {
    if (isEmpty(region)) return [];
    if (tilesIn(raster!, region).some(({ id }) => !bytes(id))) {
      waiting = unionOf(waiting, region);
      return [];
    }
    const changed: Region[] = [];
    let isNew = false;
    paintOnto({ raster: raster!, region, coverage: painted, paint, bytes }, tiles, ({ place, covers, part, before }, after) => {
      const bands = changedBands(covers, part, before, after);
      if (bands.length === 0) return;
      changed.push(...bands);
      if (tiles.has(place)) return;
      tiles.set(place, after);
      isNew = true;
    });
    if (isNew) shown = applyChanges(record, tileChanges(record, start.target, new Map([...tiles.keys()].map((place) => [place, nameOf(place)])), raster));
    return changed;
  }

  function paintAdded(): Region[] {
    const region = smudge ? smudge.work() : added;
    added = emptyRegion;
    return paintRegion(region);
  }

  return {
    start,
    get record() {
      return shown;
    },
    baseRecord: record,
    reach: coverage,
    coverage: lockAlpha ? coverageWithin(coverage, alphaOf(raster, bytes)) : coverage,
    glazes,
    raster,
    tiles,
    changes: () => changesOf({ raster, bytes }, tiles),
    region: () => stroke.region,
    bytes: (id) => (id.startsWith('live-') ? tiles.get(id.slice(5)) : undefined),
    add: (points) => void (added = unionOf(added, stroke.add(points))),
    paint: paintAdded,
    end: () => {
      added = unionOf(added, stroke.finish());
      return paintAdded();
    },
    missing: () => [...(isEmpty(waiting) ? [] : tilesIn(raster, waiting).flatMap(({ id }) => (bytes(id) ? [] : [id]))), ...(smudge?.missing() ?? [])],
    catchUp: () => {
      const late = unionOf(waiting, smudge?.work() ?? emptyRegion);
      waiting = emptyRegion;
      return paintRegion(late);
    },
    release: () => stroke.release(),
    composite: (region, access, hidden, shrink = 1) => {
      const backdrop = backdrops.of({ record, base, access, hidden });
      const own = compositeGroup(shown, region, access, { only: base, over: backdrop.beneath(region, shrink), hidden, shrink });
      const above = backdrop.above(region, shrink);
      if (!above) return compositeGroup(shown, region, access, { above: base, onto: own, hidden, shrink });
      blendSurface(own, cropSurface(above, region), { mode: 'normal', opacity: 1 });
      return own;
    },
  };
}

/** The layer of the root under which the target stands, as the base of its clipping group. */
function rootBase(record: DocumentRecord, id: LayerId): LayerId {
  let at = id;
  for (let group = parentOf(record, at); group !== rootId; group = parentOf(record, at)) at = group;
  return clippingBase(record, at);
}
