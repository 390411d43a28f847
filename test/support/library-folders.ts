// Folders of a studio of its own, with an identity generator and a base that ship, for tests of the library.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Preset, PresetRecord } from '../../src-main/contract/style.ts';
import type { Folders } from '../../src-main/services/platform.ts';
import { writePreset } from '../../src-main/services/library/preset-file.ts';
import { presetOf } from './preset.ts';
import { codeBySeed, weightsBySeed } from './small-styles.ts';
import { smallGenerator } from './small-teaching.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface LibraryFolders {
  readonly folders: Folders;
  /** The record of resources/models/base.vstyle. */
  readonly base: PresetRecord;
}

export async function libraryFolders(): Promise<LibraryFolders> {
  const home = temporaryFolder();
  const resources = join(home, 'resources');
  mkdirSync(join(resources, 'models'), { recursive: true });
  mkdirSync(join(resources, 'styles'));
  await writePreset(join(resources, 'models', 'identity.vstyle'), networkBySeed(1, { name: 'identity' }));
  const base = await writePreset(join(resources, 'models', 'base.vstyle'), networkBySeed(2, { name: 'base' }));
  return { folders: { home, styles: join(home, 'styles'), work: join(home, 'work'), resources }, base };
}

/** A whole style with weights of its own, by chance. */
export function networkBySeed(seed: number, record: Partial<PresetRecord> = {}): Preset {
  return { ...presetOf({ record: { kind: 'network', generator: smallGenerator, ...record } }), code: codeBySeed(smallGenerator, seed), weights: weightsBySeed(smallGenerator, seed) };
}

/** A code for a base, by chance. */
export function codePreset(base: string, seed: number, record: Partial<PresetRecord> = {}): Preset {
  return { ...presetOf({ record: { generator: smallGenerator, base, ...record } }), code: codeBySeed(smallGenerator, seed) };
}
