// Base generators: presets of kind network whose descendants mix with one another, shipped in resources/models.
import { join } from 'node:path';
import { StudioError } from '../contract/fault.ts';
import type { Preset } from '../contract/style.ts';
import type { Folders } from './platform.ts';
import { readPreset } from './preset-file.ts';

/** The generator that gives pictures back as they are: where a style starts that has no other base. */
const identityFile = 'identity.vstyle';

/** The identity generator. Throws preset.*. */
export function identityBase({ resources }: Pick<Folders, 'resources'>): Promise<Preset> {
  return readPreset(join(resources, 'models', identityFile));
}

/** A base by its id; undefined where none that ships has it. */
export async function findBase(id: string, folders: Folders): Promise<Preset | undefined> {
  const identity = await identityBase(folders);
  return identity.record.id === id ? identity : undefined;
}

/** The base a style is taught from: 'none' the identity generator, a file otherwise. Throws preset.other-base for a mere code. */
export async function openBase(which: string, folders: Pick<Folders, 'resources'>): Promise<Preset> {
  if (which === 'none') return identityBase(folders);
  const preset = await readPreset(which);
  if (preset.weights === undefined) throw new StudioError('preset.other-base', { file: preset.record.name });
  return preset;
}
