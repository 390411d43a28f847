// The teachings of the studio: started, steered and kept beside the window, and found again when it comes back.
import { randomUUID } from 'node:crypto';
import { access, copyFile, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { faultOf, StudioError } from '../../contract/fault.ts';
import { programLabel } from '../../contract/program.ts';
import type { StudioParams, StudioTeachRequest, TeachRunState } from '../../contract/studio-api.ts';
import type { PictureId } from '../../contract/studio-records.ts';
import type { TeachWishesLive } from '../../contract/teaching.ts';
import { diskFault, makeFolder, writeSafely } from '../disk.ts';
import { openLibrary } from '../library/library.ts';
import type { PictureShelf } from '../host/picture-shelf.ts';
import type { Platform } from '../platform.ts';
import { readPresetCover } from '../library/preset-file.ts';
import { slugOf } from '../library/style-name.ts';
import { quietPlatform } from './quiet-platform.ts';
import { canvasName, copyPaintings, readRuns, removeRun, writeRun, type TeachRunRecord } from './teach-folder.ts';
import { teachRequest } from './teach-request.ts';
import { checkpointFile } from './teach-run.ts';
import { teach, type LiveCommand, type TeachWatch } from './teach.ts';

export interface TeachRunsSetup {
  readonly platform: Platform;
  readonly pictures: Pick<PictureShelf, 'put'>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  emit(run: TeachRunState): void;
  /** Called when a style has joined the library. */
  stylesChanged(): void;
}

/** What a page asks for, its files as paths. */
export interface TeachOrder extends Omit<StudioTeachRequest, 'paintings' | 'document' | 'beneath' | 'above'> {
  readonly paintings: readonly string[];
  readonly crops: TeachRunRecord['crops'];
  /** PNG of the artist's document. */
  readonly canvas?: Uint8Array;
}

export interface TeachRuns {
  /** Throws picture.* | disk.* | usage.invalid before anything has begun; what goes wrong later stands in the run's state. */
  start(order: TeachOrder): Promise<string>;
  pause(run: string): void;
  /** Goes on with a paused run, or with one that was left. */
  resume(run: string): Promise<void>;
  stop(run: string, options: { readonly keep: boolean; readonly name?: string | undefined }): Promise<{ readonly style?: string }>;
  adjust(change: StudioParams<'teach.adjust'>): Promise<void>;
  keep(run: string, name: string): void;
  discard(run: string): Promise<void>;
  list(): Promise<readonly TeachRunState[]>;
  close(): Promise<void>;
}

/** Loss curves need no more. */
const metricsEveryMs = 250;

interface LiveRun {
  record: TeachRunRecord;
  state: TeachRunState;
  readonly folder: string;
  readonly cancelled: AbortController;
  send(command: LiveCommand): void;
  /** Settles when the run has ended, however it did; its style where there is one. */
  readonly ended: Promise<string | undefined>;
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
  const change = (run: LiveRun, changes: Partial<TeachRunState>): void => {
    run.state = { ...run.state, ...changes };
    setup.emit(run.state);
  };
  const begin = (record: TeachRunRecord, resume: boolean): void => {
    const folder = join(root, record.run);
    const cancelled = new AbortController();
    let send: (command: LiveCommand) => void = () => undefined;
    const run: LiveRun = {
      record,
      state: { ...stateOf(record), state: 'running' },
      folder,
      cancelled,
      send: (command) => send(command),
      ended: Promise.resolve().then(() => runToEnd({ setup, run, resume, change: (changes) => change(run, changes), started: (line) => (send = line) })),
    };
    live.set(record.run, run);
    void run.ended.then(() => live.delete(record.run));
    setup.emit(run.state);
  };

  return {
    async start({ paintings, canvas, name, crops, balance = 0.5, strokePercent = 100, practise = false, seconds, depth, continueStyle }) {
      const run = randomUUID();
      const folder = join(root, run);
      const record: TeachRunRecord = {
        formatVersion: 1,
        run,
        name,
        paintings: await copyPaintings(paintings, folder),
        crops: [...crops],
        hasCanvas: canvas !== undefined,
        practise: practise && canvas !== undefined,
        ...(seconds === undefined ? {} : { seconds }),
        ...(depth === undefined ? {} : { depth }),
        ...(continueStyle === undefined ? {} : { continueStyle }),
        wishes: { balance, strokePercent, marks: [] },
        kept: [],
        startedAt: platform.now().toISOString(),
      };
      if (canvas) await writeSafely(join(folder, canvasName), canvas);
      await writeRun(folder, record);
      begin(record, false);
      return run;
    },
    pause(run) {
      const found = liveRun(run);
      found.send({ kind: 'pause' });
      change(found, { state: 'paused' });
    },
    async resume(run) {
      const found = live.get(run);
      if (found) {
        found.send({ kind: 'resume' });
        return change(found, { state: 'running' });
      }
      const record = (await readRuns(root)).find((left) => left.run === run);
      if (!record) throw new StudioError('job.missing', { job: run });
      begin(record, await hasCheckpoint(join(root, run), record.name));
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
      change(found, { name, style: name });
      setup.stylesChanged();
      return { style: name };
    },
    async adjust({ run, balance, strokePercent, marks }) {
      const found = liveRun(run);
      const before = found.record.wishes;
      const wishes: TeachWishesLive = { balance: balance ?? before.balance, strokePercent: strokePercent ?? before.strokePercent, marks: marks ?? before.marks };
      found.record = { ...found.record, wishes: { ...wishes, marks: [...wishes.marks] } };
      found.send({ kind: 'steer', wishes });
      await writeRun(found.folder, found.record);
    },
    keep: (run, name) => liveRun(run).send({ kind: 'keep', name }),
    async discard(run) {
      const found = live.get(run);
      found?.cancelled.abort();
      await found?.ended;
      const known = (await readRuns(root)).some((left) => left.run === run);
      if (!known) throw new StudioError('job.missing', { job: run });
      await removeRun(join(root, run));
    },
    async list() {
      const left = (await readRuns(root)).filter(({ run }) => !live.has(run)).map(stateOf);
      return [...left, ...[...live.values()].map(({ state }) => state)];
    },
    async close() {
      for (const { cancelled } of live.values()) cancelled.abort();
      await Promise.all([...live.values()].map(({ ended }) => ended));
    },
  };
}

function stateOf({ run, name, paintings, kept }: TeachRunRecord): TeachRunState {
  return { run, name, paintings: paintings.map((path) => basename(path)), state: 'left', checkpoints: kept.map(({ name: label, step, file }) => ({ name: label, step, style: file })) };
}

interface RunToEnd {
  readonly setup: TeachRunsSetup;
  readonly run: LiveRun;
  readonly resume: boolean;
  change(changes: Partial<TeachRunState>): void;
  started(send: (command: LiveCommand) => void): void;
}

/** Never throws: what goes wrong stands in the run's state. */
async function runToEnd({ setup, run, resume, change, started }: RunToEnd): Promise<string | undefined> {
  const { platform, environment } = setup;
  const { folder, record } = run;
  try {
    const request = await teachRequest(
      {
        paintings: record.paintings.map((name) => join(folder, name)),
        name: record.name,
        crops: record.crops,
        ...(record.hasCanvas ? { preview: join(folder, canvasName) } : {}),
        ...(record.practise ? { photos: [join(folder, canvasName)], mix: true } : {}),
        ...(record.seconds === undefined ? {} : { seconds: record.seconds }),
        ...(record.depth === undefined ? {} : { depth: record.depth }),
        ...(record.continueStyle === undefined ? {} : { continueStyle: record.continueStyle }),
        resume,
        out: folder,
        threads: 1, // the window and its engine have the rest
      },
      platform.folders,
      environment,
    );
    const outcome = await teach(request, { addToLibrary: true }, quietPlatform(platform), watchOf(setup, run, change, started));
    const { name } = (await readPresetCover(outcome.preset)).record;
    change({ state: 'done', style: name });
    setup.stylesChanged();
    if (run.record.kept.length === 0) await removeRun(folder);
    return name;
  } catch (thrown) {
    const fault = faultOf(thrown);
    change(fault.code === 'job.cancelled' ? { state: 'left' } : { state: 'failed', fault });
    return undefined;
  }
}

function watchOf(setup: TeachRunsSetup, run: LiveRun, change: (changes: Partial<TeachRunState>) => void, started: RunToEnd['started']): TeachWatch {
  let toldMs = 0;
  const show = async (file: string): Promise<PictureId | undefined> => {
    const bytes = await readFile(file).catch(() => undefined); // a newer one is being written
    return bytes && setup.pictures.put(new Uint8Array(bytes));
  };
  const failed = (thrown: unknown): void => setup.platform.log('warn', String(thrown));
  const noteKept = async (name: string, file: string, step: number): Promise<void> => {
    run.record = { ...run.record, kept: [...run.record.kept.filter((kept) => kept.name !== name), { name, step, file }] };
    const { preview, checkpoints } = run.state;
    const fresh = { name, step, style: file, ...(preview === undefined ? {} : { preview }) };
    change({ checkpoints: [...checkpoints.filter((kept) => kept.name !== name), fresh] });
    await writeRun(run.folder, run.record).catch(failed);
  };
  return {
    signal: run.cancelled.signal,
    progress: () => undefined,
    warn: (key, details = {}) => change({ notes: [...(run.state.notes ?? []), { key, details }].slice(-20) }),
    metrics: (metrics) => {
      const now = performance.now();
      if (now - toldMs < metricsEveryMs && metrics.step < metrics.steps) return;
      toldMs = now;
      change({ metrics, depth: metrics.depth });
    },
    preview: (file, depth) => void show(file).then((preview) => preview && change({ preview, depth })),
    kept: (name, made, step) => {
      void keepFile(run.folder, made).then((file) => noteKept(name, file, step), failed);
    },
    started: (send) => {
      started(send);
      send({ kind: 'steer', wishes: run.record.wishes });
    },
  };
}

/** The trainer's own folder goes with the end of the run: what is kept is copied out of it. */
async function keepFile(folder: string, made: string): Promise<string> {
  const kept = join(folder, 'kept', basename(made));
  await makeFolder(join(folder, 'kept'));
  await copyFile(made, kept).catch((thrown: unknown) => {
    throw diskFault(thrown, kept);
  });
  return kept;
}

function hasCheckpoint(folder: string, name: string): Promise<boolean> {
  return access(join(folder, `${slugOf(name)}.teaching`, checkpointFile)).then(() => true, () => false);
}
