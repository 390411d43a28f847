// What lies beneath and above the layer in hand, composited once and kept from stroke to stroke while nothing of it changes.
import type { DocumentRecord, LayerId } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import { stretchOf } from '../../../src-main/raster/clipping-group.ts';
import { compositeGroup, neededAssets, type PixelAccess } from '../../../src-main/raster/composite.ts';
import { shrunkRegion, spreadRegion } from '../../../src-main/raster/shrunk.ts';
import type { Surface } from '../../../src-main/raster/surface.ts';
import { createSurfaceCache, type SurfaceCache } from './surface-cache.ts';

/** Tiles that are kept of each, 1 MB each. */
const mostTiles = 48;

/** Of one layer of the root, with what is clipped to it. */
export interface Backdrop {
  /** Surfaces of the tile around a region inside one tile, in squares of `shrink` px; right inside the region alone. */
  beneath(region: Region, shrink: number): Surface;
  /** Undefined where something above blends by more than its alpha: it must be composited over each new state. */
  above(region: Region, shrink: number): Surface | undefined;
}

/** What a backdrop is of; `isHere`: whether a tile's pixels can be read now. */
export interface BackdropScene {
  readonly record: DocumentRecord;
  readonly base: LayerId;
  readonly access: PixelAccess;
  readonly hidden: ReadonlySet<LayerId>;
}

export interface Backdrops {
  of(scene: BackdropScene): Backdrop;
  /** Pixels of some layer look different here. */
  stale(region: Region): void;
  clear(): void;
}

interface Caches {
  readonly beneath: SurfaceCache;
  readonly above: SurfaceCache;
}

export function createBackdrops(isHere: (id: string) => boolean = () => true): Backdrops {
  let scene: BackdropScene | undefined;
  let backdrop: Backdrop | undefined;
  const byShrink = new Map<number, Caches>();

  function cacheOf(side: 'beneath' | 'above', shrink: number): SurfaceCache {
    const make = (region: Region): Surface => {
      const { record, base, access, hidden } = scene!; // Of the scene asked for last: only what it composites differs from earlier ones'.
      return compositeGroup(record, region, access, { [side]: base, hidden, shrink });
    };
    const isReady = (region: Region): boolean => {
      const { record, base, access, hidden } = scene!;
      return neededAssets(record, spreadRegion(region, shrink), access.raster, { [side]: base, hidden }).every(isHere);
    };
    return createSurfaceCache(make, mostTiles, isReady);
  }

  function cachesOf(shrink: number): Caches {
    let caches = byShrink.get(shrink);
    if (!caches) byShrink.set(shrink, (caches = { beneath: cacheOf('beneath', shrink), above: cacheOf('above', shrink) }));
    return caches;
  }

  return {
    of: (next) => {
      const isSame = scene && backdrop && scene.base === next.base && sameSet(scene.hidden, next.hidden);
      if (!isSame) byShrink.clear();
      if (isSame && scene?.record === next.record) return backdrop!;
      scene = next;
      // Laid over as one picture where nothing of it blends but by its alpha.
      const isPlain = stretchOf(next.record, { above: next.base }).every(({ base }) => base.blend === 'normal' || !base.visible);
      return (backdrop = {
        beneath: (region, shrink) => cachesOf(shrink).beneath.around(region),
        above: (region, shrink) => (isPlain ? cachesOf(shrink).above.around(region) : undefined),
      });
    },
    stale: (region) => {
      for (const [shrink, { beneath, above }] of byShrink) for (const cache of [beneath, above]) cache.drop(shrunkRegion(region, shrink));
    },
    clear: () => {
      byShrink.clear();
      scene = backdrop = undefined;
    },
  };
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a === b || (a.size === b.size && [...a].every((each) => b.has(each)));
}
