// An OpenRaster file while it is read: its stack.xml, and its PNGs as tiles.
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { largestSidePx, type Raster } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { Note } from '../../contract/note.ts';
import { decodeToSpool } from '../../engine/image/codec.ts';
import { openSpool } from '../../engine/image/spool.ts';
import { diskFault } from '../disk.ts';
import type { ImportRequest } from '../documents/import-request.ts';
import { asRgba, writeTiles, type TileWatch } from '../documents/write-tiles.ts';
import { readXml, type XmlElement } from './xml-reader.ts';
import type { ZipReader } from './zip-reader.ts';

const largestXmlBytes = 16 * 2 ** 20;

export interface OraReading extends ImportRequest {
  readonly file: string;
  readonly zip: ZipReader;
  readonly watch: TileWatch;
  readonly notes: Note[];
}

/** stack.xml as it stands. Throws file.not-a-document. */
export function stackOf({ zip, file }: OraReading): { readonly bytes: Uint8Array; readonly image: XmlElement } {
  const bytes = zip.read('stack.xml', largestXmlBytes);
  const image = bytes && readXml(Buffer.from(bytes).toString('utf8'));
  if (!bytes || image?.name !== 'image') throw new StudioError('file.not-a-document', { file, reason: 'its stack.xml cannot be read' });
  return { bytes, image };
}

/** Tiles of a PNG of the file, its first pixel at a place; undefined where it is missing or no picture. Throws file.not-a-document | job.cancelled | disk.*. */
export async function readPng({ zip, assets, scratch, watch }: OraReading, src: string, at: { readonly x: number; readonly y: number }): Promise<Raster | undefined> {
  if (watch.signal?.aborted) throw new StudioError('job.cancelled');
  const bytes = zip.read(src);
  if (!bytes) return undefined;
  const [png, spoolPath] = [join(scratch, `${randomUUID()}.png`), join(scratch, `${randomUUID()}.tif`)];
  try {
    await writeFile(png, bytes);
    const info = await decodeToSpool(png, spoolPath, 1).catch((thrown: unknown) => {
      if (thrown instanceof StudioError && thrown.code.startsWith('picture.')) return undefined;
      throw thrown;
    });
    if (!info || Math.max(info.width, info.height) > largestSidePx) return undefined;
    const spool = openSpool(spoolPath);
    try {
      const region = { ...at, width: info.width, height: info.height };
      return await writeTiles(assets, { ...at, depth: info.depth, tiles: {} }, region, (part) => asRgba(spool.readRegion({ ...part, x: part.x - at.x, y: part.y - at.y })), watch.signal ? { signal: watch.signal } : {});
    } finally {
      spool.close();
    }
  } catch (thrown) {
    throw diskFault(thrown, src);
  } finally {
    await Promise.all([png, spoolPath].map((path) => rm(path, { force: true }).catch(() => undefined)));
  }
}
