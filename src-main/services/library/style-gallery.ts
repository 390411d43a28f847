// The gallery as a window shows it: every style of the library with its thumbnail, its painting, and what the artist noted.
import { readFile, stat } from 'node:fs/promises';
import type { GalleryStyle, PictureId } from '../../contract/studio-records.ts';
import { readNetworks, type ForeignNetwork } from './foreign-networks.ts';
import { readMarks, type GalleryMark } from './gallery-marks.ts';
import type { Library, LibraryStyle } from './library.ts';
import type { PictureShelf } from '../host/picture-shelf.ts';
import type { Folders } from '../platform.ts';
import { readPresetCover } from './preset-file.ts';
import { readReferences } from './style-references.ts';

export interface StyleGallery {
  /** Own styles, foreign networks and shipped ones, by name. Throws disk.*. */
  list(): Promise<GalleryStyle[]>;
}

interface Pictures {
  readonly thumbnail?: PictureId;
  readonly painting?: PictureId;
}

export function createStyleGallery(library: Library, folders: Folders, pictures: PictureShelf): StyleGallery {
  /** By file, its size and time: styles are read again only when they have changed. */
  const known = new Map<string, Pictures>();

  const picturesOf = async (path: string, read: () => Promise<Pictures>): Promise<Pictures> => {
    const found = await stat(path).catch(() => undefined);
    const key = `${path} ${found?.size} ${found?.mtimeMs}`;
    const before = known.get(key);
    const isKept = before && Object.values(before).every((id: PictureId) => pictures.pathOf(id) !== undefined);
    if (isKept) return before;
    const now = await read();
    known.set(key, now);
    return now;
  };
  const presetPictures = async ({ path, record }: LibraryStyle): Promise<Pictures> => {
    // A style removed meanwhile has no pictures; its line goes with the next list.
    const { thumbnail } = await readPresetCover(path).catch(() => ({ thumbnail: undefined }));
    const [painting] = await readReferences(record.id, folders);
    return {
      ...(thumbnail && { thumbnail: await pictures.put(thumbnail) }),
      ...(painting && { painting: await pictures.put(painting) }),
    };
  };
  const networkPictures = async ({ thumbnail }: ForeignNetwork): Promise<Pictures> => {
    const bytes = await readFile(thumbnail).catch(() => undefined);
    return bytes ? { thumbnail: await pictures.put(bytes) } : {};
  };

  return {
    async list() {
      const [{ styles }, networks, marks] = await Promise.all([library.list(), readNetworks(folders), readMarks(folders.home)]);
      const presets = styles.map(async (style) => presetLine(style, marks.get(style.record.id), await picturesOf(style.path, () => presetPictures(style))));
      const foreign = networks.map(async (network) => networkLine(network, marks.get(network.id), await picturesOf(network.path, () => networkPictures(network))));
      return (await Promise.all([...presets, ...foreign])).sort((a, b) => a.name.localeCompare(b.name));
    },
  };
}

function marksOf({ favourite = false, folder, tags = [] }: GalleryMark = {}, ownTags: readonly string[] = []): Pick<GalleryStyle, 'favourite' | 'folder' | 'tags'> {
  return { favourite, tags: [...new Set([...ownTags, ...tags])], ...(folder && { folder }) };
}

function presetLine({ name, record, shipped }: LibraryStyle, mark: GalleryMark | undefined, pictures: Pictures): GalleryStyle {
  const { id, kind, base, learnedSizePx, createdAt, licence, card } = record;
  return {
    name,
    id,
    kind,
    base,
    learnedSizePx,
    createdAt,
    licence,
    origin: shipped ? 'shipped' : 'own',
    ...(card && { card }),
    ...marksOf(mark, card?.tags),
    ...pictures,
  };
}

function networkLine({ name, id, learnedSizePx, createdAt }: ForeignNetwork, mark: GalleryMark | undefined, pictures: Pictures): GalleryStyle {
  return { name, id, kind: 'foreign', origin: 'own', learnedSizePx, createdAt, licence: '', ...marksOf(mark), ...pictures };
}
