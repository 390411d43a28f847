// Coverage kept tile by tile of the document's grid, as bytes: of what was moved, or is.
import type { LayerId, Raster } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import { emptyRegion, unionOf } from '../../../src-main/raster/region.ts';
import { placesIn, readRaster, tiledRegion, tilesIn, type BytesOf } from '../../../src-main/raster/tiles.ts';
import type { WetPaint } from './wet-strokes.ts';

const grid = { x: 0, y: 0 };

/** Bytes of a region inside one tile, row by row: 255 covers wholly. */
export interface CoveredTile {
  readonly region: Region;
  readonly shares: Uint8Array;
}

/** By place on the document's grid; its coverage is asked for inside one tile at a time. */
export function tileCoverage(tiles: ReadonlyMap<string, CoveredTile>, glazes: ReadonlySet<LayerId>): WetPaint {
  const whole = [...tiles.values()].map(({ region }) => region).reduce(unionOf, emptyRegion);
  return {
    glazes,
    region: () => whole,
    coverage: (part) => {
      const tile = tiles.get(placesIn(grid, part)[0]?.place ?? '');
      if (!tile) return undefined;
      const { region, shares } = tile;
      return Float32Array.from({ length: part.width * part.height }, (_, i) => {
        const [x, y] = [part.x + (i % part.width) - region.x, part.y + Math.floor(i / part.width) - region.y];
        return x < 0 || y < 0 || x >= region.width || y >= region.height ? 0 : shares[y * region.width + x]! / 255;
      });
    },
  };
}

/** Where two states of a layer's pixels differ within a region; a tile that is not in memory differs everywhere. */
export function changedPaint(before: Raster, after: Raster, within: Region, glazes: ReadonlySet<LayerId>, bytes: BytesOf): WetPaint {
  const tiles = new Map<string, CoveredTile>();
  for (const { place, region } of placesIn(grid, unionOf(tiledRegion(before), tiledRegion(after)))) {
    if (region.x + region.width <= within.x || region.y + region.height <= within.y || region.x >= within.x + within.width || region.y >= within.y + within.height) continue;
    const shares = differing(before, after, region, bytes);
    if (shares.some((share) => share > 0)) tiles.set(place, { region, shares });
  }
  return tileCoverage(tiles, glazes);
}

function differing(before: Raster, after: Raster, region: Region, bytes: BytesOf): Uint8Array {
  const shares = new Uint8Array(region.width * region.height);
  if ([before, after].some((raster) => tilesIn(raster, region).some(({ id }) => !bytes(id)))) return shares.fill(255);
  const [a, b] = [before, after].map((raster) => readRaster(raster, region, bytes).data);
  for (let i = 0; i < shares.length; i++) {
    for (let at = i * 4; at < i * 4 + 4; at++) if (a![at] !== b![at]) shares[i] = 255;
  }
  return shares;
}
