// Codes whose base is no longer the shipped one: taught anew over it from the pictures kept of them.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import { programLabel } from '../../contract/program.ts';
import type { Preset } from '../../contract/style.ts';
import type { Depth } from '../../contract/training.ts';
import { findBaseFile, openBase, shippedBaseFile } from './bases.ts';
import { makeFolder } from '../disk.ts';
import { openLibrary, type AddedStyle, type LibraryStyle } from './library.ts';
import type { Environment } from '../node-platform.ts';
import type { Folders, Platform } from '../platform.ts';
import { readPreset } from './preset-file.ts';
import { slugOf } from './style-name.ts';
import { readReferences, writeReferences } from './style-references.ts';
import { teach, type TeachWatch } from '../teach/teach.ts';
import { teachRequest } from '../teach/teach-request.ts';
import { tellAdded } from './tell-added.ts';
import { makeWorkFolder, sweepWorkFolders } from '../stylize/work-folder.ts';

/** Where the recipe says nothing: deep enough that brushwork follows, short enough for a whole library. */
const defaults = { depth: 'refine', seconds: 60 } as const;

export interface MigrationWishes {
  readonly depth?: Depth;
  readonly seconds?: number;
  readonly steps?: number;
  readonly features?: string;
  readonly threads?: number;
}

export interface MigratedStyle extends AddedStyle {
  /** Ids of the base it had and of the one it has. */
  readonly from: string;
  readonly to: string;
  /** Pictures it was taught from. */
  readonly references: number;
  readonly seconds: number;
}

/** The artist's codes whose base is nowhere at hand; older versions stay what they are. Throws disk.*. */
export async function stylesToMigrate(folders: Folders): Promise<LibraryStyle[]> {
  const { styles } = await openLibrary(folders, programLabel).list();
  const codes = styles.filter(({ name, record, shipped }) => !shipped && record.kind === 'code' && name === record.name);
  const found = await Promise.all(codes.map(({ record }) => findBaseFile(record.base, folders)));
  return codes.filter((_, index) => found[index] === undefined);
}

/**
 * Teaches a code anew over the shipped base, with the weights and the size of its recipe; the old one is kept as NAME@ID.
 * Throws preset.not-migrated | preset.no-reference, what teach throws, library.locked | disk.*; the old one stands until then.
 */
export async function migrateStyle(style: LibraryStyle, wishes: MigrationWishes, platform: Platform, environment: Environment, watch: TeachWatch): Promise<MigratedStyle> {
  const { folders } = platform;
  const old = await readPreset(style.path);
  await requireNeed(style, folders);
  const kept = await readReferences(old.record.id, folders);
  const references = kept.length > 0 ? kept : (old.references ?? []);
  if (references.length === 0) throw new StudioError('preset.no-reference', { name: style.name });
  await makeFolder(folders.work);
  await sweepWorkFolders(folders.work);
  const work = await makeWorkFolder(folders.work);
  try {
    const paintings = await writeReferences(references, join(work, 'references'));
    const request = await teachRequest({ ...wishesOf(old, wishes), paintings, out: join(work, 'out') }, folders, environment);
    const outcome = await teach(request, { addToLibrary: false }, platform, watch);
    const taught = descended(await readPreset(outcome.preset), old);
    const added = await openLibrary(folders, programLabel).add(taught, references);
    tellAdded(added, watch.warn);
    return { ...added, from: old.record.base, to: taught.record.base, references: references.length, seconds: outcome.seconds };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function requireNeed({ name, record, shipped }: LibraryStyle, folders: Folders): Promise<void> {
  const refuse = (reason: string): never => {
    throw new StudioError('preset.not-migrated', { name, reason });
  };
  if (shipped) refuse('it ships with the program');
  if (record.kind === 'network') refuse('it has weights of its own');
  const base = await openBase((await shippedBaseFile(folders)) ?? 'none', folders);
  if (record.base === base.record.id) refuse('its base is the shipped one');
}

/** The settings of its recipe; depth and time are wished for anew. */
function wishesOf({ record }: Preset, { steps, ...wishes }: MigrationWishes) {
  const { recipe } = record.lineage;
  const weights = recipe.phases.at(-1)?.weights;
  return {
    ...wishes,
    name: slugOf(record.name),
    depth: wishes.depth ?? defaults.depth,
    ...(steps === undefined ? { seconds: wishes.seconds ?? defaults.seconds } : { steps }),
    styleSizePx: record.learnedSizePx,
    cropPx: recipe.cropPx,
    seed: recipe.seed,
    objective: recipe.objective,
    ...(weights && { styleWeight: weights.style, contentWeight: weights.content }),
  };
}

/** The new style goes on where the old one stood: its name, card and licence. */
function descended(taught: Preset, { record: { id, name, licence, card } }: Preset): Preset {
  const { record } = taught;
  return { ...taught, record: { ...record, name, licence, ...(card && { card }), lineage: { ...record.lineage, parent: id } } };
}
