// How much of every pixel a stroke or a fill covers: sparse tiles of shares in [0,1] on the document's grid.
import { tileSidePx } from '../contract/document.ts';
import type { Region } from '../contract/image.ts';
import { overlapOf } from './region.ts';
import { placesIn } from './tiles.ts';

/** Shares in [0,1] of a region's pixels, row by row; undefined: nothing is covered. */
export type CoverageOf = (region: Region) => Float32Array | undefined;

/** Tiles by place on the grid that starts at (0, 0); an absent one is 0 everywhere. */
export type CoverageTiles = Map<string, Float32Array>;

const grid = { x: 0, y: 0 };
/** Tiles of ended strokes, cleared: memory asked for anew at every stroke makes the collector come by while the pen is down. */
const spare: Float32Array[] = [];
const mostSpare = 32;

/** Gives tiles back that nobody reads any more; the map is empty then. */
export function releaseCoverage(tiles: CoverageTiles): void {
  for (const tile of tiles.values()) if (spare.length < mostSpare) spare.push(tile.fill(0));
  tiles.clear();
}

/** Calls with every tile that a region touches, made where it was absent, and the part of the region in it. */
export function eachCoverageTile(tiles: CoverageTiles, region: Region, visit: (tile: Float32Array, covers: Region, part: Region) => void): void {
  for (const { place, region: covers } of placesIn(grid, region)) {
    let tile = tiles.get(place);
    if (!tile) tiles.set(place, (tile = spare.pop() ?? new Float32Array(tileSidePx * tileSidePx)));
    visit(tile, covers, overlapOf(covers, region));
  }
}

/** A region of coverage tiles; undefined where none of them is touched. */
export function readCoverage(tiles: CoverageTiles, region: Region): Float32Array | undefined {
  let read: Float32Array | undefined;
  for (const { place, region: covers } of placesIn(grid, region)) {
    const tile = tiles.get(place);
    if (!tile) continue;
    read ??= new Float32Array(region.width * region.height);
    const part = overlapOf(covers, region);
    for (let y = part.y; y < part.y + part.height; y++) {
      const from = (y - covers.y) * tileSidePx + part.x - covers.x;
      read.set(tile.subarray(from, from + part.width), (y - region.y) * region.width + part.x - region.x);
    }
  }
  return read;
}

/** Coverage only where another covers, too: the product of both. */
export function coverageWithin(coverage: CoverageOf, bound: CoverageOf): CoverageOf {
  return (region) => {
    const own = coverage(region);
    const shown = own && bound(region);
    return shown && own.map((share, index) => share * shown[index]);
  };
}
