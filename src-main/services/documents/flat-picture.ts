// A file with layers as one picture, for whoever places it: read as a document is, composited into a spool.
import { basename, join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import type { PictureInfo } from '../../contract/image.ts';
import type { Note } from '../../contract/note.ts';
import { largestPicturePx } from '../../engine/image/codec.ts';
import { createSpool } from '../../engine/image/spool.ts';
import { makeFolder } from '../disk.ts';
import { compositeInto } from '../glaze/flatten.ts';
import { glazeAssets } from '../glaze/glaze-assets.ts';
import { glazeScene } from '../glaze/glaze-scene.ts';
import type { Importer } from './layered-files.ts';
import type { TileWatch } from './write-tiles.ts';

/** Flattened, text and objects are the pixels they were. */
const losesNothing: ReadonlySet<string> = new Set(['psd.text-as-pixels', 'psd.object-as-pixels', 'psd.flattened']);

export interface FlatPicture {
  readonly info: PictureInfo;
  /** What of its look could not be kept. */
  readonly notes: readonly Note[];
}

/** Fills a spool at `spoolPath` with RGBA in sRGB, 16 bit where the file is; `folder` is for what is needed meanwhile. Throws as the reader, picture.too-large, disk.*. */
export async function flattenToSpool(read: Importer, path: string, spoolPath: string, folder: string, watch: TileWatch): Promise<FlatPicture> {
  const assets = join(folder, 'assets');
  await makeFolder(assets);
  const { record, notes } = await read({ path, id: 'flat', assets, scratch: folder, isFlat: true }, watch);
  const { width, height, depth, dpi } = record;
  if (width * height > largestPicturePx) throw new StudioError('picture.too-large', { file: basename(path), width, height, limit: `${largestPicturePx / 1e6} megapixels` });
  const spool = await createSpool(spoolPath, { width, height, channels: 4, depth });
  try {
    await compositeInto(spool, glazeScene(record, glazeAssets(assets), new Map()), {}, { signal: watch.signal ?? new AbortController().signal, progress: () => undefined });
  } finally {
    spool.close();
  }
  const info: PictureInfo = { width, height, depth, dpi, format: 'layers', hasAlpha: true, space: 'srgb', pages: 1, warnings: [] };
  return { info, notes: notes.filter(({ key }) => !losesNothing.has(key)) };
}
