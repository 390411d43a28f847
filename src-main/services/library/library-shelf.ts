// The files of one folder of styles: read whole, added to without losing an older version.
import { copyFile, link, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { faultOf, type Fault } from '../../contract/fault.ts';
import type { Preset, PresetRecord } from '../../contract/style.ts';
import { diskFault, errorCodeOf, makeFolder } from '../disk.ts';
import { presetEnding, presetIdOf, readPresetCover, writePreset } from './preset-file.ts';
import { shortIdLength, type LibraryStyle } from './style-lookup.ts';
import { slugOf } from './style-name.ts';

export interface Shelf {
  readonly styles: readonly LibraryStyle[];
  /** Files that cannot be read. */
  readonly refused: readonly { readonly path: string; readonly fault: Fault }[];
}

export interface PlacedStyle {
  readonly style: LibraryStyle;
  /** What the style that had this name is called now. */
  readonly kept?: string;
}

/** The styles of a folder; none where there is no folder. Throws disk.failed. */
export async function readShelf(folder: string, shipped: boolean): Promise<Shelf> {
  const names = await readdir(folder).catch((thrown: unknown) => {
    if (errorCodeOf(thrown) === 'ENOENT') return [];
    throw diskFault(thrown, folder);
  });
  const styles: LibraryStyle[] = [];
  const refused: { path: string; fault: Fault }[] = [];
  for (const file of names.filter((each) => each.endsWith(presetEnding) && !each.startsWith('.')).sort()) {
    const path = join(folder, file);
    try {
      const { record } = await readPresetCover(path);
      styles.push({ name: nameIn(file, record), path, record, shipped });
    } catch (thrown) {
      refused.push({ path, fault: faultOf(thrown) });
    }
  }
  return { styles, refused };
}

/** An older version carries its id in the file's name. */
function nameIn(file: string, record: PresetRecord): string {
  return file.endsWith(versionEnding(record.id)) ? `${record.name}@${record.id.slice(0, shortIdLength)}` : record.name;
}

function versionEnding(id: string): string {
  return `@${id.slice(0, shortIdLength)}${presetEnding}`;
}

/** Writes a style under its name; one of that name is kept as NAME@ID, a foreign file stays where it is. Throws preset.corrupt | disk.*. */
export async function placeStyle(preset: Preset, folder: string): Promise<PlacedStyle> {
  await makeFolder(folder);
  const path = await placeFor(preset, folder);
  const kept = await keepOlder(path, presetIdOf(preset));
  const record = await writePreset(path, preset);
  return { style: { name: record.name, path, record, shipped: false }, ...(kept !== undefined && { kept }) };
}

export async function removeStyle(path: string): Promise<void> {
  await rm(path).catch((thrown: unknown) => {
    throw diskFault(thrown, path);
  });
}

/** The file of a style's name; another style that already has that file sends this one beside it. */
async function placeFor(preset: Preset, folder: string): Promise<string> {
  const slug = slugOf(preset.record.name);
  const path = join(folder, `${slug}${presetEnding}`);
  const holder = await readPresetCover(path).catch(() => undefined);
  const isForeign = holder ? holder.record.name !== preset.record.name : await exists(path);
  return isForeign ? join(folder, `${slug}-${presetIdOf(preset).slice(0, shortIdLength)}${presetEnding}`) : path;
}

/** Gives the style that lies at a path a second name with its id before the path is written; its versioned name. */
async function keepOlder(path: string, newId: string): Promise<string | undefined> {
  const older = await readPresetCover(path).catch(() => undefined);
  if (!older || older.record.id === newId) return undefined;
  const version = path.slice(0, -presetEnding.length) + versionEnding(older.record.id);
  try {
    // A link costs nothing and cannot be half done; not every disk has them.
    await link(path, version).catch((thrown: unknown) => (errorCodeOf(thrown) === 'EEXIST' ? undefined : copyFile(path, version)));
  } catch (thrown) {
    throw diskFault(thrown, basename(version));
  }
  return `${older.record.name}@${older.record.id.slice(0, shortIdLength)}`;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}
