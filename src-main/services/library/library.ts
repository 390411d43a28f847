// The artist's styles and the shipped ones: found by name, added without losing an older version.
import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { StudioError, type Fault } from '../../contract/fault.ts';
import type { Preset } from '../../contract/style.ts';
import { findNetwork } from './foreign-networks.ts';
import { withLibraryLock } from './library-lock.ts';
import { placeStyle, readShelf, removeStyle, type PlacedStyle, type Shelf } from './library-shelf.ts';
import type { Folders } from '../platform.ts';
import { presetEnding, presetIdOf, readPreset } from './preset-file.ts';
import { namesNear, namesOf, otherNameOf, styleCalled, type LibraryStyle } from './style-lookup.ts';
import { forgetReferences, keepReferences } from './style-references.ts';

export type { LibraryStyle } from './style-lookup.ts';

/** A shipped style behind one of the artist's own, and what still calls it. */
export interface HiddenStyle {
  readonly style: LibraryStyle;
  readonly by: string;
  readonly call: string;
}

export interface LibraryListing {
  readonly styles: readonly LibraryStyle[];
  readonly hidden: readonly HiddenStyle[];
  /** Files that lie in the library and cannot be read. */
  readonly refused: readonly { readonly path: string; readonly fault: Fault }[];
}

/** What `--style` may name: a preset or somebody's network. */
export interface StyleFile {
  readonly kind: 'preset' | 'network';
  readonly path: string;
}

export interface AddedStyle extends PlacedStyle {
  /** The shipped style of the same name. */
  readonly hidden?: HiddenStyle;
}

export interface Library {
  list(): Promise<LibraryListing>;
  /**
   * By name (a shipped one also by its title in any language), by NAME@ID, by at least eight digits of an id, or by the path
   * of a .vstyle or .onnx file; a foreign network of the library where no preset is called so. Throws preset.missing.
   */
  find(style: string): Promise<StyleFile>;
  /** As find, but among the styles of the library only. Throws preset.missing. */
  get(style: string): Promise<LibraryStyle>;
  /**
   * Adds a style and what it was learned from; one of the same name is kept as NAME@ID and told in `kept`.
   * Throws library.locked | preset.corrupt | disk.*.
   */
  add(preset: Preset, references?: readonly Uint8Array[]): Promise<AddedStyle>;
  /** Throws preset.missing | preset.shipped | preset.exists | library.locked | disk.*. */
  rename(style: string, name: string): Promise<AddedStyle>;
  /** Throws preset.missing | preset.shipped | preset.needed while codes stand on it | library.locked | disk.*. */
  remove(style: string): Promise<LibraryStyle>;
}

/** `who` names the program in the lock that others may see. */
export function openLibrary(folders: Pick<Folders, 'home' | 'styles' | 'resources'>, who: string): Library {
  const readAll = () => Promise.all([readShelf(folders.styles, false), readShelf(join(folders.resources, 'styles'), true)]);

  const list = async (): Promise<LibraryListing> => listingOf(...(await readAll()));

  async function get(style: string): Promise<LibraryStyle> {
    const [own, shipped] = await readAll();
    const found = styleCalled(style, own.styles, shipped.styles);
    if (found) return found;
    throw new StudioError('preset.missing', { name: style, known: namesNear(style, [...own.styles, ...shipped.styles], 5).join(', ') || '–' });
  }

  async function find(style: string): Promise<StyleFile> {
    const file = await fileCalled(style);
    if (file) return file;
    try {
      return { kind: 'preset', path: (await get(style)).path };
    } catch (thrown) {
      const network = await findNetwork(style, folders);
      if (!network) throw thrown;
      return { kind: 'network', path: network.path };
    }
  }

  /** The artist's own style of a name. */
  async function getOwn(style: string): Promise<LibraryStyle> {
    const found = await get(style);
    if (found.shipped) throw new StudioError('preset.shipped', { name: found.name });
    return found;
  }

  /** With the shipped style that it now stands before. */
  async function place(preset: Preset): Promise<AddedStyle> {
    const added = await placeStyle(preset, folders.styles);
    const [, shipped] = await readAll();
    const [hidden] = shipped.styles.flatMap((each) => hiddenBy(each, [added.style]) ?? []);
    return { ...added, ...(hidden && { hidden }) };
  }

  async function add({ references: inside = [], ...preset }: Preset, references = inside): Promise<AddedStyle> {
    return withLibraryLock(folders.home, who, async () => {
      // first, so that no style stands without them
      await keepReferences(presetIdOf(preset), references, folders);
      return place(preset);
    });
  }

  async function rename(style: string, name: string): Promise<AddedStyle> {
    return withLibraryLock(folders.home, who, async () => {
      const from = await getOwn(style);
      const [own] = await readAll();
      if (own.styles.some((each) => each.name === name)) throw new StudioError('preset.exists', { name });
      const preset = await readPreset(from.path);
      const added = await place({ ...preset, record: { ...preset.record, name } });
      await removeStyle(from.path);
      return added;
    });
  }

  async function remove(style: string): Promise<LibraryStyle> {
    return withLibraryLock(folders.home, who, async () => {
      const gone = await getOwn(style);
      const [own] = await readAll();
      const isElsewhere = requireNoCodesOn(gone, own.styles);
      await removeStyle(gone.path);
      if (!isElsewhere) await forgetReferences(gone.record.id, folders);
      return gone;
    });
  }

  return { list, find, get, add, rename, remove };
}

function listingOf(own: Shelf, shipped: Shelf): LibraryListing {
  const hidden = shipped.styles.flatMap((style) => hiddenBy(style, own.styles) ?? []);
  const shown = shipped.styles.filter((style) => !hidden.some((each) => each.style === style));
  return {
    styles: [...own.styles, ...shown].sort((a, b) => a.name.localeCompare(b.name)),
    hidden,
    refused: [...own.refused, ...shipped.refused],
  };
}

/** True where another file holds the same style, so that nothing is lost with this one. Throws preset.needed. */
function requireNoCodesOn(gone: LibraryStyle, own: readonly LibraryStyle[]): boolean {
  const others = own.filter(({ path }) => path !== gone.path);
  const isElsewhere = others.some(({ record }) => record.id === gone.record.id);
  const code = others.find(({ record }) => record.kind === 'code' && record.base === gone.record.id);
  if (code && !isElsewhere) throw new StudioError('preset.needed', { name: gone.name, by: code.name });
  return isElsewhere;
}

/** Names are compared as find compares them: what would now find the own style hides the shipped one. */
function hiddenBy(shipped: LibraryStyle, own: readonly LibraryStyle[]): HiddenStyle | undefined {
  const found = namesOf(shipped).map((name) => styleCalled(name, own, [])).find((style) => style !== undefined);
  return found && { style: shipped, by: found.name, call: otherNameOf(shipped, own) };
}

async function fileCalled(style: string): Promise<StyleFile | undefined> {
  const ending = extname(style).toLowerCase();
  if (ending !== presetEnding && ending !== '.onnx') return undefined;
  const isFile = await stat(style).then((found) => found.isFile(), () => false);
  return isFile ? { kind: ending === '.onnx' ? 'network' : 'preset', path: style } : undefined;
}
