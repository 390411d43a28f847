// One teaching of the studio while it runs: asked of the trainer, its news as changes of its state, its kept states copied.
import { copyFile, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { faultOf } from '../../contract/fault.ts';
import type { TeachRunState } from '../../contract/studio-api.ts';
import type { PictureId } from '../../contract/studio-records.ts';
import { diskFault, makeFolder, writeSafely } from '../disk.ts';
import type { PictureShelf } from '../host/picture-shelf.ts';
import type { Platform } from '../platform.ts';
import { readPresetCover } from '../library/preset-file.ts';
import { quietPlatform } from './quiet-platform.ts';
import { createRunNumbers, type RunNumbers } from './run-numbers.ts';
import { canvasName, removeFinished, removePaintings, writeRun, type TeachRunRecord } from './teach-folder.ts';
import { teachRequest } from './teach-request.ts';
import { previewName, runFolder } from './teach-run.ts';
import { teach, type LiveCommand, type TeachWatch } from './teach.ts';

export interface TeachRunsSetup {
  readonly platform: Platform;
  readonly pictures: Pick<PictureShelf, 'put' | 'get'>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  emit(run: TeachRunState): void;
  /** Called when a style has joined the library. */
  stylesChanged(): void;
}

/** Loss curves that are watched need no more. */
const metricsEveryMs = 250;

export interface LiveRun {
  record: TeachRunRecord;
  state: TeachRunState;
  readonly folder: string;
  readonly cancelled: AbortController;
  /** Every step's, from the first on. */
  readonly numbers: RunNumbers;
  /** Tells the state with changes. */
  change(changes: Partial<TeachRunState>): void;
  send(command: LiveCommand): void;
  /** Its record to disk, one after the other. Throws disk.*. */
  save(): Promise<void>;
  /** Settles when the run has ended, however it did; its style where there is one. */
  readonly ended: Promise<string | undefined>;
}

/** A run that nobody works on. */
export function stateOf({ run, name, paintings, wishes, kept, place, done }: TeachRunRecord): TeachRunState {
  const checkpoints = kept.map(({ name: label, step, file }) => ({ name: label, step, style: file }));
  const ended = done ? ({ name: done.style, state: 'done', style: done.style } as const) : ({ name, state: 'left' } as const);
  return { run, ...ended, paintings: paintings.map((path) => basename(path)), wishes, checkpoints, ...(place ? { place } : {}) };
}

/** The picture a run began with, how it was painted last, and its kept states, all shelved for the pages; none where there is none any more. Throws disk.*. */
export async function picturesOf(pictures: TeachRunsSetup['pictures'], { name, kept }: TeachRunRecord, folder: string): Promise<Pick<TeachRunState, 'before' | 'preview' | 'checkpoints'>> {
  const shelve = async <K extends string>(key: K, ...files: readonly string[]): Promise<Partial<Record<K, PictureId>>> => {
    for (const file of files) {
      const bytes = await readFile(file).catch(() => undefined);
      if (bytes) return { [key]: await pictures.put(new Uint8Array(bytes)) } as Record<K, PictureId>;
    }
    return {};
  };
  return {
    ...(await shelve('before', join(folder, canvasName))),
    ...(await shelve('preview', join(runFolder(folder, name), previewName), join(folder, previewName))),
    checkpoints: await Promise.all(kept.map(async ({ name: label, step, file }) => ({ name: label, step, style: file, ...(await shelve('preview', shownBeside(file))) }))),
  };
}

/** Starts the trainer on a run; what goes wrong stands in the run's state. */
export function beginRun(setup: TeachRunsSetup, record: TeachRunRecord, folder: string, resume: boolean): LiveRun {
  let send: (command: LiveCommand) => void = () => undefined;
  let saving = Promise.resolve();
  const run: LiveRun = {
    record,
    state: { ...stateOf(record), state: 'running' },
    folder,
    cancelled: new AbortController(),
    numbers: createRunNumbers(folder, (thrown) => setup.platform.log('warn', String(thrown))),
    change: (changes) => {
      run.state = { ...run.state, ...changes };
      setup.emit(run.state);
    },
    send: (command) => send(command),
    save: () => (saving = saving.catch(() => undefined).then(() => writeRun(folder, run.record))),
    ended: Promise.resolve().then(() => runToEnd(setup, run, resume, (line) => (send = line))),
  };
  return run;
}

/** Never throws: what goes wrong stands in the run's state. */
async function runToEnd(setup: TeachRunsSetup, run: LiveRun, resume: boolean, started: (send: (command: LiveCommand) => void) => void): Promise<string | undefined> {
  const { platform, environment } = setup;
  const { folder, record, change } = run;
  const keeping: Promise<unknown>[] = [];
  const noPicture = (thrown: unknown): Partial<TeachRunState> => (platform.log('warn', String(thrown)), {});
  change(await picturesOf(setup.pictures, record, folder).catch(noPicture));
  await run.numbers.begun;
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
        ...(record.brokenInto === undefined ? {} : { marks: record.brokenInto }),
        ...(record.continueStyle === undefined ? {} : { continueStyle: record.continueStyle }),
        resume,
        out: folder,
        threads: 1, // the window and its engine have the rest
      },
      platform.folders,
      environment,
    );
    const outcome = await teach(request, { addToLibrary: true }, quietPlatform(platform), watchOf(setup, run, keeping, started));
    await Promise.all([...keeping, run.numbers.save()]);
    const { name } = (await readPresetCover(outcome.preset)).record;
    await layAside(setup, run, name);
    change({ state: 'done', style: name });
    setup.stylesChanged();
    return name;
  } catch (thrown) {
    await run.numbers.save();
    const fault = faultOf(thrown);
    change(fault.code === 'job.cancelled' ? { state: 'left' } : { state: 'failed', fault });
    return undefined;
  }
}

/** A finished run stays for its curves and kept states, without what it learned from where nothing was kept. The style is saved already: what goes wrong here is only noted. */
async function layAside({ pictures, platform }: TeachRunsSetup, run: LiveRun, style: string): Promise<void> {
  try {
    run.record = { ...run.record, done: { style } };
    await run.save();
    await writePicture(pictures, run.state.preview, join(run.folder, previewName));
    if (run.record.kept.length > 0) return;
    await removePaintings(run.folder, run.record);
    await removeFinished(dirname(run.folder));
  } catch (thrown) {
    platform.log('warn', String(thrown));
  }
}

/** keeping: what is still being copied of the run. */
function watchOf(setup: TeachRunsSetup, run: LiveRun, keeping: Promise<unknown>[], started: (send: (command: LiveCommand) => void) => void): TeachWatch {
  const { change } = run;
  let toldMs = 0;
  const show = async (file: string): Promise<PictureId | undefined> => {
    const bytes = await readFile(file).catch(() => undefined); // a newer one is being written
    return bytes && setup.pictures.put(new Uint8Array(bytes));
  };
  const failed = (thrown: unknown): void => setup.platform.log('warn', String(thrown));
  const noteKept = async (name: string, file: string, step: number, preview: PictureId | undefined): Promise<void> => {
    await writePicture(setup.pictures, preview, shownBeside(file)).catch(failed);
    run.record = { ...run.record, kept: [...run.record.kept.filter((kept) => kept.name !== name), { name, step, file }] };
    const { checkpoints } = run.state;
    const fresh = { name, step, style: file, ...(preview === undefined ? {} : { preview }) };
    change({ checkpoints: [...checkpoints.filter((kept) => kept.name !== name), fresh] });
    await run.save().catch(failed);
  };
  return {
    signal: run.cancelled.signal,
    progress: () => undefined,
    warn: (key, details = {}) => change({ notes: [...(run.state.notes ?? []), { key, details }].slice(-20) }),
    metrics: (metrics) => {
      run.numbers.take(metrics);
      const now = performance.now();
      if (now - toldMs < metricsEveryMs && metrics.step < metrics.steps) return;
      toldMs = now;
      change({ metrics, depth: metrics.depth });
    },
    preview: (file, depth) => void show(file).then((preview) => preview && change({ preview, depth })),
    kept: (name, made, step) => {
      const { preview } = run.state;
      keeping.push(keepFile(run.folder, made).then((file) => noteKept(name, file, step, preview)).catch(failed));
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

/** How the artist's picture looked in a kept state. */
const shownBeside = (file: string): string => `${file.slice(0, file.length - extname(file).length)}.png`;

/** Nothing where the picture is shelved no more. Throws disk.*. */
async function writePicture(pictures: TeachRunsSetup['pictures'], id: PictureId | undefined, file: string): Promise<void> {
  const shelved = id === undefined ? undefined : await pictures.get(id);
  if (shelved) await writeSafely(file, shelved.bytes);
}
