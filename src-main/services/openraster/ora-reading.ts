// An OpenRaster file while it is read: its stack.xml, and its PNGs as tiles.
import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { largestSidePx, type Raster } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { Extent } from '../../contract/image.ts';
import type { Note } from '../../contract/note.ts';
import { decodeToSpool } from '../../engine/image/codec.ts';
import { openSpool } from '../../engine/image/spool.ts';
import { asRgba } from '../../raster/pixels.ts';
import { diskFault } from '../disk.ts';
import type { ImportRequest } from '../documents/import-request.ts';
import { writeTiles, type TileWatch } from '../documents/write-tiles.ts';
import { readXml, type XmlElement } from './xml-reader.ts';
import type { ZipReader } from './zip-reader.ts';

const largestXmlBytes = 16 * 2 ** 20;

export interface OraReading extends ImportRequest {
  readonly file: string;
  readonly zip: ZipReader;
  readonly watch: TileWatch;
  readonly notes: Note[];
  /** Layers that have been read. */
  read: number;
}

/** stack.xml as it stands. Throws file.not-a-document. */
export async function stackOf({ zip, file }: OraReading): Promise<{ readonly bytes: Uint8Array; readonly image: XmlElement }> {
  const bytes = await zip.read('stack.xml', largestXmlBytes);
  const image = bytes && readXml(Buffer.from(bytes).toString('utf8'));
  if (!bytes || image?.name !== 'image') throw new StudioError('file.not-a-document', { file, reason: 'its stack.xml cannot be read' });
  return { bytes, image };
}

/** Tiles of a PNG of the file, its first pixel at a place; undefined where it is missing, no picture, or not of the size that is asked for. Throws file.not-a-document | job.cancelled | disk.*. */
export async function readPng(reading: OraReading, src: string, at: { readonly x: number; readonly y: number }, size?: Extent): Promise<Raster | undefined> {
  return withPng(reading, src, ({ tiles }) => tiles(at, size));
}

export interface UnpackedPng {
  /** SHA-256 of the file. */
  readonly hash: string;
  tiles(at: { readonly x: number; readonly y: number }, size?: Extent): Promise<Raster | undefined>;
}

/** A PNG of the file, for as long as it is used; undefined where it is missing. Throws as `readPng`. */
export async function withPng<T>(reading: OraReading, src: string, use: (png: UnpackedPng) => Promise<T>): Promise<T | undefined> {
  const { zip, scratch, watch } = reading;
  const path = join(scratch, `${randomUUID()}.png`);
  try {
    const hash = createHash('sha256');
    const seen = (bytes: Uint8Array): void => {
      if (watch.signal?.aborted) throw new StudioError('job.cancelled');
      hash.update(bytes);
    };
    if (!(await zip.unpack(src, path, seen))) return undefined;
    return await use({ hash: hash.digest('hex'), tiles: (at, size) => tilesOf(reading, path, at, size) });
  } catch (thrown) {
    throw diskFault(thrown, src);
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}

async function tilesOf({ assets, scratch, watch }: OraReading, png: string, at: { readonly x: number; readonly y: number }, size?: Extent): Promise<Raster | undefined> {
  const spoolPath = join(scratch, `${randomUUID()}.tif`);
  try {
    const info = await decodeToSpool(png, spoolPath, { leastSidePx: 1, signal: watch.signal }).catch((thrown: unknown) => {
      if (thrown instanceof StudioError && thrown.code.startsWith('picture.')) return undefined;
      throw thrown;
    });
    if (!info || Math.max(info.width, info.height) > largestSidePx) return undefined;
    if (size && (info.width !== size.width || info.height !== size.height)) return undefined;
    const spool = openSpool(spoolPath);
    try {
      const region = { ...at, width: info.width, height: info.height };
      return await writeTiles(assets, { ...at, depth: info.depth, tiles: {} }, region, (part) => asRgba(spool.readRegion({ ...part, x: part.x - at.x, y: part.y - at.y })), watch.signal ? { signal: watch.signal } : {});
    } finally {
      spool.close();
    }
  } finally {
    await rm(spoolPath, { force: true }).catch(() => undefined);
  }
}
