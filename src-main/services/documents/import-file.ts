// A file of any kind as a new document: a picture on a layer of its own, or all the layers of a PSD or an OpenRaster file.
import { open, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Layer } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { PictureInfo } from '../../contract/image.ts';
import { asRgba } from '../../raster/pixels.ts';
import { diskFault, errorCodeOf } from '../disk.ts';
import type { ImportedDocument, ImportRequest } from './import-request.ts';
import { documentOf, layerEnvelope } from './new-document.ts';
import { takeSource } from './source-picture.ts';
import { writeTiles, type TileWatch } from './write-tiles.ts';

type Importer = (request: ImportRequest, watch: TileWatch) => Promise<ImportedDocument>;

const importers: readonly (readonly [RegExp, () => Promise<Importer>])[] = [
  [/^8BPS/, async () => (await import('../psd/psd-import.ts')).importPsd],
  [/^PK\x03\x04/, async () => (await import('../openraster/ora-import.ts')).importOra],
];

/** Throws picture.* | file.not-a-document | document.too-large | job.cancelled | disk.*; what it wrote lies in `assets` alone. */
export async function importFile(request: ImportRequest, watch: TileWatch = {}): Promise<ImportedDocument> {
  const head = await headOf(request.path);
  const known = importers.find(([mark]) => mark.test(head));
  return known ? (await known[1]())(request, watch) : importPicture(request, watch);
}

async function headOf(path: string): Promise<string> {
  const file = basename(path);
  const found = await stat(path).catch((thrown: unknown) => {
    throw errorCodeOf(thrown) === 'ENOENT' ? new StudioError('picture.missing', { file }) : diskFault(thrown, path);
  });
  if (!found.isFile()) throw new StudioError('picture.not-a-picture', { file });
  try {
    const handle = await open(path, 'r');
    try {
      const head = Buffer.alloc(4);
      const { bytesRead } = await handle.read(head, 0, 4, 0);
      return head.toString('latin1', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw diskFault(thrown, path);
  }
}

/** 72 dpi is what programs write that know of none. */
function saidDpi(info: PictureInfo | undefined): number | undefined {
  return info?.dpi === 72 ? undefined : info?.dpi;
}

/** One placed picture at its own pixels: its file stays the source of the layer. */
async function importPicture({ path, id, assets, scratch }: ImportRequest, watch: TileWatch): Promise<ImportedDocument> {
  const { source, spool, info, notes } = await takeSource(path, assets, scratch);
  try {
    const { width, height, depth } = spool.shape;
    const region = { x: 0, y: 0, width, height };
    const pixels = await writeTiles(assets, { x: 0, y: 0, depth, tiles: {} }, region, (part) => asRgba(spool.readRegion(part)), watch);
    const sourceName = basename(path).slice(0, 500);
    const name = basename(path, extname(path)).slice(0, 500);
    const layer: Layer = { ...layerEnvelope(name), kind: 'image', source, sourceName, sourceSize: { width, height }, transform: [1, 0, 0, 1, 0, 0], pixels };
    return { record: documentOf(id, { name, width, height, dpi: saidDpi(info), depth }, [layer]), notes };
  } finally {
    spool.close();
  }
}
