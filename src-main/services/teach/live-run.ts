// One teaching of the studio while it runs: asked of the trainer, its news as changes of its state, its kept states copied.
import { copyFile, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { faultOf } from '../../contract/fault.ts';
import type { TeachRunState } from '../../contract/studio-api.ts';
import type { PictureId } from '../../contract/studio-records.ts';
import { diskFault, makeFolder } from '../disk.ts';
import type { PictureShelf } from '../host/picture-shelf.ts';
import type { Platform } from '../platform.ts';
import { readPresetCover } from '../library/preset-file.ts';
import { quietPlatform } from './quiet-platform.ts';
import { canvasName, removeRun, writeRun, type TeachRunRecord } from './teach-folder.ts';
import { teachRequest } from './teach-request.ts';
import { teach, type LiveCommand, type TeachWatch } from './teach.ts';

export interface TeachRunsSetup {
  readonly platform: Platform;
  readonly pictures: Pick<PictureShelf, 'put'>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  emit(run: TeachRunState): void;
  /** Called when a style has joined the library. */
  stylesChanged(): void;
}

/** Loss curves need no more. */
const metricsEveryMs = 250;

export interface LiveRun {
  record: TeachRunRecord;
  state: TeachRunState;
  readonly folder: string;
  readonly cancelled: AbortController;
  /** Tells the state with changes. */
  change(changes: Partial<TeachRunState>): void;
  send(command: LiveCommand): void;
  /** Settles when the run has ended, however it did; its style where there is one. */
  readonly ended: Promise<string | undefined>;
}

/** A run that nobody works on. */
export function stateOf({ run, name, paintings, wishes, kept }: TeachRunRecord): TeachRunState {
  return { run, name, paintings: paintings.map((path) => basename(path)), wishes, state: 'left', checkpoints: kept.map(({ name: label, step, file }) => ({ name: label, step, style: file })) };
}

/** Starts the trainer on a run; what goes wrong stands in the run's state. */
export function beginRun(setup: TeachRunsSetup, record: TeachRunRecord, folder: string, resume: boolean): LiveRun {
  let send: (command: LiveCommand) => void = () => undefined;
  const run: LiveRun = {
    record,
    state: { ...stateOf(record), state: 'running' },
    folder,
    cancelled: new AbortController(),
    change: (changes) => {
      run.state = { ...run.state, ...changes };
      setup.emit(run.state);
    },
    send: (command) => send(command),
    ended: Promise.resolve().then(() => runToEnd(setup, run, resume, (line) => (send = line))),
  };
  return run;
}

/** Never throws: what goes wrong stands in the run's state. */
async function runToEnd(setup: TeachRunsSetup, run: LiveRun, resume: boolean, started: (send: (command: LiveCommand) => void) => void): Promise<string | undefined> {
  const { platform, environment } = setup;
  const { folder, record, change } = run;
  const keeping: Promise<unknown>[] = [];
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
    const outcome = await teach(request, { addToLibrary: true }, quietPlatform(platform), watchOf(setup, run, keeping, started));
    await Promise.all(keeping);
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

/** keeping: what is still being copied of the run. */
function watchOf(setup: TeachRunsSetup, run: LiveRun, keeping: Promise<unknown>[], started: (send: (command: LiveCommand) => void) => void): TeachWatch {
  const { change } = run;
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
      keeping.push(keepFile(run.folder, made).then((file) => noteKept(name, file, step)).catch(failed));
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
