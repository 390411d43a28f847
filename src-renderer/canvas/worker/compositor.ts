// Keeps the composite of one look at the document fresh, tile by tile, what is on the screen first.
import { tileSidePx, type AssetId, type DocumentRecord, type LayerId } from '../../../src-main/contract/document.ts';
import type { Extent, Region } from '../../../src-main/contract/image.ts';
import { compositeGroup, neededAssets, type PixelAccess } from '../../../src-main/raster/composite.ts';
import { writeRgba8 } from '../../../src-main/raster/pixels.ts';
import { emptyRegion, unionOf } from '../../../src-main/raster/region.ts';
import type { Surface } from '../../../src-main/raster/surface.ts';
import { createCompositeLevels, tilesTouched, type CompositeLevels } from './composite-levels.ts';

/** What of the document is looked at, as it is now. */
export interface Scene {
  readonly record: DocumentRecord;
  readonly access: PixelAccess;
  readonly hidden: ReadonlySet<LayerId>;
  /** Composites a region; the plain way where absent. */
  readonly composite?: ((region: Region) => Surface) | undefined;
}

/** What the screen shows of it. */
export interface Sight {
  readonly region: Region;
  readonly level: number;
}

export interface Compositor {
  readonly levels: CompositeLevels;
  /** These pixels are no longer what the document says. */
  stale(region: Region): void;
  /** Composites parts now, as far as their tiles are in memory, and marks the others stale; answers what holds all that was drawn. */
  refresh(scene: Scene, parts: readonly Region[]): Region;
  /** Composites what is in sight until the time is up; answers what was drawn anew. */
  work(scene: Scene, sight: Sight, untilMs: number): Region[];
  /** Assets that keep tiles in sight from being composited, nearest to the middle first. */
  missing(scene: Scene, sight: Sight, most: number): AssetId[];
  /** Tiles in sight that are not what they should be. */
  waiting(sight: Sight): number;
}

export function createCompositor(extent: Extent, isHere: (id: AssetId) => boolean): Compositor {
  const levels = createCompositeLevels(extent);
  const whole = { x: 0, y: 0, ...extent };
  /** Stale parts by tile of level 0. */
  const stale = new Map<number, Region>();
  const key = (column: number, row: number): number => row * levels.columns + column;
  const pixels = new ImageData(tileSidePx, tileSidePx);

  function markStale(region: Region): void {
    for (const { column, row, part } of tilesTouched(region, extent)) {
      stale.set(key(column, row), unionOf(stale.get(key(column, row)) ?? part, part));
    }
  }
  markStale(whole);

  /** Tiles in sight that must be composited, nearest to the middle first. */
  function queue({ region, level }: Sight): { column: number; row: number; part: Region }[] {
    const middle = { x: region.x + region.width / 2, y: region.y + region.height / 2 };
    const found = [];
    for (const tile of tilesTouched(region, extent)) {
      const part = stale.get(key(tile.column, tile.row)) ?? (level === 0 && !levels.has(0, tile.column, tile.row) ? wholeTile(tile.column, tile.row) : undefined);
      if (!part) continue;
      const distance = Math.hypot((tile.column + 0.5) * tileSidePx - middle.x, (tile.row + 0.5) * tileSidePx - middle.y);
      found.push({ ...tile, part, distance });
    }
    return found.sort((a, b) => a.distance - b.distance);
  }

  function wholeTile(column: number, row: number): Region {
    const [x, y] = [column * tileSidePx, row * tileSidePx];
    return { x, y, width: Math.min(tileSidePx, extent.width - x), height: Math.min(tileSidePx, extent.height - y) };
  }

  function isReady({ record, access, hidden }: Scene, part: Region): boolean {
    return neededAssets(record, part, access.raster, { hidden }).every(isHere);
  }

  function draw(scene: Scene, column: number, row: number, part: Region): void {
    compose(scene, levels.has(0, column, row) ? part : wholeTile(column, row)); // A dropped tile comes back whole.
    stale.delete(key(column, row));
  }

  /** A region inside one tile. */
  function compose(scene: Scene, region: Region): void {
    const surface = scene.composite?.(region) ?? compositeGroup(scene.record, region, scene.access, { hidden: scene.hidden });
    const image = region.width === tileSidePx && region.height === tileSidePx ? pixels : new ImageData(region.width, region.height);
    writeRgba8(surface, image.data);
    levels.put(image, region.x, region.y);
  }

  return {
    levels,
    stale: markStale,
    refresh: (scene, parts) => {
      let drawn = emptyRegion;
      for (const whole of parts) {
        for (const { column, row, part } of tilesTouched(whole, extent)) {
          const isWaiting = stale.has(key(column, row)) || !levels.has(0, column, row) || !isReady(scene, part);
          if (isWaiting) {
            markStale(part); // Drawn with the rest of its tile.
            continue;
          }
          compose(scene, part);
          drawn = unionOf(drawn, part);
        }
      }
      return drawn;
    },
    work: (scene, sight, untilMs) => {
      const drawn: Region[] = [];
      for (const { column, row, part } of queue(sight)) {
        if (performance.now() >= untilMs && drawn.length > 0) break; // One at least: a stroke over a stale tile is seen.
        if (!isReady(scene, part)) continue;
        draw(scene, column, row, part);
        drawn.push(part);
      }
      return drawn;
    },
    missing: (scene, sight, most) => {
      const ids = new Set<AssetId>();
      for (const { part } of queue(sight)) {
        for (const id of neededAssets(scene.record, part, scene.access.raster, { hidden: scene.hidden })) if (!isHere(id)) ids.add(id);
        if (ids.size >= most) break;
      }
      return [...ids];
    },
    waiting: (sight) => queue(sight).length,
  };
}
