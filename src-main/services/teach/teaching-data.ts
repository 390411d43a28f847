// The pictures of a teaching: paintings and photographs decoded, checked and named by their hash.
import { basename } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import type { TeachRequest } from '../../contract/teaching.ts';
import { regionInWords, type PixelBuffer } from '../../contract/image.ts';
import { decodePixels } from '../../engine/image/codec.ts';
import type { Picture } from '../../engine/training/augment.ts';
import type { Dataset } from '../../engine/training/batch.ts';
import { proceduralSet } from '../../engine/training/procedural/index.ts';
import { fileHash } from '../file-hash.ts';
import { picturesIn } from '../picture-files.ts';
import { readPaintings } from './read-paintings.ts';

/** Long side in px at which photographs are kept: crops of one to two times the crop size fit in. */
const photoSizePx = 640;
/** Fewer photographs teach the style to one of them. */
const leastPhotos = 8;
/** More are not read: the memory would grow and the style would not. */
const mostPhotos = 400;
/** Pictures made where no folder is given: every kind at least once, in about three seconds. */
const proceduralPhotos = 24;
const proceduralSize = { width: 480, height: 360 };

export interface TeachingData {
  readonly dataset: Dataset;
  /** Content hashes, one for each part that is learned from; followed by its crop where there is one. */
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
  const read = await readPaintings(request, styleSizePx, watch);
  const paintings = read.flatMap(({ parts }) => parts.map(({ pixels }) => sharedPicture(pixels)));
  const paintingHashes = read.flatMap(({ hash, parts }) => parts.map(({ crop }) => (crop ? `${hash} ${regionInWords(crop)}` : hash)));
  const photos = await contentOf(request, paintings, watch);
  const shown = request.preview === undefined ? photos.pictures[0] : sharedPicture(await decodePixels(request.preview, { longSide: photoSizePx }));
  return { dataset: { photos: photos.pictures, styles: [paintings] }, paintingHashes, photoHashes: photos.hashes, preview: shown };
}

interface Photos {
  readonly pictures: Picture[];
  readonly hashes: string[];
}

async function contentOf({ photos, mix, seed }: TeachRequest, paintings: readonly Picture[], watch: DataWatch): Promise<Photos> {
  if (photos === undefined) return ownContent(paintings, seed);
  const taken = await readPhotos(photos, mix ? 1 : leastPhotos, watch);
  return mix ? mixed(taken, ownContent(paintings, seed)) : taken;
}

/** Few photographs are repeated until they are half of what is practised on. The recipe names the program's pictures `own`. */
function mixed(photos: Photos, own: Photos): Photos {
  const times = Math.max(1, Math.round(own.pictures.length / photos.pictures.length));
  const repeated = Array.from({ length: times }, () => photos.pictures).flat();
  return { pictures: [...repeated, ...own.pictures], hashes: [...photos.hashes, 'own'] };
}

async function readPhotos(paths: readonly string[], least: number, watch: DataWatch): Promise<Photos> {
  const files = (await Promise.all(paths.map(picturesIn))).flat().slice(0, mostPhotos);
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
  const folder = paths.map((path) => basename(path)).join(', ');
  if (pictures.length < least) throw new StudioError('photos.too-few', { folder, count: pictures.length, limit: least });
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
