// The artist's styles and the shipped ones: found by name, added without losing an older version.
import { copyFile, link, readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { faultOf, StudioError, type Fault } from '../contract/fault.ts';
import type { Preset, PresetRecord } from '../contract/style.ts';
import { diskFault, errorCodeOf, makeFolder } from './disk.ts';
import { withLibraryLock } from './library-lock.ts';
import type { Folders } from './platform.ts';
import { presetEnding, presetIdOf, readPresetCover, writePreset } from './preset-file.ts';
import { nearestFirst, slugOf } from './style-name.ts';

/** One style of the library. */
export interface LibraryStyle {
  /** Name to call it by; an older version's is NAME@ID. */
  readonly name: string;
  readonly path: string;
  readonly record: PresetRecord;
  readonly shipped: boolean;
}

export interface LibraryListing {
  readonly styles: readonly LibraryStyle[];
  /** Files that lie in the library and cannot be read. */
  readonly refused: readonly { readonly path: string; readonly fault: Fault }[];
}

/** What `--style` may name: a preset or somebody's network. */
export interface StyleFile {
  readonly kind: 'preset' | 'network';
  readonly path: string;
}

export interface Library {
  list(): Promise<LibraryListing>;
  /** By name, by NAME@ID, by at least eight digits of an id, or by the path of a .vstyle or .onnx file. Throws preset.missing. */
  find(style: string): Promise<StyleFile>;
  /**
   * Adds a style; one of the same name is kept as NAME@ID and told in `kept`.
   * Throws library.locked | preset.corrupt | disk.*.
   */
  add(preset: Preset): Promise<{ readonly style: LibraryStyle; readonly kept?: string }>;
}

const shortIdLength = 12;
const shortestIdAsked = 8;

/** `who` names the program in the lock that others may see. */
export function openLibrary(folders: Pick<Folders, 'home' | 'styles' | 'resources'>, who: string): Library {
  async function list(): Promise<LibraryListing> {
    const own = await listFolder(folders.styles, false);
    const shipped = await listFolder(join(folders.resources, 'styles'), true);
    const taken = new Set(own.styles.map(({ name }) => name));
    return {
      styles: [...own.styles, ...shipped.styles.filter(({ name }) => !taken.has(name))].sort((a, b) => a.name.localeCompare(b.name)),
      refused: [...own.refused, ...shipped.refused],
    };
  }

  async function find(style: string): Promise<StyleFile> {
    const asFile = await fileCalled(style);
    if (asFile) return asFile;
    const { styles } = await list();
    const found = styleCalled(style, styles);
    if (found) return { kind: 'preset', path: found.path };
    const known = nearestFirst(style, styles.map(({ name }) => name)).slice(0, 5);
    throw new StudioError('preset.missing', { name: style, known: known.join(', ') || '–' });
  }

  async function add(preset: Preset): Promise<{ style: LibraryStyle; kept?: string }> {
    return withLibraryLock(folders.home, who, async () => {
      await makeFolder(folders.styles);
      const path = await placeFor(preset, folders.styles);
      const kept = await keepOlder(path, presetIdOf(preset));
      const record = await writePreset(path, preset);
      return { style: { name: record.name, path, record, shipped: false }, ...(kept !== undefined && { kept }) };
    });
  }

  return { list, find, add };
}

async function listFolder(folder: string, shipped: boolean): Promise<{ styles: LibraryStyle[]; refused: { path: string; fault: Fault }[] }> {
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

async function fileCalled(style: string): Promise<StyleFile | undefined> {
  const ending = extname(style).toLowerCase();
  if (ending !== presetEnding && ending !== '.onnx') return undefined;
  const isFile = await stat(style).then((found) => found.isFile(), () => false);
  return isFile ? { kind: ending === '.onnx' ? 'network' : 'preset', path: style } : undefined;
}

/** Exact names go before other spellings, names before ids. */
function styleCalled(style: string, styles: readonly LibraryStyle[]): LibraryStyle | undefined {
  const wanted = style.normalize('NFC').toLowerCase();
  const exact = styles.find(({ name }) => name === style);
  const alike = styles.filter(({ name }) => name.normalize('NFC').toLowerCase() === wanted);
  const byId = wanted.length >= shortestIdAsked ? styles.filter(({ record }) => record.id.startsWith(wanted)) : [];
  return exact ?? (alike.length === 1 ? alike[0] : undefined) ?? byId[0];
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
