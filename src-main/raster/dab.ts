// One touch of a round brush: which pixels it covers and how much of each.
import { tileSidePx } from '../contract/document.ts';
import type { Region } from '../contract/image.ts';
import { eachCoverageTile, type CoverageTiles } from './coverage.ts';
import { overlapOf, wholeRegion } from './region.ts';

/** Document px; the pixel (0, 0) has its centre at (0.5, 0.5). */
export interface Dab {
  readonly x: number;
  readonly y: number;
  /** Half the size along the longer axis, px. */
  readonly radius: number;
  /** 1: full up to the edge; 0: falls off from the centre. */
  readonly hardness: number;
  /** Shorter axis over the longer one, above 0 to 1. */
  readonly roundness: number;
  /** Of the longer axis, radians, clockwise from the x axis. */
  readonly angle: number;
  /** Coverage that is never exceeded, 0..1. */
  readonly limit: number;
  /** Share of the way to the limit that one dab goes at its centre; undefined: the largest of all dabs counts, nothing builds up. */
  readonly flow: number | undefined;
}

/** Pixels that a dab may touch. */
export function dabRegion({ x, y, radius }: Dab): Region {
  const reach = Math.max(radius, 0.5) + 0.5;
  return wholeRegion(x - reach, y - reach, x + reach, y + reach);
}

/**
 * Adds a dab to coverage, within a region; answers the pixels that may have changed. Edges are a pixel wide at least; a dab
 * smaller than a pixel covers less of it. Depends on absolute positions alone.
 */
export function stampDab(tiles: CoverageTiles, dab: Dab, within: Region): Region {
  const touched = overlapOf(dabRegion(dab), within);
  const footprint = footprintOf(dab);
  eachCoverageTile(tiles, touched, (tile, covers, part) => stampTile(tile, covers, part, footprint, dab));
  return touched;
}

/** A dab's shares of pixels, to be asked for row by row. */
export interface Footprint {
  /** Nothing is covered further from the centre than this, px. */
  readonly reach: number;
  /**
   * Writes how much is covered of the pixels from `x` on in row `y`, 0..1, without limit and flow. `into` has `count` values
   * at least.
   */
  row(x: number, y: number, count: number, into: Float32Array): void;
}

/** How much a dab covers of any pixel, by its shape alone. */
export function footprintOf({ x: middleX, y: middleY, radius: given, hardness, roundness, angle }: Dab): Footprint {
  const radius = Math.max(given, 0.5);
  const area = Math.min(1, (2 * given) ** 2);
  const outer = radius + 0.5;
  const inner = Math.max(0, Math.min(radius * hardness, radius - 0.5));
  const perWidth = 1 / (outer - inner);
  const [outerSquare, innerSquare] = [outer * outer, inner * inner];
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return {
    reach: outer,
    row: (x, y, count, into) => {
      const dy = y + 0.5 - middleY;
      for (let i = 0; i < count; i++) {
        const dx = x + i + 0.5 - middleX;
        const along = cos * dx + sin * dy;
        const across = (cos * dy - sin * dx) / roundness;
        const square = along * along + across * across;
        if (square >= outerSquare) into[i] = 0;
        else if (square <= innerSquare) into[i] = area;
        else {
          const u = (Math.sqrt(square) - inner) * perWidth;
          into[i] = (1 - u * u * (3 - 2 * u)) * area;
        }
      }
    },
  };
}

const shares = new Float32Array(tileSidePx);

function stampTile(tile: Float32Array, covers: Region, part: Region, footprint: Footprint, { limit, flow }: Dab): void {
  for (let y = part.y; y < part.y + part.height; y++) {
    const start = (y - covers.y) * tileSidePx + part.x - covers.x;
    footprint.row(part.x, y, part.width, shares);
    if (flow === undefined) keepLarger(tile, start, part.width, limit);
    else buildUp(tile, start, part.width, limit, flow);
  }
}

// Both take the row of `shares`.

function keepLarger(tile: Float32Array, start: number, width: number, limit: number): void {
  for (let i = 0; i < width; i++) {
    const share = limit * shares[i];
    if (share > tile[start + i]) tile[start + i] = share;
  }
}

function buildUp(tile: Float32Array, start: number, width: number, limit: number, flow: number): void {
  for (let i = 0; i < width; i++) {
    const before = tile[start + i];
    if (before < limit) tile[start + i] = before + (limit - before) * shares[i] * flow;
  }
}
