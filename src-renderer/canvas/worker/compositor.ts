// Keeps the composite of one look at the document fresh, tile by tile, what is on the screen first.
import { tileSidePx, type AssetId, type DocumentRecord, type LayerId } from '../../../src-main/contract/document.ts';
import type { Extent, Region } from '../../../src-main/contract/image.ts';
import { compositeGroup, neededAssets, type PixelAccess } from '../../../src-main/raster/composite.ts';
import { writeRgba8 } from '../../../src-main/raster/pixels.ts';
import { emptyRegion, isEmpty, overlapOf, unionOf } from '../../../src-main/raster/region.ts';
import { shrunkRegion, spreadRegion } from '../../../src-main/raster/shrunk.ts';
import type { Surface } from '../../../src-main/raster/surface.ts';
import { createCompositeLevels, tilesTouched, type CompositeLevels } from './composite-levels.ts';

/** What of the document is looked at, as it is now. */
export interface Scene {
  readonly record: DocumentRecord;
  readonly access: PixelAccess;
  readonly hidden: ReadonlySet<LayerId>;
  /** Composites a region in squares of `shrink` px; the plain way where absent. */
  readonly composite?: ((region: Region, shrink: number) => Surface) | undefined;
}

/** What the screen shows of it. */
export interface Sight {
  readonly region: Region;
  readonly level: number;
  /** Nobody looks yet: what is coarse first would be made for nothing. */
  readonly unseen?: boolean;
  /** Somebody works: what looks about right at a coarser level stays as it is. */
  readonly hurried?: boolean;
}

export interface Compositor {
  readonly levels: CompositeLevels;
  /** These pixels are no longer what the document says. */
  stale(region: Region): void;
  /**
   * Composites parts now, as far as their tiles are in memory; answers what holds all that was drawn. At a coarser level than 0
   * they are composited at that level alone, of the means of the layers, and are as they should be once `work` has come by.
   */
  refresh(scene: Scene, parts: readonly Region[], level: number): Region;
  /**
   * Composites what is in sight until the time is up; answers what was drawn anew, an empty region for what is not yet to be seen.
   * Where it is shown smaller than it is, all of it is made at that level first, as by `refresh`, then tile by tile as it should be.
   */
  work(scene: Scene, sight: Sight, untilMs: number): Region[];
  /** Assets that keep tiles in sight from being composited, nearest to the middle first. */
  missing(scene: Scene, sight: Sight, most: number): AssetId[];
  /** Tiles in sight that are not what they should be. */
  waiting(sight: Sight): number;
}

/** Tiles in sight, those drawn next first, whose assets are looked after at a time. */
const mostAhead = 128;
/** Rows composited at a stretch: about a millisecond of eight layers. */
const stripRows = 48;

/** A tile that is made anew: seen once all of its rows are there. */
interface Draft {
  readonly image: ImageData;
  rows: number;
}

export function createCompositor(extent: Extent, isHere: (id: AssetId) => boolean): Compositor {
  const levels = createCompositeLevels(extent);
  const whole = { x: 0, y: 0, ...extent };
  /** Stale parts by tile of level 0. */
  const stale = new Map<number, Region>();
  const drafts = new Map<number, Draft>();
  /** Level at which a stale tile of level 0 looks about as it should. */
  const rough = new Map<number, number>();
  const key = (column: number, row: number): number => row * levels.columns + column;
  const pixels = new ImageData(tileSidePx, tileSidePx);

  function markStale(region: Region): void {
    for (const { column, row, part } of tilesTouched(region, extent)) {
      stale.set(key(column, row), unionOf(stale.get(key(column, row)) ?? part, part));
      drafts.delete(key(column, row));
      rough.delete(key(column, row));
    }
  }
  markStale(whole);

  /** Tiles in sight that must be composited. */
  function unfinished({ region, level }: Sight): { column: number; row: number; part: Region }[] {
    return tilesTouched(region, extent).flatMap(({ column, row }) => {
      const part = stale.get(key(column, row)) ?? (level === 0 && !levels.has(0, column, row) ? wholeTile(column, row) : undefined);
      return part ? [{ column, row, part }] : [];
    });
  }

  /** The same, those that are to be made coarse first, then nearest to the middle. */
  function queue(sight: Sight): { column: number; row: number; part: Region; coarse: boolean }[] {
    const { x, y, width, height } = sight.region;
    const distanceOf = (column: number, row: number): number => Math.hypot((column + 0.5) * tileSidePx - x - width / 2, (row + 0.5) * tileSidePx - y - height / 2);
    return unfinished(sight)
      .map((tile) => ({ ...tile, coarse: isCoarseNext(sight, tile.column, tile.row), distance: distanceOf(tile.column, tile.row) }))
      .filter(({ column, row, coarse }) => coarse || !sight.hurried || !looksRight(sight, column, row))
      .sort((a, b) => Number(b.coarse) - Number(a.coarse) || a.distance - b.distance);
  }

  function looksRight({ level }: Sight, column: number, row: number): boolean {
    return level > 0 && rough.get(key(column, row)) === level;
  }

  function isCoarseNext({ level, unseen }: Sight, column: number, row: number): boolean {
    if (level === 0 || unseen || rough.get(key(column, row)) === level) return false;
    const [across, down] = [column >> level, row >> level];
    return levels.has(level, across, down) || !levels.source(level, across, down); // A tile of its own would hide a coarser one that is whole.
  }

  function wholeTile(column: number, row: number): Region {
    const [x, y] = [column * tileSidePx, row * tileSidePx];
    return { x, y, width: Math.min(tileSidePx, extent.width - x), height: Math.min(tileSidePx, extent.height - y) };
  }

  function isReady({ record, access, hidden }: Scene, part: Region): boolean {
    return neededAssets(record, part, access.raster, { hidden }).every(isHere);
  }

  function compositeOf(scene: Scene, region: Region, shrink: number): Surface {
    return scene.composite?.(region, shrink) ?? compositeGroup(scene.record, region, scene.access, { hidden: scene.hidden, shrink });
  }

  /** A region inside one tile of a level, in px of the level. */
  function compose(scene: Scene, region: Region, level: number): void {
    const image = region.width === tileSidePx && region.height === tileSidePx ? pixels : new ImageData(region.width, region.height);
    writeRgba8(compositeOf(scene, region, 2 ** level), image.data);
    levels.put(image, region.x, region.y, level);
  }

  /** A stale part of one tile at a coarser level; undefined: tiles of layers are not in memory. */
  function drawCoarsely(scene: Scene, column: number, row: number, part: Region, level: number): Region | undefined {
    const squares = shrunkRegion(part, 2 ** level);
    const full = overlapOf(spreadRegion(squares, 2 ** level), whole);
    if (!isReady(scene, full)) return undefined;
    compose(scene, squares, level);
    rough.set(key(column, row), level);
    return full;
  }

  /** Strip by strip until the time is up, one at least; answers what is new to be seen. */
  function draw(scene: Scene, column: number, row: number, stalePart: Region, untilMs: number): Region {
    const index = key(column, row);
    if (!levels.has(0, column, row)) return drawAnew(scene, index, wholeTile(column, row), untilMs);
    let top = stalePart.y;
    const bottom = stalePart.y + stalePart.height;
    do {
      const rows = Math.min(stripRows, bottom - top);
      compose(scene, { ...stalePart, y: top, height: rows }, 0);
      top += rows;
    } while (top < bottom && performance.now() < untilMs);
    if (top < bottom) stale.set(index, { ...stalePart, y: top, height: bottom - top });
    else done(index);
    return { ...stalePart, height: top - stalePart.y };
  }

  function done(index: number): void {
    stale.delete(index);
    rough.delete(index);
  }

  function drawAnew(scene: Scene, index: number, tile: Region, untilMs: number): Region {
    const draft = drafts.get(index) ?? { image: new ImageData(tile.width, tile.height), rows: 0 };
    do {
      const rows = Math.min(stripRows, tile.height - draft.rows);
      const bytes = tile.width * 4;
      writeRgba8(compositeOf(scene, { ...tile, y: tile.y + draft.rows, height: rows }, 1), draft.image.data.subarray(draft.rows * bytes, (draft.rows + rows) * bytes));
      draft.rows += rows;
    } while (draft.rows < tile.height && performance.now() < untilMs);
    if (draft.rows < tile.height) {
      drafts.set(index, draft);
      return emptyRegion;
    }
    drafts.delete(index);
    done(index);
    levels.put(draft.image, tile.x, tile.y);
    return tile;
  }

  function refreshFully(scene: Scene, parts: readonly Region[]): Region {
    let drawn = emptyRegion;
    for (const whole of parts) {
      for (const { column, row, part } of tilesTouched(whole, extent)) {
        if (!levels.has(0, column, row) || !isReady(scene, part)) {
          markStale(part); // Drawn with the rest of its tile.
          continue;
        }
        drafts.delete(key(column, row));
        compose(scene, part, 0);
        drawn = unionOf(drawn, part);
      }
    }
    return drawn;
  }

  function refreshCoarsely(scene: Scene, parts: readonly Region[], level: number): Region {
    const shrink = 2 ** level;
    const wanted = new Map<number, { readonly column: number; readonly row: number; part: Region; readonly right: Set<number> }>();
    for (const whole of parts) {
      for (const { column, row, part } of tilesTouched(whole, extent)) {
        const [across, down, index] = [column >> level, row >> level, key(column, row)];
        const tile = wanted.get(key(across, down)) ?? { column: across, row: down, part: emptyRegion, right: new Set() };
        tile.part = unionOf(tile.part, shrunkRegion(part, shrink));
        if (!stale.has(index) || rough.get(index) === level) tile.right.add(index);
        wanted.set(key(across, down), tile);
        markStale(part);
      }
    }
    let drawn = emptyRegion;
    for (const { column, row, part, right } of wanted.values()) {
      const full = overlapOf(spreadRegion(part, shrink), whole);
      if (isEmpty(full) || !levels.has(level, column, row) || !isReady(scene, full)) continue;
      compose(scene, part, level);
      for (const index of right) rough.set(index, level);
      drawn = unionOf(drawn, full);
    }
    return drawn;
  }

  return {
    levels,
    stale: markStale,
    refresh: (scene, parts, level) => (level === 0 ? refreshFully(scene, parts) : refreshCoarsely(scene, parts, level)),
    work: (scene, sight, untilMs) => {
      const drawn: Region[] = [];
      for (const { column, row, part, coarse } of queue(sight)) {
        const seen = coarse ? drawCoarsely(scene, column, row, part, sight.level) : isReady(scene, part) && draw(scene, column, row, part, untilMs);
        if (!seen) continue;
        drawn.push(seen);
        if (performance.now() >= untilMs) break; // One strip at least: it goes on however short the time is.
      }
      levels.halve();
      return drawn;
    },
    missing: (scene, sight, most) => {
      const ids = new Set<AssetId>();
      for (const { part } of queue(sight).slice(0, mostAhead)) {
        for (const id of neededAssets(scene.record, part, scene.access.raster, { hidden: scene.hidden })) if (!isHere(id)) ids.add(id);
        if (ids.size >= most) break;
      }
      return [...ids];
    },
    waiting: (sight) => unfinished(sight).length,
  };
}
