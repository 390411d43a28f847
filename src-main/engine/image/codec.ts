// Picture files in and out: the only importer of the image library.
import { open, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { StudioError } from '../../contract/fault.ts';
import { regionInWords, type Channels, type Extent, type PictureInfo, type PixelBuffer, type Region } from '../../contract/image.ts';
import { abandonable } from './abandon.ts';
import { nextTurn } from './next-turn.ts';
import { decodeMemoryMB } from './decode-memory.ts';
import { diskFault, replaceFile, requireSpace } from './disk.ts';
import { iccName } from './icc-name.ts';
import { orientedExtent, orientSpool } from './orient.ts';
import { fitsXmp, recipeIn, xmpOf } from './recipe-xmp.ts';
import { isSrgb, warningsOf } from './picture-warnings.ts';
import { formatOf, signatureBytes } from './signature.ts';
import { createSpool, openSpool, spoolBytes, type Spool, type SpoolShape } from './spool.ts';
import { encodeTiffHeader, pixelBytes } from './tiff-header.ts';

/** Largest picture that is opened: an A0 sheet at 300 dpi has 140 million pixels. */
export const largestPicturePx = 400e6;
/** Smallest short side that is opened. */
export const smallestSidePx = 8;
/** Reading that takes more memory than this is said before it starts. */
const muchMemoryMB = 100;

sharp.cache(false); // pictures pass once; a cache would only hold memory
sharp.block({ operation: ['VipsForeignLoad'] }); // files are hostile: only these decoders are reachable
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Tiff', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}`),
});

interface OpenedPicture {
  readonly info: PictureInfo;
  readonly orientation: number;
  readonly metadata: Metadata;
}

/**
 * What a picture file is, read from its header.
 * Throws picture.missing | empty | not-a-picture | unsupported | corrupt | too-large | too-small, disk.*.
 */
export async function inspectPicture(path: string): Promise<PictureInfo> {
  return (await openPicture(path)).info;
}

async function openPicture(path: string, leastSidePx = smallestSidePx, page = 1): Promise<OpenedPicture> {
  const file = basename(path);
  const format = await readFormat(path);
  const metadata = await sharp(path, { limitInputPixels: false, failOn: 'truncated', ...pageOf(page) })
    .metadata()
    .catch((thrown: unknown) => {
      throw decodeFault(thrown, path);
    });
  const orientation = metadata.orientation ?? 1;
  const extent = orientedExtent({ width: metadata.width, height: metadata.pageHeight ?? metadata.height }, orientation);
  requireUsableSize(file, extent, leastSidePx);
  const depth = metadata.depth === 'uchar' ? 8 : 16;
  if (metadata.depth !== 'uchar' && metadata.depth !== 'ushort') {
    throw new StudioError('picture.unsupported', { file, format: `${format}, ${metadata.depth} samples` });
  }
  const profile = metadata.icc && iccName(metadata.icc);
  const memoryMB = decodeMemoryMB({
    ...extent,
    format,
    depth,
    channels: metadata.channels,
    interlaced: metadata.isProgressive ?? false,
    subsampled: metadata.chromaSubsampling?.startsWith('4:2:0') ?? false,
  });
  const info: PictureInfo = {
    ...extent,
    format,
    hasAlpha: metadata.hasAlpha,
    depth,
    space: metadata.space,
    pages: metadata.pages ?? 1,
    ...(profile ? { profile } : {}),
    ...(metadata.density ? { dpi: metadata.density } : {}),
    ...(memoryMB > 0 ? { memoryMB } : {}),
    warnings: [...warningsOf({ ...metadata, ...extent, format, profile }), ...(memoryMB > muchMemoryMB ? ['picture.memory'] : [])],
  };
  return { info, orientation, metadata };
}

/** Named only where it is not the first: readers of files of one page know no pages. */
const pageOf = (page: number): { readonly page?: number } => (page === 1 ? {} : { page: page - 1 });

async function readFormat(path: string): Promise<string> {
  const file = basename(path);
  const found = await stat(path).catch((thrown: NodeJS.ErrnoException) => {
    throw thrown.code === 'ENOENT' ? new StudioError('picture.missing', { file }) : diskFault(thrown, path);
  });
  if (!found.isFile()) throw new StudioError('picture.not-a-picture', { file });
  if (found.size === 0) throw new StudioError('picture.empty', { file });
  const head = Buffer.alloc(signatureBytes);
  const handle = await open(path, 'r').catch((thrown: unknown) => {
    throw diskFault(thrown, path);
  });
  try {
    await handle.read(head, 0, signatureBytes, 0);
  } finally {
    await handle.close();
  }
  const { readable, foreign } = formatOf(head);
  if (foreign) throw new StudioError('picture.unsupported', { file, format: foreign });
  if (!readable) throw new StudioError('picture.not-a-picture', { file });
  return readable;
}

function requireUsableSize(file: string, { width, height }: Extent, leastSidePx: number): void {
  if (width * height > largestPicturePx) {
    throw new StudioError('picture.too-large', { file, width, height, limit: `${largestPicturePx / 1e6} megapixels` });
  }
  if (Math.min(width, height) < leastSidePx) {
    throw new StudioError('picture.too-small', { file, width, height, limit: leastSidePx });
  }
}

/** Pixels of a file in sRGB; 16-bit ones keep their depth where asked. Orientation is the caller's. */
function inSrgb(path: string, { metadata, info }: OpenedPicture, depth: 8 | 16, page = 1): Sharp {
  const ignoreIcc = isSrgb(info.profile); // converting to the same profile would only round
  const pixels = sharp(path, { limitInputPixels: largestPicturePx, failOn: 'truncated', ignoreIcc, ...pageOf(page) }).toColourspace(depth === 16 ? 'rgb16' : 'srgb');
  // the library takes tagged 16-bit RGB to Display P3 by itself; untagged, naming a profile would assume P3
  const wide = metadata.space === 'rgb16' && metadata.hasProfile && !ignoreIcc;
  return wide ? pixels.withIccProfile('srgb', { attach: false }) : pixels;
}

export interface DecodeOptions {
  /** Reduces the picture to this long side; never enlarges unless `enlarge`. */
  readonly longSide?: number;
  /** Reduces the picture to this short side; never enlarges unless `enlarge`. */
  readonly shortSide?: number;
  readonly enlarge?: boolean;
  /** Only this part of the upright picture; sizes are the part's. */
  readonly region?: Region | undefined;
  /** 8 by default. */
  readonly depth?: 8 | 16;
  /** True: four channels, whatever the file has. False, the default: three, transparent parts over white. */
  readonly alpha?: boolean;
}

/**
 * A small picture in memory: upright, sRGB, RGB or RGBA. For thumbnails, training data and masks.
 * Throws as inspectPicture, picture.corrupt when the pixels cannot be read to the end, picture.crop-outside.
 */
export async function decodePixels(path: string, options: DecodeOptions = {}): Promise<PixelBuffer> {
  const opened = await openPicture(path);
  const depth = opened.info.depth === 16 && options.depth === 16 ? 16 : 8;
  const { region } = options;
  if (region) requireWithin(region, opened.info, path);
  const size = resizedTo(region ?? opened.info, options);
  let pixels = inSrgb(path, opened, depth).autoOrient();
  if (region) pixels = pixels.extract({ left: region.x, top: region.y, width: region.width, height: region.height });
  if (size) pixels = pixels.resize({ ...size, fit: 'fill' });
  pixels = options.alpha ? pixels.ensureAlpha() : pixels.flatten({ background: '#ffffff' });
  const { data, info } = await pixels
    .raw({ depth: depth === 16 ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((thrown: unknown) => {
      throw decodeFault(thrown, path);
    });
  const samples = depth === 8 ? new Uint8Array(data) : new Uint16Array(new Uint8Array(data).buffer);
  const picture = { width: info.width, height: info.height, channels: info.channels as Channels, depth, data: samples } as PixelBuffer;
  return options.depth === 16 ? widened(picture) : picture;
}

function requireWithin(region: Region, { width, height }: Extent, path: string): void {
  const { x, y } = region;
  const inside = x >= 0 && y >= 0 && x + region.width <= width && y + region.height <= height;
  if (inside && Math.min(region.width, region.height) >= smallestSidePx) return;
  throw new StudioError('picture.crop-outside', { file: basename(path), crop: regionInWords(region), width, height });
}

/** A small picture that lies in memory as RGBA of 8 bit, sRGB; `name` is for faults. Throws picture.corrupt, also where it has more than `mostPx` pixels. */
export async function decodeBytes(bytes: Uint8Array, name: string, mostPx: number): Promise<PixelBuffer> {
  const { data, info } = await sharp(bytes, { limitInputPixels: mostPx, failOn: 'truncated' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((thrown: unknown) => {
      throw decodeFault(thrown, name);
    });
  return { width: info.width, height: info.height, channels: 4, depth: 8, data: new Uint8Array(data) };
}

/** Pixels of another colour space as sRGB; `profile` is its ICC profile. Throws picture.corrupt where that cannot be used | job.cancelled. */
export async function convertToSrgb(pixels: PixelBuffer, profile: Uint8Array, signal?: AbortSignal): Promise<PixelBuffer> {
  const { data, ...shape } = pixels;
  const bytes = Buffer.concat([encodeTiffHeader(shape, profile), Buffer.from(data.buffer, data.byteOffset, data.byteLength)]);
  const conversion = sharp(bytes, { limitInputPixels: false })
    .toColourspace(shape.depth === 16 ? 'rgb16' : 'srgb')
    .withIccProfile('srgb', { attach: false })
    .raw({ depth: shape.depth === 16 ? 'ushort' : 'uchar' });
  const converted = await abandonable(signal, () => conversion.toBuffer()).catch((thrown: unknown) => {
    throw decodeFault(thrown, 'profile');
  });
  const samples = shape.depth === 8 ? new Uint8Array(converted) : new Uint16Array(new Uint8Array(converted).buffer);
  return { ...shape, data: samples } as PixelBuffer;
}

/** 8 bit to 16 so that white stays white: the library itself would multiply by 256. */
function widened(pixels: PixelBuffer): PixelBuffer {
  return pixels.depth === 16 ? pixels : { ...pixels, depth: 16, data: Uint16Array.from(pixels.data, (value) => value * 257) };
}

function resizedTo(extent: Extent, { longSide, shortSide, enlarge }: DecodeOptions): Extent | undefined {
  const { width, height } = extent;
  const byLong = longSide ? longSide / Math.max(width, height) : Infinity;
  const byShort = shortSide ? shortSide / Math.min(width, height) : Infinity;
  const scale = Math.min(byLong, byShort, enlarge ? Infinity : 1);
  if (!Number.isFinite(scale) || scale === 1) return undefined;
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export interface SpoolOptions {
  readonly leastSidePx?: number;
  /** Of a file of several pages or frames, from 1; the first by default. */
  readonly page?: number;
  /** Ends it at once, with job.cancelled; the library's own part goes on unheard (abandon), its file is removed when it has ended. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A whole picture as a spool at `spoolPath`: upright, sRGB, RGB or RGBA with straight alpha, 16 bit where the file is.
 * Memory is flat for baseline JPEG, non-interlaced PNG and TIFF. Throws as decodePixels, disk.full before it starts, job.cancelled.
 */
export async function decodeToSpool(path: string, spoolPath: string, { leastSidePx, page, signal }: SpoolOptions = {}): Promise<PictureInfo> {
  const opened = await openPicture(path, leastSidePx, page);
  const { info, orientation } = opened;
  const shape: SpoolShape = { width: info.width, height: info.height, channels: info.hasAlpha ? 4 : 3, depth: info.depth };
  const upright = orientation === 1;
  await requireSpace(dirname(spoolPath), spoolBytes(shape) * (upright ? 1 : 2));
  const stored = upright ? spoolPath : `${spoolPath}.stored`;
  try {
    const pixels = inSrgb(path, opened, info.depth, page).tiff({ compression: 'none', predictor: 'none', bigtiff: needsBigTiff(shape) });
    const written = async (): Promise<void> => {
      await pixels.toFile(stored);
      if (signal?.aborted) await rm(stored, { force: true }); // Nobody waits for it.
    };
    await abandonable(signal, written).catch((thrown: unknown) => {
      throw decodeFault(thrown, path);
    });
    if (!upright) await turn(stored, spoolPath, shape, orientation, signal);
  } finally {
    if (!upright) await rm(stored, { force: true });
  }
  return info;
}

async function turn(stored: string, spoolPath: string, shape: SpoolShape, orientation: number, signal?: AbortSignal): Promise<void> {
  const from = openSpool(stored);
  try {
    const to = await createSpool(spoolPath, shape);
    try {
      await orientSpool(from, to, orientation, () => nextTurn(signal));
      to.close();
    } catch (thrown) {
      to.close();
      await rm(spoolPath, { force: true });
      throw thrown;
    }
  } finally {
    from.close();
  }
}

function needsBigTiff(shape: SpoolShape): boolean {
  return pixelBytes(shape) > 4e9;
}

/** A spool tagged sRGB, ready for encodeFromSpool. Throws disk.*. */
export async function createResultSpool(path: string, shape: SpoolShape): Promise<Spool> {
  return createSpool(path, shape, await srgbProfile());
}

let profileBytes: Promise<Buffer> | undefined;

/** The image library's own sRGB profile, for files that it does not write itself. */
export function srgbProfile(): Promise<Buffer> {
  profileBytes ??= sharp({ create: { width: 1, height: 1, channels: 3, background: '#000000' } })
    .withIccProfile('srgb')
    .tiff()
    .toBuffer()
    .then(async (bytes) => (await sharp(bytes).metadata()).icc ?? Buffer.alloc(0));
  return profileBytes;
}

export interface EncodeOptions {
  /** JPEG and WebP quality 1..100; 92 by default. */
  readonly quality?: number;
  /** PNG packed in a third of the time, some larger. */
  readonly isQuick?: boolean;
  /** JSON embedded as XMP; holds no path and no name of a person. */
  readonly recipe?: string;
  /** Print resolution written into the file. */
  readonly dpi?: number;
  /** Aborted before the file is in place: job.cancelled, and what was there stays. */
  readonly signal?: AbortSignal;
}

interface ResultFormat {
  readonly alpha: boolean;
  readonly longestSidePx: number;
  encode(pixels: Sharp, shape: SpoolShape, options: { readonly quality: number; readonly isQuick?: boolean }): Sharp;
}

/** Larger JPEGs are written straight through: a Huffman table of their own needs every coefficient in memory, for 3 % of size. */
const bufferedPx = 8e6;

const jpeg: ResultFormat = {
  alpha: false,
  longestSidePx: 65_500,
  encode: (pixels, shape, { quality }) =>
    pixels.toColourspace('srgb').jpeg({ quality, chromaSubsampling: '4:4:4', optimiseCoding: shape.width * shape.height < bufferedPx }),
};
const tiff: ResultFormat = {
  alpha: true,
  longestSidePx: Infinity,
  encode: (pixels, shape) => pixels.tiff({ compression: 'lzw', predictor: 'horizontal', bigtiff: needsBigTiff(shape) }),
};

const resultFormats: Readonly<Record<string, ResultFormat>> = {
  '.png': { alpha: true, longestSidePx: Infinity, encode: (pixels, _shape, { isQuick = false }) => pixels.png({ compressionLevel: isQuick ? 2 : 6, adaptiveFiltering: !isQuick }) },
  '.jpg': jpeg,
  '.jpeg': jpeg,
  '.webp': {
    alpha: true,
    longestSidePx: 16_383,
    encode: (pixels, _shape, { quality }) => pixels.toColourspace('srgb').webp({ quality, smartSubsample: true }),
  },
  '.tif': tiff,
  '.tiff': tiff,
};

/** Whether a file of this name can hold a result of this size and alpha. Throws picture.unsupported | picture.too-large. */
export function requireResultFormat(outPath: string, extent: Extent): { readonly keepsAlpha: boolean } {
  const file = basename(outPath);
  const format = resultFormats[extname(outPath).toLowerCase()];
  if (!format) throw new StudioError('picture.unsupported', { file, format: extname(outPath) || 'no ending' });
  if (Math.max(extent.width, extent.height) > format.longestSidePx) {
    throw new StudioError('picture.too-large', { file, ...extent, limit: `${format.longestSidePx} px a side in this format` });
  }
  return { keepsAlpha: format.alpha };
}

/**
 * Writes a spool of createResultSpool as PNG, JPEG, WebP or TIFF by the ending of `outPath`, tagged sRGB; PNG and TIFF keep
 * 16 bit, JPEG shows transparent parts over white. Synced and renamed into place.
 * Throws picture.unsupported | too-large, usage.invalid for a recipe that does not fit, disk.*; what was there is untouched.
 */
export async function encodeFromSpool(spoolPath: string, outPath: string, options: EncodeOptions = {}): Promise<void> {
  const spool = openSpool(spoolPath);
  spool.close();
  await encode(sharp(spoolPath, { limitInputPixels: false, unlimited: true }), spool.shape, outPath, options);
}

/** Writes pixels in memory; otherwise as encodeFromSpool. */
export async function encodePixels(pixels: PixelBuffer, outPath: string, options: EncodeOptions = {}): Promise<void> {
  const { data, ...shape } = pixels;
  // through the library's TIFF reader, since raw pixels cannot be tagged without being converted
  const bytes = Buffer.concat([encodeTiffHeader(shape, await srgbProfile()), Buffer.from(data.buffer, data.byteOffset, data.byteLength)]);
  await encode(sharp(bytes, { limitInputPixels: false }), shape, outPath, options);
}

async function encode(source: Sharp, shape: SpoolShape, outPath: string, options: EncodeOptions): Promise<void> {
  const { keepsAlpha } = requireResultFormat(outPath, shape);
  const format = resultFormats[extname(outPath).toLowerCase()]!;
  let pixels = source.keepIccProfile().toColourspace(shape.depth === 16 ? 'rgb16' : 'srgb');
  if (shape.channels === 4 && !keepsAlpha) pixels = pixels.flatten({ background: '#ffffff' });
  if (options.dpi) pixels = pixels.withDensity(options.dpi);
  if (options.recipe) pixels = pixels.withXmp(recipePacket(options.recipe));
  pixels = format.encode(pixels, shape, { ...options, quality: options.quality ?? 92 });
  await replaceFile(outPath, async (temporary) => {
    await pixels.toFile(temporary);
    if (options.signal?.aborted) throw new StudioError('job.cancelled');
  });
}

function recipePacket(recipe: string): string {
  if (!fitsXmp(recipe)) throw new StudioError('usage.invalid', { reason: 'the recipe is too long to be embedded' });
  return xmpOf(recipe);
}

/** The recipe embedded in a result of this program; nothing in other pictures. Throws as inspectPicture. */
export async function readRecipe(path: string): Promise<string | undefined> {
  const { metadata } = await openPicture(path);
  return metadata.xmp && recipeIn(metadata.xmp.toString('utf8'));
}

/** A failure while a known format is decoded: the disk's, or the file is damaged. */
function decodeFault(thrown: unknown, path: string): StudioError {
  if (thrown instanceof StudioError) return thrown;
  const onDisk = diskFault(thrown, path);
  if (onDisk.code !== 'disk.failed') return onDisk;
  const reason = thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown);
  return new StudioError('picture.corrupt', { file: basename(path), reason: reason.replaceAll(path, basename(path)) }, { cause: thrown });
}
