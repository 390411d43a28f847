// Base generators: presets of kind network whose descendants mix with one another; some ship, any style of the library can be one.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import { programLabel } from '../../contract/program.ts';
import type { Preset, PresetRecord } from '../../contract/style.ts';
import { openLibrary } from './library.ts';
import { readShelf } from './library-shelf.ts';
import type { Folders } from '../platform.ts';
import { readPreset } from './preset-file.ts';

/** The generator that gives pictures back as they are: where a style starts that has no other base. */
const identityFile = ({ resources }: Pick<Folders, 'resources'>): string => join(resources, 'models', 'identity.vstyle');

type LibraryFolders = Pick<Folders, 'home' | 'styles' | 'resources'>;

/** The base that ships and new styles are taught over; undefined where none does. */
export async function shippedBaseFile({ resources }: Pick<Folders, 'resources'>): Promise<string | undefined> {
  const path = join(resources, 'models', 'base.vstyle');
  return stat(path).then(() => path, () => undefined);
}

/** The file of a generator that ships, by its id; undefined where none has it. Throws disk.failed. */
export async function shippedModel(id: string, { resources }: Pick<Folders, 'resources'>): Promise<string | undefined> {
  const { styles } = await readShelf(join(resources, 'models'), true);
  return styles.find(({ record }) => record.id === id && record.kind === 'network')?.path;
}

/** The file of a base by its id: a generator that ships or a style of the library with weights of its own; undefined where none has it. Throws disk.*. */
export async function findBaseFile(id: string, folders: LibraryFolders): Promise<string | undefined> {
  const shipped = await shippedModel(id, folders);
  if (shipped !== undefined) return shipped;
  const { styles } = await openLibrary(folders, programLabel).list();
  return styles.find(({ record }) => record.id === id && record.kind === 'network')?.path;
}

/** A base by its id; undefined where neither the program nor the library has it. Throws as findBaseFile. */
export async function findBase(id: string, folders: LibraryFolders): Promise<Preset | undefined> {
  const path = await findBaseFile(id, folders);
  return path === undefined ? undefined : readPreset(path);
}

/** The base a style is taught from: 'none' the identity generator, a file otherwise. Throws preset.other-base for a mere code. */
export async function openBase(which: string, folders: Pick<Folders, 'resources'>): Promise<Preset> {
  const preset = await readPreset(which === 'none' ? identityFile(folders) : which);
  if (preset.weights === undefined) throw otherBase(preset.record);
  return preset;
}

/** A code whose base is not at hand. */
export function otherBase({ name, base }: Pick<PresetRecord, 'name' | 'base'>): StudioError {
  return new StudioError('preset.other-base', { file: name, base: base.slice(0, 12) });
}
