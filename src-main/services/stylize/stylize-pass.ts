// One pass over the picture at one scale: tile by tile from spool to spool.
import { StudioError } from '../../contract/fault.ts';
import type { Extent, Region } from '../../contract/image.ts';
import { coarseRegionOf, detailMarginPx, detailRegionOf, joinDetail } from '../../engine/image/detail-band.ts';
import type { Spool } from '../../engine/image/spool.ts';
import type { StyleRunner } from '../../engine/styles/style-engine.ts';
import { cropPatch, pixelsOf, type Patch } from '../../engine/tensor/layout.ts';
import { planTiles, type Tile, type TilePlan } from '../../engine/tiling/plan.ts';
import { readWindow, type PlaneSource } from '../../engine/tiling/window.ts';
import type { PlacedMasks } from './stylize-masks.ts';

/** What a pass paints with, whatever its tiles. */
export interface PassScene {
  readonly frame: Extent;
  /** What the network is shown. */
  readonly content: PlaneSource;
  /** What the pass before has painted; nothing in the first. */
  readonly coarse?: PlaneSource;
  readonly masks?: PlacedMasks;
  /** As of WindowInput. */
  readonly quietly?: boolean;
}

export interface PaintPass extends PassScene {
  readonly plan: TilePlan;
}

/** The tiles of a pass: a finer one needs a margin more, to be joined with the coarse one. */
export function planPass(frame: Extent, coarse: Extent | undefined, runner: StyleRunner, tilePx: number): TilePlan {
  const marginPx = coarse ? detailMarginPx(frame, coarse) : 0;
  return planTiles(frame, { ...runner.tiling, haloPx: runner.tiling.haloPx + marginPx, tilePx });
}

/**
 * Paints a frame into a spool of its size, three channels. Bit-identical for every tiling, as far as the runner is.
 * Throws tensor.shape-mismatch | session.*, what `afterTile` throws, disk.*.
 */
export async function paintPass(pass: PaintPass, runner: StyleRunner, into: Spool, afterTile: (window: Extent) => Promise<void>): Promise<void> {
  for (const { core, window } of pass.plan.tiles) {
    await paintCore(pass, runner, { core, window }, into);
    await afterTile(window);
  }
}

/** One core through its window, which reaches past it as planPass says. Bit-identical for every window that does. Throws as paintPass. */
export async function paintCore(scene: PassScene, runner: StyleRunner, { core, window }: Tile, into: Spool): Promise<void> {
  const painted = await paintWindow(scene, runner, window);
  const result = scene.coarse ? joined(painted, scene.coarse, scene.frame, core) : cropPatch(painted, core);
  into.writeRegion(core, pixelsOf(result.planes, into.shape.depth));
}

async function paintWindow(pass: PassScene, runner: StyleRunner, window: Region): Promise<Patch> {
  const picture = readWindow(pass.content, window).planes;
  const masks = pass.masks?.read(window, pass.frame);
  const planes = await runner.paint({ picture, place: window, frame: pass.frame, ...(masks ? { masks } : {}), ...(pass.quietly ? { quietly: true } : {}) });
  if (planes.shape.join() !== picture.shape.join()) {
    throw new StudioError('tensor.shape-mismatch', { expected: picture.shape.join('×'), got: planes.shape.join('×') });
  }
  return { place: window, planes };
}

/** The content of a finer pass: the coarse paint enlarged, with the fine detail of what is kept of the picture. */
export function finerContent(frame: Extent, coarse: PlaneSource, kept: PlaneSource): PlaneSource {
  return {
    frame,
    read(region) {
      const patch = joined(kept.read(detailRegionOf(region, frame, coarse.frame)), coarse, frame, region);
      const { data } = patch.planes;
      for (let i = 0; i < data.length; i++) data[i] = data[i]! <= 0 ? 0 : data[i]! >= 1 ? 1 : data[i]!;
      return patch;
    },
  };
}

function joined(fine: Patch, coarse: PlaneSource, frame: Extent, region: Region): Patch {
  const cells = coarseRegionOf(region, frame, coarse.frame);
  return joinDetail({ fine, frame, coarse: coarse.read(cells), coarseFrame: coarse.frame }, region);
}
