// A teaching as its host sees it: an order to the trainer process, its news relayed, its outcome taken into the library.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import type { JobWatch } from '../../contract/job.ts';
import { programLabel } from '../../contract/program.ts';
import type { Preset } from '../../contract/style.ts';
import type { TeachOutcome, TeachRequest, TrainerCommand, TrainerEvent } from '../../contract/teaching.ts';
import type { Depth, TrainingMetrics } from '../../contract/training.ts';
import { requireWritableFolder } from '../disk.ts';
import { openLibrary } from '../library/library.ts';
import type { Folders, Platform } from '../platform.ts';
import { readPreset } from '../library/preset-file.ts';
import { isFileName } from '../library/style-name.ts';
import { mostReferences, readReferenceFolder, readReferences, referenceFolder } from '../library/style-references.ts';
import { depthsOf } from './teach-plan.ts';
import { inRunFolder } from './teach-run.ts';
import { tellAdded } from '../library/tell-added.ts';

export interface TeachWatch extends JobWatch {
  metrics(metrics: TrainingMetrics): void;
  /** A preview picture was painted anew. */
  preview(file: string, depth: Depth, step: number): void;
  /** A state that was asked to be kept is a style now. */
  kept?(name: string, file: string, step: number): void;
  /** The trainer has started; `send` steers it until it ends. */
  started?(send: (command: LiveCommand) => void): void;
}

export type LiveCommand = Exclude<TrainerCommand, { kind: 'teach' | 'cancel' }>;

/** A cancelled trainer that has not ended by then is killed; its last checkpoint stands. */
const patienceMs = 5000;

/**
 * Teaches a style in the trainer process. What failed before its first checkpoint leaves nothing behind; later the warning
 * training.resumable says that it can be gone on with. Throws usage.invalid for a name that no file can have, training.locked,
 * training.process-lost when the trainer dies, and whatever it reports.
 */
export async function teach(request: TeachRequest, options: { readonly addToLibrary: boolean }, platform: Platform, watch: TeachWatch): Promise<TeachOutcome> {
  if (!depthsOf(request).includes(request.depth ?? 'paint')) {
    throw new StudioError('usage.invalid', { reason: 'a sketch needs a base generator to be sketched on' });
  }
  if (!isFileName(request.name)) throw new StudioError('usage.invalid', { reason: `no file can be called “${request.name}”` });
  for (const painting of request.paintings) await access(painting).catch(() => missing(painting));
  await requireWritableFolder(request.out);
  if (watch.signal.aborted) throw new StudioError('job.cancelled');
  const resumable = (): void => watch.warn('training.resumable', { name: request.name });
  const work = async (run: string) => ({ outcome: await order(request, run, platform, watch), references: await readReferenceFolder(join(run, referenceFolder)) });
  const { outcome, references } = await inRunFolder(request, work, resumable);
  if (options.addToLibrary) await addToLibrary(outcome.preset, references, platform, watch);
  return outcome;
}

function missing(file: string): never {
  throw new StudioError('picture.missing', { file });
}

async function addToLibrary(path: string, fresh: readonly Uint8Array[], { folders }: Platform, watch: TeachWatch): Promise<void> {
  const preset = await readPreset(path);
  tellAdded(await openLibrary(folders, programLabel).add(preset, await withEarlier(preset, fresh, folders)), watch.warn);
}

/** A new version of a style was also learned from what the one before it was: its references. Throws disk.*. */
export async function withEarlier({ record }: Preset, fresh: readonly Uint8Array[], folders: Folders): Promise<Uint8Array[]> {
  const { parent } = record.lineage;
  const earlier = parent === undefined ? [] : await readReferences(parent, folders);
  return [...fresh, ...earlier].slice(0, mostReferences);
}

function order(request: TeachRequest, run: string, platform: Platform, watch: TeachWatch): Promise<TeachOutcome> {
  const trainer = platform.startProcess('trainer');
  const command = (message: TrainerCommand): void => trainer.send(message);
  return new Promise((resolve, reject) => {
    let patience: ReturnType<typeof setTimeout> | undefined;
    const cancel = (): void => {
      command({ kind: 'cancel' });
      patience = setTimeout(() => trainer.kill(), patienceMs);
    };
    watch.signal.addEventListener('abort', cancel, { once: true });
    const end = (settle: () => void): void => {
      clearTimeout(patience);
      watch.signal.removeEventListener('abort', cancel);
      settle();
      trainer.kill();
    };
    trainer.onMessage((message) => {
      const event = message as TrainerEvent;
      if (event.kind === 'done') end(() => resolve(event.outcome));
      else if (event.kind === 'failed') end(() => reject(new StudioError(event.fault.code, event.fault.details)));
      else relay(event, watch);
    });
    trainer.onExit(({ code, signal }) => {
      const stopped = watch.signal.aborted;
      const fault = stopped ? new StudioError('job.cancelled') : new StudioError('training.process-lost', { reason: signal ?? `exit code ${String(code)}` });
      end(() => reject(fault));
    });
    watch.started?.(command);
    command({ kind: 'teach', request, folders: { resources: platform.folders.resources, run } });
  });
}

function relay(event: Exclude<TrainerEvent, { kind: 'done' | 'failed' }>, watch: TeachWatch): void {
  switch (event.kind) {
    case 'stage':
      return watch.progress({ stage: event.stage, done: event.done, total: event.total });
    case 'warning':
      return watch.warn(event.key, event.details);
    case 'preview':
      return watch.preview(event.file, event.depth, event.step);
    case 'kept':
      return watch.kept?.(event.name, event.file, event.step);
    case 'metrics': {
      const { step, steps, secondsLeft } = event.metrics;
      watch.progress({ stage: 'train', done: step, total: steps, secondsLeft });
      return watch.metrics(event.metrics);
    }
  }
}
