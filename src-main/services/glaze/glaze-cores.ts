// How a stale region of a pass is cut into cores: their sizes, where they start, and the windows through which they are painted.
import type { Extent, Region } from '../../contract/image.ts';
import type { StyleRunner } from '../../engine/styles/style-engine.ts';
import type { Tile } from '../../engine/tiling/plan.ts';
import { overlapOf } from '../../raster/region.ts';
import { cellPx } from './glaze-cells.ts';

/**
 * Sides of the cores where every size of a window takes a session: 224 is what the passes before the last have to do for
 * 256 px of the result, 272 are 256 px that start between cells, the last is what whole pictures are painted with.
 * Elsewhere cores are as large as what is stale, up to the last.
 */
export const coreSidesPx = [224, 256 + cellPx, 512] as const;

/** What cores of a pass keep to. */
export interface CorePlan {
  readonly frame: Extent;
  readonly runner: Pick<StyleRunner, 'tiling'>;
  readonly haloPx: number;
  /** Cores start on multiples of this. */
  readonly alignPx: number;
}

/** Cores that cover a stale region, each with its window. */
export function coresOf({ frame, alignPx, haloPx, runner }: CorePlan, stale: Region): Tile[] {
  const { fixed, anySize = false } = runner.tiling;
  const across = axisOf(stale.x, stale.width, { length: frame.width, alignPx, haloPx, anySize, fixedPx: fixed?.width });
  const down = axisOf(stale.y, stale.height, { length: frame.height, alignPx, haloPx, anySize, fixedPx: fixed?.height });
  return down.starts.flatMap((y) =>
    across.starts.map((x) => ({
      core: overlapOf({ x, y, width: across.corePx, height: down.corePx }, { x: 0, y: 0, ...frame }),
      window: { x: x - haloPx, y: y - haloPx, width: across.windowPx, height: down.windowPx },
    })),
  );
}

interface AxisCores {
  readonly starts: readonly number[];
  readonly corePx: number;
  readonly windowPx: number;
}

/** One side of a frame, and what its windows must be like. */
interface Axis {
  readonly length: number;
  readonly alignPx: number;
  readonly haloPx: number;
  readonly anySize: boolean;
  readonly fixedPx: number | undefined;
}

function axisOf(start: number, size: number, axis: Axis): AxisCores {
  const { alignPx, haloPx, fixedPx } = axis;
  const from = Math.floor(start / alignPx) * alignPx;
  const wanted = start + size - from;
  const corePx = coreOf(wanted, axis);
  const count = Math.ceil(wanted / corePx);
  return { starts: Array.from({ length: count }, (_, i) => from + i * corePx), corePx, windowPx: fixedPx ?? corePx + 2 * haloPx };
}

function coreOf(wantedPx: number, { length, alignPx, haloPx, anySize, fixedPx }: Axis): number {
  if (fixedPx !== undefined) return Math.max(alignPx, Math.floor((fixedPx - 2 * haloPx) / alignPx) * alignPx);
  const [, , largest] = coreSidesPx;
  if (anySize) return roundUp(wantedPx / Math.ceil(wantedPx / largest), alignPx);
  const side = coreSidesPx.find((px) => roundUp(px, alignPx) >= wantedPx) ?? largest;
  return Math.min(roundUp(side, alignPx), roundUp(length, alignPx));
}

/** Pieces of a region of cells that one core paints. */
export function piecesOf(stale: Region): Region[] {
  const [, side] = coreSidesPx;
  const pieces: Region[] = [];
  for (let y = stale.y; y < stale.y + stale.height; y += side) {
    for (let x = stale.x; x < stale.x + stale.width; x += side) pieces.push(overlapOf({ x, y, width: side, height: side }, stale));
  }
  return pieces;
}

/** Where cores may start: on cells, and on multiples of what the network takes. */
export function alignOf(multiple: number): number {
  return leastCommonMultiple(cellPx, multiple);
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
