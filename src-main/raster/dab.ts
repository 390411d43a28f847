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
  eachCoverageTile(tiles, touched, (tile, covers, part) => stampTile(tile, covers, part, dab));
  return touched;
}

function stampTile(tile: Float32Array, covers: Region, part: Region, dab: Dab): void {
  const radius = Math.max(dab.radius, 0.5);
  const area = Math.min(1, (2 * dab.radius) ** 2);
  const outer = radius + 0.5;
  const inner = Math.max(0, Math.min(radius * dab.hardness, radius - 0.5));
  const perWidth = 1 / (outer - inner);
  const cos = Math.cos(dab.angle);
  const sin = Math.sin(dab.angle);
  const { limit, flow } = dab;
  const step = (flow ?? 1) * area;
  for (let y = part.y; y < part.y + part.height; y++) {
    const dy = y + 0.5 - dab.y;
    let at = (y - covers.y) * tileSidePx + part.x - covers.x;
    for (let x = part.x; x < part.x + part.width; x++, at++) {
      const dx = x + 0.5 - dab.x;
      const along = cos * dx + sin * dy;
      const across = (cos * dy - sin * dx) / dab.roundness;
      const square = along * along + across * across;
      if (square >= outer * outer) continue;
      const u = Math.max(0, (Math.sqrt(square) - inner) * perWidth);
      const share = (1 - u * u * (3 - 2 * u)) * step;
      const before = tile[at];
      if (flow === undefined) tile[at] = Math.max(before, limit * share);
      else if (before < limit) tile[at] = before + (limit - before) * share;
    }
  }
}
