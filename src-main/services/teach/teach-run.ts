// The run folder of a teaching: one teaching at a time works in it, and it stays only while it can be resumed.
import { randomUUID } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import { programLabel } from '../../contract/program.ts';
import type { TeachRequest } from '../../contract/teaching.ts';
import { diskFault } from '../disk.ts';
import { withLockFile } from '../lock-file.ts';
import { slugOf } from '../library/style-name.ts';

/** What a run folder must hold to be resumed. */
export const checkpointFile = 'checkpoint.zip';
/** The artist's picture as it was painted last. */
export const previewName = 'preview.png';
/** Ending of the folder beside the result. */
const runEnding = '.teaching';
const lockName = 'lock';

/** Where a teaching of this name works, beside its result. */
export const runFolder = (out: string, name: string): string => join(out, `${slugOf(name)}${runEnding}`);

/**
 * Runs a teaching in its run folder and removes the folder when it is done, or when it failed without a checkpoint; calls
 * `resumable` where one stays behind. Throws training.locked while another teaching works there, what `action` throws, disk.*.
 */
export async function inRunFolder<T>({ out, name }: Pick<TeachRequest, 'out' | 'name'>, action: (run: string) => Promise<T>, resumable: () => void): Promise<T> {
  const run = runFolder(out, name);
  const busy = ({ who, since }: { readonly who: string; readonly since: string }): StudioError => new StudioError('training.locked', { name, who, since });
  return withLockFile(join(run, lockName), { who: programLabel, patienceMs: 0, busy }, async () => {
    let result: T;
    try {
      result = await action(run);
    } catch (thrown) {
      // The first failure is the one to be told.
      if (!(await hasCheckpoint(run))) await discard(run).catch(() => undefined);
      else if (canBeResumed(thrown)) resumable();
      throw thrown;
    }
    await discard(run);
    return result;
  });
}

/** A checkpoint that was refused cannot be gone on from as it was asked. */
function canBeResumed(thrown: unknown): boolean {
  return !(thrown instanceof StudioError && thrown.code.startsWith('checkpoint.'));
}

function hasCheckpoint(run: string): Promise<boolean> {
  return stat(join(run, checkpointFile)).then(() => true, () => false);
}

/** Renamed first: from then on the next teaching of this name has a folder and a lock of its own. */
async function discard(run: string): Promise<void> {
  const aside = `${run}.${randomUUID()}`;
  try {
    await rename(run, aside);
    await rm(aside, { recursive: true, force: true });
  } catch (thrown) {
    throw diskFault(thrown, run);
  }
}
