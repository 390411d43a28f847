// Composites that stay the same for a while, kept by tile and made only where they are asked for.
import { tileSidePx } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import { emptyRegion, holds, isEmpty, overlapOf, unionOf } from '../../../src-main/raster/region.ts';
import { createSurface, type Surface } from '../../../src-main/raster/surface.ts';

export interface SurfaceCache {
  /** The surface of the tile around a region that lies inside one tile; right inside the region, elsewhere perhaps not made yet. */
  around(region: Region): Surface;
  /** Forgets the tiles that a region touches. */
  drop(region: Region): void;
  clear(): void;
}

interface Kept {
  readonly surface: Surface;
  made: Region;
}

/** `mostTiles`: 1 MB each. `isReady`: whether a region can be made as it should be; more than was asked for is made only then. */
export function createSurfaceCache(make: (region: Region) => Surface, mostTiles: number, isReady: (region: Region) => boolean = () => true): SurfaceCache {
  const kept = new Map<string, Kept>();
  return {
    around: (region) => {
      const [column, row] = [Math.floor(region.x / tileSidePx), Math.floor(region.y / tileSidePx)];
      const key = `${column},${row}`;
      let tile = kept.get(key);
      if (!tile) {
        if (kept.size >= mostTiles) kept.delete([...kept.keys()][0] ?? '');
        tile = { surface: createSurface({ x: column * tileSidePx, y: row * tileSidePx, width: tileSidePx, height: tileSidePx }), made: emptyRegion };
        kept.set(key, tile);
      }
      if (!holds(tile.made, region) || isEmpty(tile.made)) {
        const wanted = unionOf(tile.made, region);
        if (!isReady(wanted)) {
          put(tile.surface, make(region));
          return tile.surface;
        }
        for (const part of without(wanted, tile.made)) put(tile.surface, make(part));
        tile.made = wanted;
      }
      return tile.surface;
    },
    drop: (region) => {
      for (const [key, { surface }] of kept) if (!isEmpty(overlapOf(surface.region, region))) kept.delete(key);
    },
    clear: () => kept.clear(),
  };
}

/** The parts of a region outside an inner one: at most four. */
function without(outer: Region, inner: Region): Region[] {
  if (isEmpty(inner)) return [outer];
  const cut = overlapOf(outer, inner);
  const right = outer.x + outer.width;
  const cutRight = cut.x + cut.width;
  return [
    { x: outer.x, y: outer.y, width: outer.width, height: cut.y - outer.y },
    { x: outer.x, y: cut.y + cut.height, width: outer.width, height: outer.y + outer.height - cut.y - cut.height },
    { x: outer.x, y: cut.y, width: cut.x - outer.x, height: cut.height },
    { x: cutRight, y: cut.y, width: right - cutRight, height: cut.height },
  ].filter((part) => !isEmpty(part));
}

function put(into: Surface, part: Surface): void {
  const { region } = part;
  for (let y = 0; y < region.height; y++) {
    const from = y * region.width * 4;
    into.data.set(part.data.subarray(from, from + region.width * 4), ((region.y - into.region.y + y) * into.region.width + region.x - into.region.x) * 4);
  }
}
