// The header of an uncompressed strip TIFF (TIFF 6.0, BigTIFF), little endian: written by us, read back from us and the codec.
import { StudioError } from '../../contract/fault.ts';
import type { Channels, Extent } from '../../contract/image.ts';

/** What a spool holds: interleaved samples of one depth. */
export interface SpoolShape extends Extent {
  readonly channels: Channels;
  readonly depth: 8 | 16;
}

const rowsPerStrip = 16;
/** Classic TIFF counts bytes in 32 bits. */
const classicLimit = 0xffff_0000;

const tags = {
  width: 256, height: 257, bitsPerSample: 258, compression: 259, photometric: 262, stripOffsets: 273,
  orientation: 274, samplesPerPixel: 277, rowsPerStrip: 278, stripByteCounts: 279, planar: 284, extraSamples: 338,
  iccProfile: 34675,
} as const;

/** Bytes per value of the TIFF types that occur: BYTE, SHORT, LONG, UNDEFINED, LONG8. */
const typeBytes: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 7: 1, 16: 8 };

/** Bytes of one row. */
export function rowBytes(shape: SpoolShape): number {
  return shape.width * shape.channels * (shape.depth / 8);
}

/** Bytes of all pixels. */
export function pixelBytes(shape: SpoolShape): number {
  return rowBytes(shape) * shape.height;
}

interface Entry {
  readonly tag: number;
  readonly type: 3 | 4 | 7 | 16;
  readonly values: readonly number[] | Uint8Array;
}

/** Everything before the pixels, which follow without a gap. */
export function encodeTiffHeader(shape: SpoolShape, profile?: Uint8Array): Buffer {
  const big = pixelBytes(shape) > classicLimit;
  const offsetType = big ? 16 : 4;
  const strips = Math.ceil(shape.height / rowsPerStrip);
  const entriesAt = (start: number): Entry[] => [
    { tag: tags.width, type: 4, values: [shape.width] },
    { tag: tags.height, type: 4, values: [shape.height] },
    { tag: tags.bitsPerSample, type: 3, values: new Array<number>(shape.channels).fill(shape.depth) },
    { tag: tags.compression, type: 3, values: [1] },
    { tag: tags.photometric, type: 3, values: [shape.channels === 1 ? 1 : 2] },
    { tag: tags.stripOffsets, type: offsetType, values: stripsOf(strips, (i) => start + i * rowsPerStrip * rowBytes(shape)) },
    { tag: tags.orientation, type: 3, values: [1] },
    { tag: tags.samplesPerPixel, type: 3, values: [shape.channels] },
    { tag: tags.rowsPerStrip, type: 3, values: [rowsPerStrip] },
    { tag: tags.stripByteCounts, type: 4, values: stripsOf(strips, (i) => Math.min(rowsPerStrip, shape.height - i * rowsPerStrip) * rowBytes(shape)) },
    { tag: tags.planar, type: 3, values: [1] },
    ...(shape.channels === 4 ? [{ tag: tags.extraSamples, type: 3 as const, values: [2] }] : []),
    ...(profile ? [{ tag: tags.iccProfile, type: 7 as const, values: profile }] : []),
  ];
  const length = layOut(entriesAt(0), big).length; // the length does not depend on the offsets in it
  return layOut(entriesAt(length), big);
}

function stripsOf(count: number, valueOf: (index: number) => number): number[] {
  return Array.from({ length: count }, (_, i) => valueOf(i));
}

function layOut(entries: readonly Entry[], big: boolean): Buffer {
  const [headBytes, entryBytes, countBytes, inlineBytes] = big ? [16, 20, 8, 8] : [8, 12, 2, 4];
  const directoryBytes = countBytes + entries.length * entryBytes + inlineBytes;
  const sizes = entries.map((entry) => entry.values.length * typeBytes[entry.type]!);
  const outside = sizes.reduce((sum, size) => sum + (size > inlineBytes ? size + (size & 1) : 0), 0);
  const bytes = Buffer.alloc(roundTo16(headBytes + directoryBytes + outside));
  bytes.write('II', 0, 'latin1');
  bytes.writeUInt16LE(big ? 43 : 42, 2);
  if (big) bytes.writeUInt16LE(8, 4);
  writeOffset(bytes, headBytes, big ? 8 : 4, big);
  if (big) bytes.writeBigUInt64LE(BigInt(entries.length), headBytes);
  else bytes.writeUInt16LE(entries.length, headBytes);
  let free = headBytes + directoryBytes;
  entries.forEach((entry, i) => {
    const at = headBytes + countBytes + i * entryBytes;
    bytes.writeUInt16LE(entry.tag, at);
    bytes.writeUInt16LE(entry.type, at + 2);
    writeOffset(bytes, entry.values.length, at + 4, big);
    const inline = sizes[i]! <= inlineBytes;
    if (!inline) writeOffset(bytes, free, at + (big ? 12 : 8), big);
    writeValues(bytes, entry, inline ? at + (big ? 12 : 8) : free);
    if (!inline) free += sizes[i]! + (sizes[i]! & 1);
  });
  return bytes;
}

function writeOffset(bytes: Buffer, value: number, at: number, big: boolean): void {
  if (big) bytes.writeBigUInt64LE(BigInt(value), at);
  else bytes.writeUInt32LE(value, at);
}

function writeValues(bytes: Buffer, entry: Entry, at: number): void {
  entry.values.forEach((value, i) => {
    if (entry.type === 3) bytes.writeUInt16LE(value, at + 2 * i);
    else if (entry.type === 4) bytes.writeUInt32LE(value, at + 4 * i);
    else if (entry.type === 16) bytes.writeBigUInt64LE(BigInt(value), at + 8 * i);
    else bytes[at + i] = value;
  });
}

function roundTo16(value: number): number {
  return Math.ceil(value / 16) * 16;
}

/** Reads `length` bytes of the file from `position`. */
export type ReadBytes = (position: number, length: number) => Buffer;

/** Shape and place of the pixels of a spool. Throws picture.corrupt when the file is no uncompressed strip TIFF in one piece. */
export function decodeTiffHeader(read: ReadBytes): { readonly shape: SpoolShape; readonly pixelsAt: number } {
  const head = read(0, 16);
  const big = head.readUInt16LE(2) === 43;
  if (head.toString('latin1', 0, 2) !== 'II' || (!big && head.readUInt16LE(2) !== 42)) throw notASpool('no little-endian TIFF');
  const values = readDirectory(read, head, big);
  const one = (tag: number, otherwise: number): number => values.get(tag)?.[0] ?? otherwise;
  const shape = {
    width: one(tags.width, 0),
    height: one(tags.height, 0),
    channels: one(tags.samplesPerPixel, 1) as Channels,
    depth: one(tags.bitsPerSample, 1) as 8 | 16,
  };
  const sound = [1, 3, 4].includes(shape.channels) && [8, 16].includes(shape.depth) && one(tags.compression, 1) === 1 && one(tags.planar, 1) === 1;
  if (!sound) throw notASpool('unexpected channels, depth or compression');
  const offsets = values.get(tags.stripOffsets) ?? [];
  const counts = values.get(tags.stripByteCounts) ?? [];
  const inOnePiece = offsets.every((offset, i) => i === 0 || offset === offsets[i - 1]! + counts[i - 1]!);
  if (!inOnePiece || offsets.length === 0) throw notASpool('strips do not follow each other');
  return { shape, pixelsAt: offsets[0]! };
}

function readDirectory(read: ReadBytes, head: Buffer, big: boolean): Map<number, number[]> {
  const at = big ? Number(head.readBigUInt64LE(8)) : head.readUInt32LE(4);
  const [entryBytes, countBytes, inlineBytes] = big ? [20, 8, 8] : [12, 2, 4];
  const count = big ? Number(read(at, 8).readBigUInt64LE(0)) : read(at, 2).readUInt16LE(0);
  if (count > 100) throw notASpool('too many tags');
  const directory = read(at + countBytes, count * entryBytes);
  const known = new Set<number>(Object.values(tags));
  const values = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    const entry = directory.subarray(i * entryBytes, (i + 1) * entryBytes);
    const tag = entry.readUInt16LE(0);
    const size = typeBytes[entry.readUInt16LE(2)];
    if (!known.has(tag) || size === undefined || tag === tags.iccProfile) continue;
    const length = big ? Number(entry.readBigUInt64LE(4)) : entry.readUInt32LE(4);
    const valueAt = big ? 12 : 8;
    const bytes = length * size <= inlineBytes ? entry.subarray(valueAt) : read(big ? Number(entry.readBigUInt64LE(12)) : entry.readUInt32LE(8), length * size);
    values.set(tag, Array.from({ length }, (_, k) => (size === 8 ? Number(bytes.readBigUInt64LE(8 * k)) : bytes.readUIntLE(size * k, size))));
  }
  return values;
}

function notASpool(reason: string): StudioError {
  return new StudioError('picture.corrupt', { file: 'spool', reason });
}
