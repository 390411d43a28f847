// Cuts a frame into tiles: cores that cover it exactly once, and equal windows that give every core its neighbours.
import { StudioError } from '../../contract/fault.ts';
import type { Extent, Region } from '../../contract/image.ts';

export interface TileNeeds {
  /** Wished side of a core in px; the plan takes the nearest that divides the frame evenly and fits `multiple`. */
  readonly tilePx: number;
  /** Real neighbours on every side of a core. */
  readonly haloPx: number;
  /** Window origins and sizes are multiples of this, counted from the frame's origin. */
  readonly multiple: number;
  /** Windows must have exactly this size. */
  readonly fixed?: Extent;
}

export interface Tile {
  /** Written by this tile, inside the frame. */
  readonly core: Region;
  /** Read by this tile; may reach past the frame's edges, where the picture is reflected. */
  readonly window: Region;
}

export interface TilePlan {
  /** Size of every window: one shape, so that a session meets one shape per frame. */
  readonly window: Extent;
  /** Row by row, left to right. */
  readonly tiles: readonly Tile[];
}

/**
 * Tiles of a frame. Cores are evened out, so that no sliver costs a whole window.
 * Throws graph.illegal when a fixed window leaves no core between its halos.
 */
export function planTiles(frame: Extent, needs: TileNeeds): TilePlan {
  const across = planAxis(frame.width, needs, needs.fixed?.width);
  const down = planAxis(frame.height, needs, needs.fixed?.height);
  const window = { width: across.windowPx, height: down.windowPx };
  const tiles = down.cores.flatMap((y) =>
    across.cores.map((x) => ({
      core: { x: x.start, y: y.start, width: x.length, height: y.length },
      window: { x: x.start - across.haloPx, y: y.start - down.haloPx, ...window },
    })),
  );
  return { window, tiles };
}

interface AxisPlan {
  readonly cores: readonly { readonly start: number; readonly length: number }[];
  readonly haloPx: number;
  readonly windowPx: number;
}

function planAxis(length: number, needs: TileNeeds, fixedPx?: number): AxisPlan {
  const { multiple } = needs;
  const haloPx = roundUp(needs.haloPx, multiple);
  const most = fixedPx === undefined ? roundUp(needs.tilePx, multiple) : roundDown(fixedPx - 2 * haloPx, multiple);
  if (most <= 0) throw new StudioError('graph.illegal', { reason: `a window of ${fixedPx ?? 0} px leaves nothing between halos of ${haloPx} px` });
  const count = Math.ceil(length / most);
  const step = roundUp(Math.ceil(length / count), multiple);
  const cores = [];
  for (let start = 0; start < length; start += step) cores.push({ start, length: Math.min(step, length - start) });
  return { cores, haloPx, windowPx: fixedPx ?? step + 2 * haloPx };
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

function roundDown(value: number, multiple: number): number {
  return Math.floor(value / multiple) * multiple;
}
