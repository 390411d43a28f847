// Strokes beneath a glaze, shown as they were painted until the glaze's paint of them has come.
import { rootId, type DocumentRecord, type LayerId } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import type { GlazeTiles } from '../../../src-main/contract/studio-api.ts';
import { clippingBase, parentOf, stretchOf } from '../../../src-main/raster/clipping-group.ts';
import { compositeGroup, type PixelAccess } from '../../../src-main/raster/composite.ts';
import type { CoverageOf } from '../../../src-main/raster/coverage.ts';
import { addShrunk, spreadRegion } from '../../../src-main/raster/shrunk.ts';
import type { Surface } from '../../../src-main/raster/surface.ts';
import { overlapOf } from '../../../src-main/raster/region.ts';
import { placesIn } from '../../../src-main/raster/tiles.ts';

/** What of a stroke shows through. */
export interface WetPaint {
  readonly coverage: CoverageOf;
  /** Glazes that restyle it. */
  readonly glazes: ReadonlySet<LayerId>;
  region(): Region;
}

export interface WetStrokes {
  /** A stroke is in the document now. */
  keep(paint: WetPaint): void;
  /** New paint of a glaze has come; answers where strokes no longer show through. */
  dry(paint: Pick<GlazeTiles, 'layer' | 'tiles' | 'atRest'>): Region[];
  clear(): void;
  /** Whether something shows through. */
  isWet(live: WetPaint | undefined): boolean;
  /** Lays what is wet over a composite, whose px are squares of `shrink` px. */
  over(surface: Surface, record: DocumentRecord, access: PixelAccess, hidden: ReadonlySet<LayerId>, live: WetPaint | undefined, shrink?: number): Surface;
}

/** Paint that comes sooner after a stroke is taken to be of what was there before it, ms. */
const soonMs = 150;
const grid = { x: 0, y: 0 };

/** Visible glazes that restyle a layer. */
export function glazesAbove(record: DocumentRecord, layer: LayerId): ReadonlySet<LayerId> {
  const found = new Set<LayerId>();
  for (let at = layer; at !== rootId; at = parentOf(record, at)) {
    for (const { base, clipped } of stretchOf(record, { above: clippingBase(record, at) })) {
      for (const { id, kind, visible } of [base, ...clipped]) if (kind === 'glaze' && visible) found.add(id);
    }
  }
  return found;
}

interface Kept extends WetPaint {
  readonly sinceMs: number;
  /** Tiles that are still wet. */
  readonly places: Map<string, Region>;
}

export function createWetStrokes(now: () => number = () => performance.now()): WetStrokes {
  let kept: Kept[] = [];

  return {
    keep: ({ coverage, glazes, region }) => {
      if (glazes.size === 0) return;
      kept.push({ coverage, glazes, region, sinceMs: now(), places: new Map(placesIn(grid, region()).map((tile) => [tile.place, tile.region])) });
    },
    dry: ({ layer, tiles, atRest }) => {
      const dried: Region[] = [];
      for (const { glazes, places, sinceMs } of kept) {
        if (!glazes.has(layer) || (!atRest && now() - sinceMs < soonMs)) continue;
        for (const place of atRest ? [...places.keys()] : Object.keys(tiles)) {
          const region = places.get(place);
          if (region && places.delete(place)) dried.push(region);
        }
      }
      kept = kept.filter(({ places }) => places.size > 0);
      return dried;
    },
    clear: () => void (kept = []),
    isWet: (live) => kept.length > 0 || (live?.glazes.size ?? 0) > 0,
    over: (surface, record, access, hidden, live, shrink = 1) => {
      const shares = [
        ...kept.map(({ coverage, glazes, places }) => ({ share: shareOf(coverage, surface.region, shrink, places), glazes })),
        ...(live && live.glazes.size > 0 ? [{ share: shareOf(live.coverage, surface.region, shrink), glazes: live.glazes }] : []),
      ].flatMap(({ share, glazes }) => (share ? [{ share, glazes }] : []));
      if (shares.length === 0) return surface;
      const bare = new Set([...hidden, ...shares.flatMap(({ glazes }) => [...glazes])]);
      return shownThrough(surface, compositeGroup(record, surface.region, access, { hidden: bare, shrink }), shares.map(({ share }) => share));
    },
  };
}

/** How much of a region's px a stroke covers, in these tiles alone; undefined: nothing. */
function shareOf(coverage: CoverageOf, region: Region, shrink: number, places?: ReadonlyMap<string, Region>): Float32Array | undefined {
  let share: Float32Array | undefined;
  const full = spreadRegion(region, shrink);
  for (const { place, region: tile } of placesIn(grid, full)) {
    const part = overlapOf(tile, full);
    const covered = !places || places.has(place) ? coverage(part) : undefined;
    if (!covered?.some((each) => each > 0)) continue;
    share ??= new Float32Array(region.width * region.height);
    addShrunk(covered, part, share, region, shrink);
  }
  return share;
}

/** `bare` as far as one of the shares goes. */
function shownThrough(surface: Surface, bare: Surface, shares: readonly Float32Array[]): Surface {
  const data = surface.data.slice();
  for (let i = 0; i < data.length; i += 4) {
    const share = shares.reduce((most, each) => Math.max(most, each[i / 4]!), 0);
    if (share === 0) continue;
    for (let channel = i; channel < i + 4; channel++) data[channel] = data[channel]! + share * (bare.data[channel]! - data[channel]!);
  }
  return { ...surface, data };
}
