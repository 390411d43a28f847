// Where a training of a network that ships stands on disk, and whether it may go on from there.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import { decodeCheckpoint, type Checkpoint } from '../../engine/training/checkpoint.ts';

export const modelCheckpointFile = 'checkpoint.zip';

/** What a checkpoint holds of a recipe of any kind. */
interface Phased {
  readonly phases: readonly object[];
}

/** The checkpoint in a folder, of a recipe that is still `now`'s: phases still to come may have changed, nothing else. Throws checkpoint.missing | checkpoint.corrupt | checkpoint.other-recipe. */
export async function readModelCheckpoint<R extends Phased>(folder: string, now: R): Promise<Checkpoint<R>> {
  const bytes = await readFile(join(folder, modelCheckpointFile)).catch(() => {
    throw new StudioError('checkpoint.missing', { folder: basename(folder) });
  });
  const checkpoint = decodeCheckpoint<R>(bytes, modelCheckpointFile);
  const begun = (of: R): [string, unknown][] => Object.entries({ ...of, phases: of.phases.slice(0, checkpoint.phase + 1), checkpointEvery: 0, environment: undefined });
  const was = new Map(begun(checkpoint.recipe));
  const [differing] = begun(now).find(([key, value]) => JSON.stringify(was.get(key)) !== JSON.stringify(value)) ?? [];
  if (differing !== undefined) throw new StudioError('checkpoint.other-recipe', { file: modelCheckpointFile, reason: differing });
  return { ...checkpoint, recipe: now };
}
