// A picture on disk that is read and written by regions: an uncompressed TIFF, so that memory stays flat whatever the size.
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { endianness } from 'node:os';
import { StudioError } from '../../contract/fault.ts';
import type { PixelBuffer, Region } from '../../contract/image.ts';
import { diskFault, requireSpace } from './disk.ts';
import { decodeTiffHeader, encodeTiffHeader, pixelBytes, rowBytes, type SpoolShape } from './tiff-header.ts';

export type { SpoolShape } from './tiff-header.ts';

/**
 * An open spool. Calls are synchronous: a promise for each row of a tile would cost more than the copy, and pages are
 * mostly in the system's cache. Throws disk.* when the disk fails, tensor.shape-mismatch for a region outside the picture.
 */
export interface Spool {
  readonly path: string;
  readonly shape: SpoolShape;
  readRegion(region: Region): PixelBuffer;
  /** pixels must have the spool's channels and depth. */
  writeRegion(at: { readonly x: number; readonly y: number }, pixels: PixelBuffer): void;
  close(): void;
}

/** Bytes a spool of this shape takes on disk, header included (rounded up generously). */
export function spoolBytes(shape: SpoolShape): number {
  return pixelBytes(shape) + 4096 + shape.height;
}

/** Makes a spool, all zero. profile: ICC bytes the file is tagged with. Throws disk.full before a byte is written, disk.*. */
export async function createSpool(path: string, shape: SpoolShape, profile?: Uint8Array): Promise<Spool> {
  await requireSpace(dirname(path), spoolBytes(shape));
  const header = encodeTiffHeader(shape, profile);
  return guarded(path, () => {
    const file = openSync(path, 'w+');
    try {
      writeAll(file, header, 0);
      ftruncateSync(file, header.length + pixelBytes(shape));
    } catch (thrown) {
      closeSync(file);
      throw thrown;
    }
    return spoolOf(path, file, shape, header.length);
  });
}

/** Opens a spool made by createSpool or the codec. Throws picture.corrupt | disk.*. */
export function openSpool(path: string): Spool {
  return guarded(path, () => {
    const file = openSync(path, 'r+');
    try {
      const { shape, pixelsAt } = decodeTiffHeader((position, length) => readAll(file, Buffer.alloc(length), position));
      if (fstatSync(file).size < pixelsAt + pixelBytes(shape)) throw new StudioError('picture.corrupt', { file: 'spool', reason: 'too short' });
      return spoolOf(path, file, shape, pixelsAt);
    } catch (thrown) {
      closeSync(file);
      throw thrown;
    }
  });
}

function spoolOf(path: string, file: number, shape: SpoolShape, pixelsAt: number): Spool {
  const pixel = shape.channels * (shape.depth / 8);
  const row = rowBytes(shape);
  const eachRun = (region: Region, bytes: Buffer, move: (run: Buffer, position: number) => void): void => {
    const length = region.width * pixel;
    const start = pixelsAt + region.y * row + region.x * pixel;
    if (region.width === shape.width) return move(bytes, start);
    for (let y = 0; y < region.height; y++) move(bytes.subarray(y * length, (y + 1) * length), start + y * row);
  };
  return {
    path,
    shape,
    readRegion(region) {
      requireInside(region, shape);
      const samples = region.width * region.height * shape.channels;
      const data = shape.depth === 8 ? new Uint8Array(samples) : new Uint16Array(samples);
      const bytes = Buffer.from(data.buffer);
      guarded(path, () => eachRun(region, bytes, (run, position) => readAll(file, run, position)));
      if (shape.depth === 16) toNative(bytes);
      return { width: region.width, height: region.height, channels: shape.channels, depth: shape.depth, data } as PixelBuffer;
    },
    writeRegion(at, pixels) {
      const region = { x: at.x, y: at.y, width: pixels.width, height: pixels.height };
      requireInside(region, shape);
      if (pixels.channels !== shape.channels || pixels.depth !== shape.depth) {
        throw new StudioError('tensor.shape-mismatch', { expected: `${shape.channels}×${shape.depth} bit`, got: `${pixels.channels}×${pixels.depth} bit` });
      }
      const { buffer, byteOffset, byteLength } = pixels.data;
      const view = Buffer.from(buffer, byteOffset, byteLength);
      const bytes = shape.depth === 16 ? toNative(endianness() === 'LE' ? view : Buffer.from(view)) : view;
      guarded(path, () => eachRun(region, bytes, (run, position) => writeAll(file, run, position)));
    },
    close: () => closeSync(file),
  };
}

function requireInside(region: Region, shape: SpoolShape): void {
  const inside = region.x >= 0 && region.y >= 0 && region.x + region.width <= shape.width && region.y + region.height <= shape.height;
  if (!inside) {
    throw new StudioError('tensor.shape-mismatch', {
      expected: `inside ${shape.width}×${shape.height}`,
      got: `${region.width}×${region.height} at ${region.x},${region.y}`,
    });
  }
}

/** Little-endian file samples to this machine's order and back. */
function toNative(bytes: Buffer): Buffer {
  return endianness() === 'LE' ? bytes : bytes.swap16();
}

function readAll(file: number, bytes: Buffer, position: number): Buffer {
  for (let done = 0; done < bytes.length; ) {
    const count = readSync(file, bytes, done, bytes.length - done, position + done);
    if (count === 0) throw new StudioError('picture.corrupt', { file: 'spool', reason: 'ends early' });
    done += count;
  }
  return bytes;
}

function writeAll(file: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, position + done);
}

function guarded<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    throw diskFault(thrown, path);
  }
}
