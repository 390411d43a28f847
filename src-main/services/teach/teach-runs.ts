// The teachings of the studio: started, steered and kept beside the window, and found again when it comes back.
import { randomUUID } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import { programLabel } from '../../contract/program.ts';
import type { StudioAnswers, StudioParams, StudioTeachRequest, TeachRunState } from '../../contract/studio-api.ts';
import type { MetricSeries } from '../../contract/metric-series.ts';
import type { Preset } from '../../contract/style.ts';
import type { PaintingCrops } from '../../contract/teaching.ts';
import { writeSafely } from '../disk.ts';
import { openLibrary } from '../library/library.ts';
import { readPreset } from '../library/preset-file.ts';
import { readReferenceFolder, readReferences, referenceFolder } from '../library/style-references.ts';
import { isFileName } from '../library/style-name.ts';
import type { Platform } from '../platform.ts';
import { beginRun, picturesOf, stateOf, type LiveRun, type TeachRunsSetup } from './live-run.ts';
import { canvasName, copyPaintings, readRuns, removeRun, writeRun, type TeachRunRecord } from './teach-folder.ts';
import { withEarlier } from './teach.ts';
import { checkpointFile, runFolder } from './teach-run.ts';
import { readSeries } from './run-numbers.ts';

/** What a page asks for, its files as paths. */
export interface TeachOrder extends Omit<StudioTeachRequest, 'paintings' | 'document' | 'beneath' | 'above'> {
  readonly paintings: readonly string[];
  readonly crops: readonly (PaintingCrops | null)[];
  /** PNG of the artist's document, and where in it that was. */
  readonly canvas?: Uint8Array;
  readonly place?: TeachRunRecord['place'];
}

export interface TeachRuns {
  /** Throws picture.* | disk.* | usage.invalid before anything has begun; what goes wrong later stands in the run's state. */
  start(order: TeachOrder): Promise<string>;
  pause(run: string): void;
  /** Goes on with a paused run, or with one that was left. Throws job.missing where there is none, or it has finished. */
  resume(run: string): Promise<void>;
  stop(run: string, options: { readonly keep: boolean; readonly name?: string | undefined }): Promise<{ readonly style?: string }>;
  adjust(change: StudioParams<'teach.adjust'>): Promise<void>;
  keep(run: string, name: string): void;
  /** Adds a kept state to the library. Throws job.missing where there is none, usage.invalid for a name that no file can have, library.locked | preset.corrupt | disk.*. */
  take(run: string, options: { readonly state: string; readonly name: string }): Promise<StudioAnswers['teach.take']>;
  discard(run: string): Promise<void>;
  list(): Promise<readonly TeachRunState[]>;
  /** The numbers of a run from its first step on, whether it goes on or not; empty where none were kept. Throws job.missing. */
  metrics(run: string): Promise<MetricSeries>;
  close(): Promise<void>;
}

export function createTeachRuns(setup: TeachRunsSetup): TeachRuns {
  const { platform } = setup;
  const root = join(platform.folders.home, 'teaching');
  const live = new Map<string, LiveRun>();

  const liveRun = (run: string): LiveRun => {
    const found = live.get(run);
    if (!found) throw new StudioError('job.missing', { job: run });
    return found;
  };
  const begin = (record: TeachRunRecord, resume: boolean): void => {
    const run = beginRun(setup, record, join(root, record.run), resume);
    live.set(record.run, run);
    void run.ended.then(() => live.delete(record.run));
    setup.emit(run.state);
  };

  return {
    async start(order) {
      const run = randomUUID();
      const folder = join(root, run);
      try {
        begin(await layDown(order, run, folder, platform.now()), false);
      } catch (thrown) {
        await removeRun(folder).catch(() => undefined);
        throw thrown;
      }
      return run;
    },
    pause(run) {
      const found = liveRun(run);
      found.send({ kind: 'pause' });
      found.change({ state: 'paused' });
      void found.numbers.save();
    },
    async resume(run) {
      const found = live.get(run);
      if (found) {
        found.send({ kind: 'resume' });
        return found.change({ state: 'running' });
      }
      const record = (await readRuns(root)).find((left) => left.run === run);
      if (!record || record.done) throw new StudioError('job.missing', { job: run });
      const isBegun = await hasCheckpoint(join(root, run), record.name);
      if (!live.has(run)) begin(record, isBegun); // asked twice, it goes on once
    },
    async stop(run, { keep, name }) {
      const found = liveRun(run);
      if (!keep) {
        found.cancelled.abort();
        await found.ended;
        return {};
      }
      found.send({ kind: 'finish' });
      const style = await found.ended;
      if (style === undefined) return {};
      if (name === undefined || name === style) return { style };
      await openLibrary(platform.folders, programLabel).rename(style, name);
      if (found.record.done) {
        found.record = { ...found.record, done: { style: name } };
        await found.save();
      }
      found.change({ name, style: name });
      setup.stylesChanged();
      return { style: name };
    },
    async adjust({ run, balance, strokePercent, marks }) {
      const found = liveRun(run);
      const before = found.record.wishes;
      const wishes = { balance: balance ?? before.balance, strokePercent: strokePercent ?? before.strokePercent, marks: [...(marks ?? before.marks)] };
      found.record = { ...found.record, wishes };
      found.send({ kind: 'steer', wishes });
      found.change({ wishes });
      await found.save();
    },
    keep: (run, name) => liveRun(run).send({ kind: 'keep', name }),
    async take(run, { state, name }) {
      const record = live.get(run)?.record ?? (await readRuns(root)).find((left) => left.run === run);
      const kept = record?.kept.find((one) => one.name === state);
      if (!record || !kept) throw new StudioError('job.missing', { job: `${run}, ${state}` });
      if (!isFileName(name)) throw new StudioError('usage.invalid', { reason: `no file can be called “${name}”` });
      const preset = await readPreset(kept.file);
      const added = await openLibrary(platform.folders, programLabel).add({ ...preset, record: { ...preset.record, name } }, await referencesOf(platform, record, join(root, run), preset));
      setup.stylesChanged();
      return { style: added.style.name, ...(added.kept === undefined ? {} : { kept: added.kept }) };
    },
    async discard(run) {
      const found = live.get(run);
      found?.cancelled.abort();
      await found?.ended;
      const known = (await readRuns(root)).some((left) => left.run === run);
      if (!known) throw new StudioError('job.missing', { job: run });
      await removeRun(join(root, run));
    },
    async list() {
      const left = (await readRuns(root)).filter(({ run }) => !live.has(run)).map((record) => ({ record, state: stateOf(record) }));
      const told = await Promise.all(left.map(async ({ record, state }) => ({ record, state: await withStyle(platform, state) })));
      return Promise.all([...told, ...live.values()].map(async ({ record, state }) => {
        const pictures = await picturesOf(setup.pictures, record, join(root, record.run));
        return { ...pictures, ...state, checkpoints: pictures.checkpoints }; // a running one has its preview already
      }));
    },
    async metrics(run) {
      const found = live.get(run);
      if (found) return found.numbers.series();
      if (!(await readRuns(root)).some((left) => left.run === run)) throw new StudioError('job.missing', { job: run });
      return readSeries(join(root, run));
    },
    async close() {
      for (const { cancelled } of live.values()) cancelled.abort();
      await Promise.all([...live.values()].map(({ ended }) => ended));
    },
  };
}

/** A style that was taken out of the library since, or renamed there, is named no more. */
async function withStyle({ folders }: Platform, state: TeachRunState): Promise<TeachRunState> {
  const { style, ...bare } = state;
  if (style === undefined) return state;
  const isThere = await openLibrary(folders, programLabel).get(style).then(() => true, () => false);
  return isThere ? state : bare;
}

/** What a run learns from, small: beside its checkpoint, and once it has finished, beside its style. */
async function referencesOf({ folders }: Platform, { name, done }: TeachRunRecord, folder: string, preset: Preset): Promise<Uint8Array[]> {
  const here = await readReferenceFolder(join(runFolder(folder, name), referenceFolder));
  if (here.length > 0 || !done) return withEarlier(preset, here, folders);
  const style = await openLibrary(folders, programLabel).get(done.style).catch(() => undefined);
  return style ? readReferences(style.record.id, folders) : [];
}

/** Everything a run needs, in its folder. Throws disk.*. */
async function layDown({ paintings, canvas, place, name, crops, balance = 0.5, strokePercent = 100, practise = false, seconds, depth, brokenInto, continueStyle }: TeachOrder, run: string, folder: string, now: Date): Promise<TeachRunRecord> {
  const record: TeachRunRecord = {
    formatVersion: 1,
    run,
    name,
    paintings: await copyPaintings(paintings, folder),
    crops: crops.map((parts) => (typeof parts === 'object' && parts ? [...parts] : parts)),
    hasCanvas: canvas !== undefined,
    ...(place === undefined ? {} : { place }),
    practise: practise && canvas !== undefined,
    ...(seconds === undefined ? {} : { seconds }),
    ...(depth === undefined ? {} : { depth }),
    ...(brokenInto === undefined ? {} : { brokenInto }),
    ...(continueStyle === undefined ? {} : { continueStyle }),
    wishes: { balance, strokePercent, marks: [] },
    kept: [],
    startedAt: now.toISOString(),
  };
  if (canvas) await writeSafely(join(folder, canvasName), canvas);
  await writeRun(folder, record);
  return record;
}

function hasCheckpoint(folder: string, name: string): Promise<boolean> {
  return access(join(runFolder(folder, name), checkpointFile)).then(() => true, () => false);
}
