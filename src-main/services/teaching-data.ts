// The pictures of a teaching: paintings and photographs decoded, checked and named by their hash.
import { basename } from 'node:path';
import { StudioError } from '../contract/fault.ts';
import type { TeachRequest } from '../contract/teaching.ts';
import type { PixelBuffer } from '../contract/image.ts';
import { decodePixels, inspectPicture } from '../engine/image/codec.ts';
import type { Picture } from '../engine/training/augment.ts';
import type { Dataset } from '../engine/training/batch.ts';
import { proceduralSet } from '../engine/training/procedural/index.ts';
import { fileHash } from './file-hash.ts';
import { paintingWarnings } from './painting-warnings.ts';
import { picturesIn } from './picture-files.ts';

/** Long side in px at which photographs are kept: crops of one to two times the crop size fit in. */
const photoSizePx = 640;
/** Fewer photographs teach the style to one of them. */
const leastPhotos = 8;
/** More are not read: the memory would grow and the style would not. */
const mostPhotos = 400;
/** Pictures made where no folder is given. */
const proceduralPhotos = 48;
const proceduralSize = { width: 480, height: 360 };

export interface TeachingData {
  readonly dataset: Dataset;
  readonly paintingHashes: readonly string[];
  readonly photoHashes: readonly string[];
  /** What progress is shown on. */
  readonly preview: Picture;
}

export interface DataWatch {
  readonly signal: AbortSignal;
  progress(done: number, total: number): void;
  warn(key: string, details: Readonly<Record<string, string | number>>): void;
}

/** Reads all pictures of a request. Throws picture.* for a painting, photos.too-few; unreadable photographs are told and left out. */
export async function readTeachingData(request: TeachRequest, styleSizePx: number, watch: DataWatch): Promise<TeachingData> {
  const paintings: Picture[] = [];
  for (const path of request.paintings) paintings.push(await readPainting(path, styleSizePx, watch));
  const paintingHashes = await Promise.all(request.paintings.map(fileHash));
  const photos = request.photos === undefined ? ownContent(paintings, request.seed) : await readPhotos(request.photos, watch);
  const shown = request.preview === undefined ? photos.pictures[0] : sharedPicture(await decodePixels(request.preview, { longSide: photoSizePx }));
  return { dataset: { photos: photos.pictures, styles: [paintings] }, paintingHashes, photoHashes: photos.hashes, preview: shown };
}

async function readPainting(path: string, styleSizePx: number, watch: DataWatch): Promise<Picture> {
  const info = await inspectPicture(path);
  const pixels = await decodePixels(path, { longSide: styleSizePx, enlarge: true });
  for (const { key, details } of paintingWarnings(path, info, pixels)) watch.warn(key, details);
  return sharedPicture(pixels);
}

interface Photos {
  readonly pictures: Picture[];
  readonly hashes: string[];
}

async function readPhotos(folder: string, watch: DataWatch): Promise<Photos> {
  const files = (await picturesIn(folder)).slice(0, mostPhotos);
  const pictures: Picture[] = [];
  const hashes: string[] = [];
  for (const [index, path] of files.entries()) {
    if (watch.signal.aborted) throw new StudioError('job.cancelled');
    try {
      pictures.push(sharedPicture(await decodePixels(path, { longSide: photoSizePx })));
      hashes.push(await fileHash(path));
    } catch (thrown) {
      if (!(thrown instanceof StudioError)) throw thrown;
      watch.warn('photos.skipped', { file: basename(path) });
    }
    watch.progress(index + 1, files.length);
  }
  if (pictures.length < leastPhotos) throw new StudioError('photos.too-few', { folder: basename(folder), count: pictures.length, limit: leastPhotos });
  return { pictures, hashes };
}

/** The paintings serve as content for one another, beside pictures the program makes. */
function ownContent(paintings: readonly Picture[], seed: number): Photos {
  const made = proceduralSet(proceduralPhotos, proceduralSize, seed).map(sharedPicture);
  return { pictures: [...made, ...paintings], hashes: [] };
}

/** A training picture in memory that threads share. Throws internal for other than 8-bit RGB. */
export function sharedPicture(pixels: PixelBuffer): Picture {
  if (pixels.channels !== 3 || pixels.depth !== 8) throw new StudioError('internal', { reason: 'a training picture is not 8-bit RGB' });
  const data = new Uint8Array(new SharedArrayBuffer(pixels.data.length)); // the batch thread reads it too
  data.set(pixels.data);
  return { width: pixels.width, height: pixels.height, channels: 3, depth: 8, data };
}
