// One glaze made ready to paint over one picture: its styles opened, its statistics thawed or measured, its passes planned.
import { preparationSettings, type GlazeSettings } from '../../contract/document.ts';
import { faultOf } from '../../contract/fault.ts';
import type { Extent } from '../../contract/image.ts';
import { memorySpool } from '../../engine/image/memory-spool.ts';
import { scaleSpool } from '../../engine/image/scale-spool.ts';
import type { Spool } from '../../engine/image/spool.ts';
import type { StyleRunner } from '../../engine/styles/style-engine.ts';
import { frameOf, planCascade } from '../../engine/tiling/cascade.ts';
import type { PlaneSource } from '../../engine/tiling/window.ts';
import { glazePasses, type GlazePasses } from './glaze-passes.ts';
import type { GlazePicture } from './glaze-picture.ts';
import type { SpoolShelf } from './glaze-spools.ts';
import { decodeStatistics, encodeStatistics, statisticsDrift, statisticsKey, type GlazeStatistics } from './glaze-statistics.ts';
import type { OpenStyles } from '../library/styles.ts';
import { nextTurn } from '../../engine/image/next-turn.ts';
import { planesFrom } from '../stylize/stylize-artwork.ts';
import type { PlacedMasks } from '../stylize/stylize-masks.ts';

export interface PainterSetup {
  /** At least one style of some weight. */
  readonly settings: GlazeSettings;
  readonly picture: GlazePicture;
  /** Of the artwork, whose size sets the size of strokes. */
  readonly artwork: Extent;
  /** Of the result. */
  readonly target: Extent;
  readonly masks?: PlacedMasks;
  /** encodeStatistics of an earlier measurement. */
  readonly statistics?: Uint8Array;
  readonly depth: 8 | 16;
  /** For the passes; closed with the painter. */
  readonly shelf: SpoolShelf;
  /** Opens the glaze's mix; called once a runner. */
  open(settings: GlazeSettings): Promise<OpenStyles>;
}

export interface GlazePainter extends GlazePasses {
  /** Bytes of the statistics that it paints with. */
  readonly statistics: Uint8Array;
  /** Whether they are fresh, since there were none or those given were of other settings. */
  readonly measured: boolean;
  readonly passCount: number;
  readonly styles: OpenStyles['styles'];
  readonly provider: OpenStyles['provider'];
  readonly threads: number;
  /** How far the picture has moved from its statistics; measures the first pass's on a runner of its own. */
  drift(): Promise<number>;
  close(): Promise<void>;
}

/** Long side in px of the whole picture that statistics are measured on, where the runner wishes for none; as in stylize. */
const previewPx = 512;

/** Throws preset.* | network.* | device.unavailable | session.* | disk.*. */
export async function openPainter(setup: PainterSetup): Promise<GlazePainter> {
  const opened: OpenStyles[] = [];
  try {
    const first = await setup.open(setup.settings);
    opened.push(first);
    const stroke = { learnedSizePx: first.runner.learnedSize, strokePercent: setup.settings.strokePercent };
    const frames = planCascade(setup.artwork, setup.target, stroke);
    const finer = frames.length > 1 ? await setup.open(setup.settings) : first;
    if (finer !== first) opened.push(finer);
    const runners = { first: first.runner, finer: finer.runner };
    const thawed = await thaw(setup, runners, frames.length > 1);
    const { statistics, passes } = thawed ?? (await measure(setup, runners, frames));
    return {
      ...(passes ?? (await passesOver(setup, runners, frames, statistics.fill))),
      statistics: thawed ? setup.statistics! : encodeStatistics(statistics),
      measured: !thawed,
      passCount: frames.length,
      styles: first.styles,
      provider: first.provider,
      threads: first.threads,
      drift: () => driftOf(setup, frames[0]!, statistics),
      close: () => closeAll(opened, setup.shelf),
    };
  } catch (thrown) {
    await closeAll(opened, setup.shelf);
    throw thrown;
  }
}

async function closeAll(opened: OpenStyles[], shelf: SpoolShelf): Promise<void> {
  for (const { runner } of opened.splice(0)) await runner.close();
  await shelf.close();
}

interface Runners {
  readonly first: StyleRunner;
  readonly finer: StyleRunner;
}

interface Measured {
  readonly statistics: GlazeStatistics;
  /** Where measuring has painted already. */
  readonly passes?: GlazePasses;
}

/** Nothing where the statistics are of other settings or do not fit. */
async function thaw({ settings, artwork, statistics: bytes }: PainterSetup, { first, finer }: Runners, isCascade: boolean): Promise<Measured | undefined> {
  if (!bytes) return undefined;
  try {
    const statistics = decodeStatistics(bytes);
    if (statistics.key !== statisticsKey(settings) || (isCascade && !statistics.finer) || !isOfFrame(statistics, artwork)) return undefined;
    await first.thaw(statistics.first);
    if (isCascade) await finer.thaw(statistics.finer!);
    return { statistics };
  } catch (thrown) {
    if (faultOf(thrown).code !== 'asset.corrupt') throw thrown;
    return undefined;
  }
}

/** A lighting and masses are of places: after a crop they are others. */
function isOfFrame({ frame }: GlazeStatistics, { width, height }: Extent): boolean {
  return !frame || (frame[0] === width && frame[1] === height);
}

function passesOver({ picture, target, settings, masks, depth, shelf }: PainterSetup, runners: Runners, frames: readonly Extent[], fill: readonly number[]): Promise<GlazePasses> {
  return glazePasses({ picture, target, frames, runners, strength: settings.strength, fill, depth, shelf, ...(masks ? { masks } : {}) });
}

/** As stylize does: once on the picture, once more on the first pass's paint for the finer ones. */
async function measure(setup: PainterSetup, runners: Runners, frames: readonly Extent[]): Promise<Measured> {
  const fill = await setup.picture.mean();
  const first = frames[0]!;
  await measureOn(runners.first, await previewPicture(setup, runners.first, first, fill), setup.masks, 'picture');
  const passes = await passesOver(setup, runners, frames, fill);
  const key = statisticsKey(setup.settings);
  const { light, brokenColour } = preparationSettings(setup.settings);
  const frame = light > 0 || brokenColour > 0 ? { frame: [setup.artwork.width, setup.artwork.height] } : {};
  if (frames.length === 1) return { statistics: { key, fill, ...frame, first: runners.first.freeze() }, passes };
  await measureOn(runners.finer, await reduced(await passes.firstPass(), runners.finer), setup.masks, 'paint');
  return { statistics: { key, fill, ...frame, first: runners.first.freeze(), finer: runners.finer.freeze() }, passes };
}

async function measureOn(runner: StyleRunner, preview: PlaneSource, masks: PlacedMasks | undefined, over: 'picture' | 'paint'): Promise<void> {
  const whole = { x: 0, y: 0, ...preview.frame };
  await runner.measure(preview.read(whole).planes, masks?.read(whole, preview.frame), over);
}

function previewPicture({ picture }: PainterSetup, runner: StyleRunner, first: Extent, fill: readonly number[]): Promise<PlaneSource> {
  const frame = previewOf(first, runner);
  return picture.opaque(frame, { x: 0, y: 0, ...frame }, fill);
}

async function reduced(painted: Spool, runner: StyleRunner): Promise<PlaneSource> {
  const frame = previewOf(painted.shape, runner);
  if (frame.width === painted.shape.width && frame.height === painted.shape.height) return planesFrom(painted);
  const preview = memorySpool({ ...frame, channels: 3, depth: 16 });
  await scaleSpool(painted, preview, () => nextTurn());
  return planesFrom(preview);
}

function previewOf(frame: Extent, { measuredSize = previewPx }: StyleRunner): Extent {
  return frameOf(frame, Math.min(measuredSize, Math.max(frame.width, frame.height)));
}

async function driftOf(setup: PainterSetup, first: Extent, statistics: GlazeStatistics): Promise<number> {
  const { runner } = await setup.open(setup.settings);
  try {
    await measureOn(runner, await previewPicture(setup, runner, first, await setup.picture.mean()), setup.masks, 'picture');
    return statisticsDrift(statistics.first, runner.freeze());
  } finally {
    await runner.close();
  }
}
