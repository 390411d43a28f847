// Paints one picture file over: decode, measure, passes from coarse to fine, finish, encode. Memory is flat whatever the size.
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Extent, Region } from '../../contract/image.ts';
import type { JobWatch } from '../../contract/job.ts';
import { createResultSpool, decodeToSpool, encodeFromSpool, inspectPicture } from '../../engine/image/codec.ts';
import { scaleSpool } from '../../engine/image/scale-spool.ts';
import { createSpool, openSpool, type Spool } from '../../engine/image/spool.ts';
import { contrastOf } from '../../engine/image/tone.ts';
import type { StyleRunner } from '../../engine/styles/style-engine.ts';
import { frameOf } from '../../engine/tiling/cascade.ts';
import type { PlaneSource } from '../../engine/tiling/window.ts';
import { artworkOf, planesFrom, type Artwork } from './stylize-artwork.ts';
import { finishResult } from './stylize-finish.ts';
import { planJob, requireRoom, tellWarnings, type PaintJob, type PaintRequest } from './stylize-job.ts';
import { keptOf } from './stylize-kept.ts';
import { loadMasks, type PlacedMasks } from './stylize-masks.ts';
import { finerContent, paintPass, type PaintPass } from './stylize-pass.ts';
import { paintProgress, type PaintProgress } from './stylize-progress.ts';
import { makeWorkFolder } from './work-folder.ts';

export type { PaintRequest } from './stylize-job.ts';

export interface PaintReport extends Extent {
  readonly depth: 8 | 16;
  /** Frames of the passes, coarse to fine. Empty at strength 0. */
  readonly passes: readonly Extent[];
  readonly seconds: number;
}

/** Long side in px of the whole picture from which statistics are frozen, where the runner wishes for none; for the first pass and again for the finer ones. */
const previewPx = 512;
/** Less contrast than this is mostly noise, which the norms of a network bring up to full strength. */
const faintContrast = 0.03;

/**
 * Paints request.picture into request.out. strokePercent 0 paints once at the result's own pixels; strength 0 gives the
 * picture back. Throws picture.*, disk.*, session.*, graph.illegal, job.cancelled; whatever it throws, `out` is as it was.
 */
export async function stylize(request: PaintRequest, runner: StyleRunner, watch: JobWatch): Promise<PaintReport> {
  const started = performance.now();
  const progress = paintProgress(watch);
  progress.begin('decode');
  const info = await inspectPicture(request.picture);
  const job = planJob(request, info, runner);
  await requireRoom(job, info);
  tellWarnings(job, info, watch);
  const folder = await makeWorkFolder(job.workFolder);
  const resultPath = join(folder, 'result.tif');
  try {
    await progress.race(() => decodeToSpool(request.picture, join(folder, 'source.tif')));
    const artwork = artworkOf(openSpool(join(folder, 'source.tif')), folder, () => progress.breathe());
    const spools: Spool[] = [];
    try {
      const masks = await loadMasks(request.mix, job.result, watch);
      await paintResult({ job, artwork, runner, progress, watch, folder, resultPath, spools, ...(masks ? { masks } : {}) });
    } finally {
      artwork.close();
      for (const spool of spools) spool.close();
    }
    progress.begin('encode');
    await progress.race(() => encodeFromSpool(resultPath, request.out, { ...request, signal: watch.signal }));
    const { width, height, depth } = job.result;
    return { width, height, depth, passes: job.passes.map(({ frame }) => frame), seconds: (performance.now() - started) / 1000 };
  } finally {
    const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
    // the codec cannot be interrupted: after a cancel it may still hold its file
    if (watch.signal.aborted) void progress.settled().then(remove).catch(() => undefined);
    else await remove();
  }
}

interface PaintRun {
  readonly job: PaintJob;
  readonly artwork: Artwork;
  readonly runner: StyleRunner;
  readonly progress: PaintProgress;
  readonly watch: JobWatch;
  readonly masks?: PlacedMasks;
  readonly folder: string;
  readonly resultPath: string;
  /** Closed by the caller, whatever happens. */
  readonly spools: Spool[];
}

/** Leaves the result's spool at resultPath. */
async function paintResult(run: PaintRun): Promise<void> {
  const { job, artwork, progress } = run;
  const painted = job.passes.length > 0 ? await paintPasses(run) : undefined;
  if (painted && !job.needsFinish) return;
  const picture = await artwork.at(job.result);
  const result = await createResultSpool(run.resultPath, job.result);
  run.spools.push(result);
  const { keepColours } = job.request;
  const cover = run.masks?.cover;
  const finish = painted ? { painted, picture, keepColours, ...(cover ? { cover } : {}) } : { painted: planesFrom(picture), picture, keepColours: 0 };
  await finishResult(finish, result, () => progress.breathe());
}

async function paintPasses(run: PaintRun): Promise<PlaneSource | undefined> {
  const { job, artwork, runner, progress, masks, watch } = run;
  progress.begin('measure');
  const first = job.passes[0]?.frame ?? job.result;
  const preview = await artwork.opaque(previewOf(first, runner));
  if (contrastOf(preview.read(wholeOf(preview)).planes) < faintContrast) watch.warn('picture.faint', { file: basename(job.request.picture) });
  await measure(run, preview, 'picture');
  progress.beginPainting(job.passes.map(({ plan }) => plan));
  let coarse: PlaneSource | undefined;
  for (const [i, { frame, plan }] of job.passes.entries()) {
    const into = await createPassSpool(run, frame, i);
    const content = await contentOf(run, frame, coarse);
    const pass: PaintPass = { frame, plan, content, ...(coarse ? { coarse } : {}), ...(masks ? { masks } : {}) };
    await paintPass(pass, runner, into, async (window) => {
      progress.tileDone(window);
      await progress.breathe();
    });
    coarse = planesFrom(into);
    // finer passes paint over paint: with the photograph's statistics their tones would drift
    if (i === 0 && job.passes.length > 1) await measure(run, await reduced(run, into), 'paint');
  }
  return coarse;
}

/** 16 bit between passes; the last pass is the result itself where nothing is left to be done to it. */
async function createPassSpool({ job, folder, resultPath, spools }: PaintRun, frame: Extent, index: number): Promise<Spool> {
  const isResult = index === job.passes.length - 1 && !job.needsFinish;
  const spool = isResult
    ? await createResultSpool(resultPath, { ...frame, channels: 3, depth: job.result.depth })
    : await createSpool(join(folder, `paint-${index}.tif`), { ...frame, channels: 3, depth: 16 });
  spools.push(spool);
  return spool;
}

async function contentOf({ job, artwork, masks }: PaintRun, frame: Extent, coarse: PlaneSource | undefined): Promise<PlaneSource> {
  if (!coarse) return artwork.opaque(frame);
  return finerContent(frame, coarse, keptOf(await artwork.opaque(frame), job.request.strength, masks?.cover));
}

/** Freezes the runner's statistics from a whole picture at preview size. */
async function measure({ runner, progress, masks }: PaintRun, preview: PlaneSource, over: 'picture' | 'paint'): Promise<void> {
  const whole = wholeOf(preview);
  await runner.measure(preview.read(whole).planes, masks?.read(whole, preview.frame), over);
  await progress.breathe();
}

function wholeOf({ frame }: PlaneSource): Region {
  return { x: 0, y: 0, ...frame };
}

function previewOf(frame: Extent, { measuredSize = previewPx }: StyleRunner): Extent {
  return frameOf(frame, Math.min(measuredSize, Math.max(frame.width, frame.height)));
}

/** The first pass's paint at preview size; the same for every export, like its frame. */
async function reduced({ folder, runner, spools, progress }: PaintRun, painted: Spool): Promise<PlaneSource> {
  const frame = previewOf(painted.shape, runner);
  if (frame.width === painted.shape.width && frame.height === painted.shape.height) return planesFrom(painted);
  const preview = await createSpool(join(folder, 'paint-preview.tif'), { ...frame, channels: 3, depth: 16 });
  spools.push(preview);
  await scaleSpool(painted, preview, () => progress.breathe());
  return planesFrom(preview);
}
