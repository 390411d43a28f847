// From what an artist says of a teaching to a whole request: pictures found, and what was left out filled in.
import { basename } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import { programLabel } from '../../contract/program.ts';
import type { PresetRecord } from '../../contract/style.ts';
import type { TeachRequest } from '../../contract/teaching.ts';
import { findBaseFile, otherBase, shippedBaseFile } from '../library/bases.ts';
import { findFeatures } from '../features.ts';
import { openLibrary } from '../library/library.ts';
import type { Environment } from '../node-platform.ts';
import { picturesIn } from '../picture-files.ts';
import type { Folders } from '../platform.ts';
import { readPresetCover } from '../library/preset-file.ts';

type LeftOut = 'features' | 'base' | 'seed' | 'resume' | 'out';

/** Paintings may be folders, an earlier style and a base names of the library; everything but them and the name may be left out. */
export type TeachWishes = Omit<TeachRequest, LeftOut> & Partial<Pick<TeachRequest, LeftOut>>;

/** Throws features.*, picture.missing, preset.*, usage.invalid for a folder without paintings, disk.*. */
export async function teachRequest(wishes: TeachWishes, folders: Folders, environment: Environment): Promise<TeachRequest> {
  const { path: features } = await findFeatures(wishes.features, environment, folders.resources);
  const earlier = wishes.continueStyle === undefined ? undefined : await taughtStyle(wishes.continueStyle, folders);
  const paintings = await paintingsIn(wishes.paintings);
  if (paintings.length > 1 && typeof wishes.crop === 'object') throw new StudioError('usage.invalid', { reason: 'crops in numbers belong to one painting' });
  return {
    ...wishes,
    ...(earlier && { continueStyle: earlier.path }),
    paintings,
    features,
    base: await baseFor(wishes.base, earlier, folders),
    seed: wishes.seed ?? 1,
    resume: wishes.resume ?? false,
    out: wishes.out ?? '.',
  };
}

interface TaughtStyle {
  readonly path: string;
  readonly record: PresetRecord;
}

async function taughtStyle(style: string, folders: Folders): Promise<TaughtStyle> {
  const { kind, path } = await openLibrary(folders, programLabel).find(style);
  if (kind === 'network') throw new StudioError('usage.invalid', { reason: `${basename(path)} is a network but no taught style` });
  return { path, record: (await readPresetCover(path)).record };
}

/** The base that was asked for; else the one an earlier style is a code for, or the program's. */
async function baseFor(asked: string | undefined, earlier: TaughtStyle | undefined, folders: Folders): Promise<string> {
  if (asked !== undefined) return asked === 'none' ? asked : (await taughtStyle(asked, folders)).path;
  if (!earlier) return (await shippedBaseFile(folders)) ?? 'none';
  if (earlier.record.kind === 'network') return 'none'; // it stands on its own weights
  const found = await findBaseFile(earlier.record.base, folders);
  if (found === undefined) throw otherBase(earlier.record);
  return found;
}

async function paintingsIn(paths: readonly string[]): Promise<string[]> {
  const found = (await Promise.all(paths.map(picturesIn))).flat();
  if (found.length === 0) throw new StudioError('usage.invalid', { reason: 'the folder holds no painting' });
  return found;
}
