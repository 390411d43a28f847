// A file of any kind as a new document: each page of a picture on a layer of its own, or all the layers of a PSD or an OpenRaster file.
import { rm } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Layer } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { PictureInfo } from '../../contract/image.ts';
import { abandonedEnded } from '../../engine/image/abandon.ts';
import type { Spool } from '../../engine/image/spool.ts';
import { asRgba } from '../../raster/pixels.ts';
import { recipeOffer } from '../picture-recipe.ts';
import type { ImportedDocument, ImportRequest } from './import-request.ts';
import { layeredImporter } from './layered-files.ts';
import { documentOf, layerEnvelope, requireFits } from './new-document.ts';
import { pictureNotes } from './picture-notes.ts';
import { openSource, takeSource } from './source-picture.ts';
import { partOf, writeTiles, type TileWatch } from './write-tiles.ts';

/** Throws picture.* | file.not-a-document | document.too-large | job.cancelled | disk.*; what it wrote lies in `assets` and `scratch` alone, and a cancelled one empties `scratch` once what it has abandoned is over. */
export async function importFile(request: ImportRequest, watch: TileWatch = {}): Promise<ImportedDocument> {
  const read = (await layeredImporter(request.path)) ?? importPicture;
  try {
    return await read(request, watch);
  } finally {
    if (watch.signal?.aborted) void abandonedEnded(watch.signal).then(() => rm(request.scratch, { recursive: true, force: true }).catch(() => undefined));
  }
}

/** 72 dpi is what programs write that know of none. */
function saidDpi(info: PictureInfo | undefined): number | undefined {
  return info?.dpi === 72 ? undefined : info?.dpi;
}

/** More pages or frames than these are left out, and told. */
const mostPages = 64;

/** Placed pictures at their own pixels, one for each page; the file stays the source of all of them. The first is uppermost and shown. */
async function importPicture({ path, id, assets, scratch }: ImportRequest, watch: TileWatch): Promise<ImportedDocument> {
  watch.progress?.({ stage: 'decode', done: 0, total: 1 });
  const { source, spool, info } = await takeSource(path, assets, scratch, 1, watch);
  const name = basename(path, extname(path)).slice(0, 490);
  const count = Math.min(info.pages, mostPages);
  const layerOf = async (opened: Spool, page: number): Promise<Layer> => {
    try {
      const { width, height, depth } = opened.shape;
      requireFits(width, height);
      const pixels = await writeTiles(assets, { x: 0, y: 0, depth, tiles: {} }, { x: 0, y: 0, width, height }, (part) => asRgba(opened.readRegion(part)), partOf(watch, page - 1, count));
      const paged = info.pages > 1 ? { page, pages: info.pages } : {};
      const envelope = { ...layerEnvelope(info.pages > 1 ? `${name} ${page}` : name), visible: page === 1 };
      return { ...envelope, kind: 'image', source, sourceName: basename(path).slice(0, 500), sourceSize: { width, height }, ...paged, transform: [1, 0, 0, 1, 0, 0], pixels };
    } finally {
      opened.close();
    }
  };
  const { width, height, depth } = spool.shape;
  const layers = [await layerOf(spool, 1)];
  let readable = 1;
  for (let page = 2; page <= count; page++) {
    const opened = await openSource(source, assets, scratch, page, watch).catch(notAPage);
    if (!opened) continue;
    layers.push(await layerOf(opened, page));
    readable++;
  }
  const { notes, ...carried } = await recipeOffer(path);
  return { record: documentOf(id, { name, width, height, dpi: saidDpi(info), depth }, layers.reverse()), ...carried, notes: [...pictureNotes(basename(path), info, info.pages > 1 ? readable : 1), ...notes] };
}

/** A page that cannot be read is left out, and told by the count; other failures are thrown on. */
function notAPage(thrown: unknown): undefined {
  if (thrown instanceof StudioError && thrown.code.startsWith('picture.')) return undefined;
  throw thrown;
}
