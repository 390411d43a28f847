// A zip file from anybody: its entries by name, each unpacked only when asked for and only up to a limit; the file itself may be of any size.
import { createWriteStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { crc32, createInflateRaw, inflateRaw } from 'node:zlib';
import { StudioError } from '../../contract/fault.ts';
import { chunksOf, partOf } from '../file-parts.ts';
import { mostEntries, readDirectory, recordBytes, signatures, type FoundRecord } from './zip-records.ts';

const largestDirectoryBytes = 128 * 2 ** 20;
/** What one entry may unpack to, in memory or from little. */
const largestEntryBytes = 2 ** 30;
const longestComment = 0xffff;
const [stored, deflated] = [0, 8];

export interface ZipReader {
  readonly names: ReadonlySet<string>;
  /** What an entry says of itself, in bytes; more is never unpacked. */
  sizeOf(name: string): { readonly packed: number; readonly size: number } | undefined;
  /** Bytes of an entry; undefined where there is none. Throws file.not-a-document for one that is too large or damaged | disk errors. */
  read(name: string, limitBytes?: number): Promise<Uint8Array | undefined>;
  /** Unpacks an entry into a new file; false where there is none. `seen` gets its bytes as they go by. Throws as `read`. */
  unpack(name: string, path: string, seen?: (bytes: Uint8Array) => void): Promise<boolean>;
  close(): Promise<void>;
}

type Refused = (reason: string) => StudioError;

/** file: its name, for faults. Throws file.not-a-document | disk errors. */
export async function openZip(path: string, file: string): Promise<ZipReader> {
  const refused: Refused = (reason) => new StudioError('file.not-a-document', { file, reason });
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const entries = await directoryOf(handle, size, refused);
    return readerOf(handle, size, entries, refused);
  } catch (thrown) {
    await handle.close();
    throw thrown instanceof RangeError ? refused(`the archive is damaged: ${thrown.message}`) : thrown;
  }
}

function readerOf(handle: FileHandle, fileBytes: number, entries: ReadonlyMap<string, FoundRecord>, refused: Refused): ZipReader {
  /** Where an entry's bytes begin. */
  async function placeOf(name: string, entry: FoundRecord, limitBytes: number): Promise<number> {
    if (entry.size > limitBytes) throw refused(`“${name}” unpacks to ${Math.ceil(entry.size / 2 ** 20)} MB`);
    const isKnown = entry.method === stored || entry.method === deflated;
    if (entry.isEncrypted || !isKnown) throw refused(`“${name}” is packed in a way OpenRaster does not know`);
    const header = await partOf(handle, entry.offset, recordBytes.local);
    if (header.byteLength < recordBytes.local || header.readUInt32LE(0) !== signatures.local) throw refused(`“${name}” is damaged`);
    const start = entry.offset + recordBytes.local + header.readUInt16LE(26) + header.readUInt16LE(28);
    const isWhole = start + entry.packed <= fileBytes && (entry.method === deflated || entry.packed === entry.size);
    if (!isWhole) throw refused(`“${name}” is damaged`);
    return start;
  }

  return {
    names: new Set(entries.keys()),
    sizeOf: (name) => entries.get(name),
    async read(name, limitBytes = largestEntryBytes) {
      const entry = entries.get(name);
      if (!entry) return undefined;
      const start = await placeOf(name, entry, limitBytes);
      // Deflating adds a few bytes to what cannot be packed.
      if (entry.packed > entry.size * 1.01 + 1024) throw refused(`“${name}” is damaged`);
      const packed = await partOf(handle, start, entry.packed);
      const bytes = entry.method === stored ? packed : await inflated(packed, entry.size);
      if (bytes?.byteLength !== entry.size || crc32(bytes) !== entry.crc) throw refused(`“${name}” is damaged`);
      return bytes;
    },
    async unpack(name, path, seen) {
      const entry = entries.get(name);
      if (!entry) return false;
      const start = await placeOf(name, entry, entry.method === stored ? fileBytes : largestEntryBytes);
      let [crc, size] = [0, 0];
      async function* checked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
        for await (const chunk of source) {
          size += chunk.byteLength;
          if (size > entry!.size) throw refused(`“${name}” is damaged`);
          crc = crc32(chunk, crc);
          seen?.(chunk);
          yield chunk;
        }
      }
      const [packed, out] = [chunksOf(handle, start, entry.packed), createWriteStream(path, { flags: 'wx' })];
      try {
        await (entry.method === stored ? pipeline(packed, checked, out) : pipeline(packed, createInflateRaw(), checked, out));
      } catch (thrown) {
        throw isUnpacking(thrown) ? refused(`“${name}” is damaged`) : thrown;
      }
      if (size !== entry.size || crc !== entry.crc) throw refused(`“${name}” is damaged`);
      return true;
    },
    close: () => handle.close(),
  };
}

/** Entries by name. Throws RangeError | file.not-a-document. */
async function directoryOf(handle: FileHandle, fileBytes: number, refused: Refused): Promise<Map<string, FoundRecord>> {
  const tailAt = Math.max(0, fileBytes - recordBytes.end - longestComment);
  const tail = await partOf(handle, tailAt, fileBytes - tailAt);
  let at = tail.byteLength - recordBytes.end;
  while (at >= 0 && tail.readUInt32LE(at) !== signatures.end) at--;
  if (at < 0) throw new RangeError('its end is missing');
  let [bytes, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  const locator = await partOf(handle, tailAt + at - recordBytes.locator, recordBytes.locator);
  if (locator.byteLength === recordBytes.locator && locator.readUInt32LE(0) === signatures.locator) {
    const long = await partOf(handle, Number(locator.readBigUInt64LE(8)), recordBytes.longEnd);
    if (long.byteLength < recordBytes.longEnd || long.readUInt32LE(0) !== signatures.longEnd) throw new RangeError('its end is damaged');
    [bytes, offset] = [Number(long.readBigUInt64LE(40)), Number(long.readBigUInt64LE(48))];
  }
  if (bytes > largestDirectoryBytes) throw refused(`its directory has ${Math.ceil(bytes / 2 ** 20)} MB`);
  if (offset + bytes > fileBytes) throw new RangeError('its directory is missing');
  const entries = new Map<string, FoundRecord>();
  for (const entry of readDirectory(await partOf(handle, offset, bytes))) {
    if (entries.size >= mostEntries) throw refused(`it has more than ${mostEntries} parts`);
    entries.set(entry.name.toString('utf8'), entry);
  }
  return entries;
}

/** Undefined where it is damaged or unpacks to more. */
async function inflated(packed: Buffer, size: number): Promise<Buffer | undefined> {
  try {
    return await promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw)(packed, { maxOutputLength: Math.max(1, size) });
  } catch (thrown) {
    if (isUnpacking(thrown)) return undefined;
    throw thrown;
  }
}

/** The unpacker's own complaints, and bytes that end early. */
function isUnpacking(thrown: unknown): boolean {
  if (thrown instanceof RangeError) return true;
  return thrown instanceof Error && 'code' in thrown && /^Z_|^ERR_BUFFER_TOO_LARGE$/.test(String(thrown.code));
}
