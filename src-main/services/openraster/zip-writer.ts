// A zip file written entry by entry, so that memory stays flat (PKWARE APPNOTE 6.3), with the 64-bit extension where numbers need it.
import { open } from 'node:fs/promises';
import { crc32, deflateRawSync } from 'node:zlib';
import { StudioError } from '../../contract/fault.ts';
import { chunksOf, writePart } from '../file-parts.ts';
import { directoryEntry, endRecords, localHeader, mostEntries, plainBounds, type ZipBounds, type ZipRecord } from './zip-records.ts';

const shortBytes = 2 ** 18;

export interface ZipWriter {
  /** Adds bytes as they are, or deflated. Throws upload.too-large | disk errors. */
  add(name: string, bytes: Uint8Array, packing?: 'stored' | 'deflated'): Promise<void>;
  /** Adds a file as it is; `seen` gets its bytes as they go by. Throws upload.too-large | disk errors. */
  addFile(name: string, path: string, seen?: (bytes: Uint8Array) => void): Promise<void>;
  /** Writes the directory: the file is whole. */
  end(): Promise<void>;
  close(): Promise<void>;
}

/** Makes a new file at `path`. `bounds`: from where on the 64-bit extension is used. */
export async function createZip(path: string, bounds: ZipBounds = plainBounds): Promise<ZipWriter> {
  const file = await open(path, 'wx');
  const entries: ZipRecord[] = [];
  let length = 0;
  const write = async (...parts: readonly Uint8Array[]): Promise<void> => {
    // Short ones together: a file has as many of them as it has entries.
    const joined = parts.length > 1 && parts.every(({ byteLength }) => byteLength < shortBytes) ? [Buffer.concat(parts)] : parts;
    for (const bytes of joined) {
      await writePart(file, bytes, length);
      length += bytes.byteLength;
    }
  };
  const keep = (entry: ZipRecord): void => {
    if (entries.length >= mostEntries) throw new StudioError('upload.too-large', { limit: `${mostEntries} parts` });
    entries.push(entry);
  };
  return {
    async add(name, bytes, packing = 'stored') {
      const packed = packing === 'deflated' ? deflateRawSync(bytes) : bytes;
      const entry: ZipRecord = { name: Buffer.from(name), method: packing === 'deflated' ? 8 : 0, crc: crc32(bytes), packed: packed.byteLength, size: bytes.byteLength, offset: length };
      keep(entry);
      await write(localHeader(entry, bounds), packed);
    },
    async addFile(name, source, seen) {
      const from = await open(source, 'r');
      try {
        const { size } = await from.stat();
        const bare: ZipRecord = { name: Buffer.from(name), method: 0, crc: 0, packed: size, size, offset: length };
        length += localHeader(bare, bounds).byteLength; // Written once its sum is known.
        let crc = 0;
        for await (const chunk of chunksOf(from, 0, size)) {
          crc = crc32(chunk, crc);
          seen?.(chunk);
          await write(chunk);
        }
        const entry = { ...bare, crc };
        keep(entry);
        await writePart(file, localHeader(entry, bounds), entry.offset);
      } finally {
        await from.close();
      }
    },
    async end() {
      const start = length;
      for (let i = 0; i < entries.length; i += 1000) await write(...entries.slice(i, i + 1000).map((entry) => directoryEntry(entry, bounds)));
      await write(endRecords(entries.length, length - start, start, bounds));
    },
    close: () => file.close(),
  };
}
