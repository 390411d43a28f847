// From what an artist says of a teaching to a whole request: pictures found, and what was left out filled in.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../contract/fault.ts';
import { programLabel } from '../contract/program.ts';
import type { TeachRequest } from '../contract/teaching.ts';
import { threadsFor } from '../engine/runtime/device.ts';
import { findFeatures } from './features.ts';
import { openLibrary } from './library.ts';
import type { Environment } from './node-platform.ts';
import { picturesIn } from './picture-files.ts';
import type { Folders } from './platform.ts';

type LeftOut = 'features' | 'base' | 'seed' | 'resume' | 'out' | 'threads';

/** Paintings may be folders, an earlier style a name of the library; everything but them and the name may be left out. */
export type TeachWishes = Omit<TeachRequest, LeftOut> & Partial<Pick<TeachRequest, LeftOut>>;

/** The base that ships, where one does. */
const shippedBase = ['models', 'base.vstyle'];

/** Throws features.*, picture.missing, preset.missing, usage.invalid for a folder without paintings, disk.*. */
export async function teachRequest(wishes: TeachWishes, folders: Folders, environment: Environment): Promise<TeachRequest> {
  const { path: features } = await findFeatures(wishes.features, environment, folders.resources);
  const earlier = wishes.continueStyle;
  return {
    ...wishes,
    ...(earlier !== undefined && { continueStyle: (await openLibrary(folders, programLabel).find(earlier)).path }),
    paintings: await paintingsIn(wishes.paintings),
    features,
    base: wishes.base ?? (await defaultBase(folders)),
    seed: wishes.seed ?? 1,
    resume: wishes.resume ?? false,
    out: wishes.out ?? '.',
    threads: wishes.threads ?? threadsFor('trainer', { windowActive: false, both: false }),
  };
}

async function paintingsIn(paths: readonly string[]): Promise<string[]> {
  const found = (await Promise.all(paths.map(picturesIn))).flat();
  if (found.length === 0) throw new StudioError('usage.invalid', { reason: 'the folder holds no painting' });
  return found;
}

async function defaultBase({ resources }: Folders): Promise<string> {
  const path = join(resources, ...shippedBase);
  return stat(path).then(() => path, () => 'none');
}
