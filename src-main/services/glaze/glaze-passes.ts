// The passes of a glaze, kept: a change makes parts of them stale, and what is asked for is painted anew and nothing else.
import type { Extent, PixelBuffer, Region } from '../../contract/image.ts';
import { coarseRegionOf, detailMarginPx, detailRegionOf } from '../../engine/image/detail-band.ts';
import { sourceRegionOf } from '../../engine/image/resample.ts';
import type { Spool } from '../../engine/image/spool.ts';
import type { StyleRunner } from '../../engine/styles/style-engine.ts';
import { tensor } from '../../engine/tensor/tensor.ts';
import type { Tile } from '../../engine/tiling/plan.ts';
import { innerRegion } from '../../engine/tiling/window.ts';
import { grownBy, overlapOf, unionOf } from '../../raster/region.ts';
import { cellPx, dirtyCells, type DirtyCells } from './glaze-cells.ts';
import { alignOf, coresOf, coreSidesPx, roundUp, type CorePlan } from './glaze-cores.ts';
import { footprintOf, type GlazePicture } from './glaze-picture.ts';
import type { SpoolShelf } from './glaze-spools.ts';
import { planesFrom } from '../stylize/stylize-artwork.ts';
import { finishRegion } from '../stylize/stylize-finish.ts';
import { keptOf } from '../stylize/stylize-kept.ts';
import type { PlacedMasks } from '../stylize/stylize-masks.ts';
import { finerContent, paintCore, type PassScene } from '../stylize/stylize-pass.ts';

/** What does not change while the passes live. */
export interface PassesSetup {
  readonly picture: GlazePicture;
  /** Of the result. */
  readonly target: Extent;
  /** Coarse to fine; at least one. */
  readonly frames: readonly Extent[];
  /** Of the first pass, and of the finer ones: their statistics differ. */
  readonly runners: { readonly first: StyleRunner; readonly finer: StyleRunner };
  readonly strength: number;
  readonly fill: readonly number[];
  readonly masks?: PlacedMasks;
  readonly depth: 8 | 16;
  readonly shelf: SpoolShelf;
}

interface PassesScene extends PassesSetup {
  readonly quietly?: boolean | undefined;
}

export interface GlazePasses {
  /** Stale parts of the result. */
  readonly dirty: DirtyCells;
  /** Picture or masks are others in a region, in px of the picture; answers where the result may be another. */
  change(region: Region): Region;
  /** Every pass anew, with other statistics. */
  changeAll(): void;
  /** A region of the result, up to date; straight RGBA of the depth. `quietly`: as of WindowInput. Throws session.*, tensor.*, disk.*. */
  paint(region: Region, keepColours: number, quietly?: boolean): Promise<PixelBuffer>;
  /**
   * The same at once: finer passes over what is there of coarser ones, which are painted anew only where the region lies itself.
   * Nearly what `paint` gives; the region stays stale.
   */
  glance(region: Region, keepColours: number): Promise<PixelBuffer>;
  /** The same from the first pass alone, enlarged. */
  coarse(region: Region, keepColours: number): Promise<PixelBuffer>;
  /** Brings the pass with most to do nearer to its end, near a point of the result, by a piece of `sidePx`; false where little is left, which `paint` does by itself. */
  advance(x: number, y: number, sidePx: number, quietly?: boolean): Promise<boolean>;
  /** Brings the first pass up to date and gives it. */
  firstPass(): Promise<Spool>;
  /** Opens what the next stroke will need, so that it does not wait for it. */
  warm(): Promise<void>;
}

interface Pass extends CorePlan {
  readonly before: Pass | undefined;
  readonly runner: StyleRunner;
  readonly spool: Spool;
  readonly dirty: DirtyCells;
  /** Neighbours in px that joining with the pass before takes; 0 in the first. */
  readonly marginPx: number;
}

export async function glazePasses(setup: PassesSetup): Promise<GlazePasses> {
  const passes: Pass[] = [];
  for (const frame of setup.frames) passes.push(await openPass(setup, frame, passes.at(-1)));
  const [first] = passes as [Pass, ...Pass[]];
  const last = passes.at(-1)!;
  const dirty = dirtyCells(setup.target);
  dirty.markAll();
  const finish = async (scene: PassesScene, pass: Pass, region: Region, keepColours: number): Promise<PixelBuffer> => {
    await update(scene, pass, sourceRegionOf(region, pass.frame, setup.target));
    return show(pass, region, keepColours);
  };
  const show = async (pass: Pass, region: Region, keepColours: number): Promise<PixelBuffer> => {
    const { picture, target, masks, depth } = setup;
    const beneath = await picture.at(target, region);
    const painted = planesFrom(pass.spool);
    return finishRegion({ painted, picture: beneath, keepColours, ...(masks?.cover ? { cover: masks.cover } : {}) }, { ...target, channels: 4, depth }, region);
  };
  return {
    dirty,
    change(region) {
      const changed = unionOf(staleIn(setup, passes, region), footprintOf(region, setup.picture.extent, setup.target));
      dirty.mark(changed);
      return overlapOf(changed, { x: 0, y: 0, ...setup.target });
    },
    changeAll() {
      for (const pass of passes) pass.dirty.markAll();
      dirty.markAll();
    },
    paint: (region, keepColours, quietly) => finish({ ...setup, quietly }, last, region, keepColours),
    async glance(region, keepColours) {
      for (const pass of passes) await paintHere(setup, pass, pass === last ? sourceRegionOf(region, pass.frame, setup.target) : hereOf(setup, pass, region));
      return show(last, region, keepColours);
    },
    coarse: (region, keepColours) => finish(setup, first, region, keepColours),
    async advance(x, y, sidePx, quietly) {
      const busy = passes.find((pass) => pass.dirty.count * cellPx * cellPx > worthAPassPx);
      if (!busy) return false;
      const place = busy.dirty.nearest((x * busy.frame.width) / setup.target.width, (y * busy.frame.height) / setup.target.height, sidePx);
      if (place) await update({ ...setup, quietly }, busy, place);
      return true;
    },
    async firstPass() {
      await update(setup, first, { x: 0, y: 0, ...first.frame });
      return first.spool;
    },
    async warm() {
      for (const pass of passes) {
        if (!pass.runner.tiling.anySize) for (const side of coreSidesPx.slice(0, 2)) await paintNothing(setup, pass, side);
        else if (pass === first || pass === last) for (const quietly of [true, false]) await paintNothing({ ...setup, quietly }, pass, pass.alignPx);
      }
    },
  };
}

async function paintNothing({ masks, quietly = false }: PassesScene, pass: Pass, side: number): Promise<void> {
  const { frame, runner } = pass;
  const [tile] = coresOf(pass, { x: 0, y: 0, width: Math.min(side, frame.width), height: Math.min(side, frame.height) });
  if (!tile) return;
  const picture = tensor([1, 3, tile.window.height, tile.window.width]);
  await runner.paint({ picture, place: tile.window, frame, quietly, ...(masks ? { masks: masks.read(tile.window, frame) } : {}) });
}

/** With more than this stale, passes are painted one after the other in large cores; with less, as the result asks for it. */
const worthAPassPx = 600 * 600;

async function openPass({ runners, shelf }: PassesSetup, frame: Extent, before: Pass | undefined): Promise<Pass> {
  const runner = before ? runners.finer : runners.first;
  const marginPx = before ? detailMarginPx(frame, before.frame) : 0;
  const dirty = dirtyCells(frame);
  dirty.markAll();
  const { haloPx, multiple } = runner.tiling;
  return {
    frame,
    before,
    runner,
    spool: await shelf.make({ ...frame, channels: 3, depth: 16 }),
    dirty,
    marginPx,
    haloPx: roundUp(haloPx + marginPx, multiple),
    alignPx: alignOf(multiple),
  };
}

/** Marks what a change of picture or masks makes stale, pass by pass; answers the region of the result. */
function staleIn({ picture, target }: PassesSetup, passes: readonly Pass[], region: Region): Region {
  let painted: Region | undefined;
  for (const { frame, before, haloPx, marginPx, dirty } of passes) {
    const own = grownBy(footprintOf(region, picture.extent, frame), marginPx);
    const coarse = before && painted ? grownBy(footprintOf(painted, before.frame, frame), marginPx) : own;
    painted = grownBy(unionOf(own, coarse), haloPx);
    dirty.mark(painted);
  }
  const last = passes.at(-1)!;
  return footprintOf(painted!, last.frame, target);
}

/** Brings a region of a pass up to date, and of those before it what that takes. */
async function update(setup: PassesScene, pass: Pass, region: Region): Promise<void> {
  for (let stale = pass.dirty.within(region); stale; stale = pass.dirty.within(region)) {
    for (const core of coresOf(pass, stale)) {
      await paintStale(setup, pass, core);
      pass.dirty.clear(core.core);
    }
  }
}

/** Where a pass shows a region of the result itself, its neighbours left out. */
function hereOf({ target }: PassesSetup, { frame, marginPx }: Pass, region: Region): Region {
  return overlapOf(grownBy(footprintOf(region, target, frame), Math.max(marginPx, cellPx / 2)), { x: 0, y: 0, ...frame });
}

/** Paints what is stale of a region over the pass before as it is, finer passes with a shorter halo; only the first pass is up to date then. */
async function paintHere(setup: PassesScene, pass: Pass, region: Region): Promise<void> {
  const stale = pass.dirty.within(region);
  const near = pass.before && pass.runner.tiling.anySize ? { ...pass, haloPx: glanceHaloOf(pass) } : pass;
  for (const tile of stale ? coresOf(near, stale) : []) {
    await paintOver(setup, near, tile);
    if (!pass.before) pass.dirty.clear(tile.core);
  }
}

/** Of the neighbours a network can see, so many count: at the border of a core, paint is on average 0.14 of 255 off without the others, 1.5 with 0.36 of them. */
const glanceHaloShare = 0.55;

function glanceHaloOf({ runner, marginPx }: Pass): number {
  return roundUp(marginPx + runner.tiling.haloPx * glanceHaloShare, runner.tiling.multiple);
}

async function paintStale(setup: PassesScene, pass: Pass, tile: Tile): Promise<void> {
  const { frame, before } = pass;
  if (before) await update(setup, before, coarseRegionOf(seenIn(pass, tile), frame, before.frame));
  await paintOver(setup, pass, tile);
}

/** A window may be larger than its core needs: beyond that it may show stale pixels, which the core never sees. */
function seenIn({ frame, haloPx }: Pass, { core }: Tile): Region {
  return innerRegion(grownBy(core, haloPx), frame);
}

async function paintOver(setup: PassesScene, pass: Pass, tile: Tile): Promise<void> {
  const { frame, before } = pass;
  const seen = seenIn(pass, tile);
  const content = await contentOf(setup, pass, seen);
  const { masks, quietly = false } = setup;
  const scene: PassScene = { frame, content, ...(before ? { coarse: planesFrom(before.spool) } : {}), ...(masks ? { masks } : {}), quietly };
  await paintCore(scene, pass.runner, tile, pass.spool);
}

async function contentOf({ picture, fill, strength, masks }: PassesSetup, { frame, before }: Pass, seen: Region): Promise<PassScene['content']> {
  if (!before) return picture.opaque(frame, seen, fill);
  const own = await picture.opaque(frame, detailRegionOf(seen, frame, before.frame), fill);
  return finerContent(frame, planesFrom(before.spool), keptOf(own, strength, masks?.cover));
}
