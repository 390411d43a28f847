// A zip file written entry by entry, so that memory stays flat (PKWARE APPNOTE 6.3: local headers, central directory, end record).
import { open, type FileHandle } from 'node:fs/promises';
import { crc32, deflateRawSync } from 'node:zlib';
import { StudioError } from '../../contract/fault.ts';

/** Without the 64-bit extension, offsets and sizes have 32 bits. */
const largestBytes = 0xffff_fff0;
const mostEntries = 0xffff;
/** 1 January 1980, 00:00: equal documents give equal files. */
const [dosTime, dosDate] = [0, 0x21];
/** Names are UTF-8. */
const utf8Flag = 0x0800;

export interface ZipWriter {
  /** Adds bytes as they are, or deflated. Throws picture.too-large | disk errors. */
  add(name: string, bytes: Uint8Array, packing?: 'stored' | 'deflated'): Promise<void>;
  /** Writes the directory: the file is whole. */
  end(): Promise<void>;
  close(): Promise<void>;
}

interface Entry {
  readonly name: Buffer;
  readonly method: 0 | 8;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** Makes a new file at `path`. */
export async function createZip(path: string): Promise<ZipWriter> {
  const file = await open(path, 'wx');
  const entries: Entry[] = [];
  let length = 0;
  const write = async (bytes: Uint8Array): Promise<void> => {
    if (length + bytes.byteLength > largestBytes) throw new StudioError('upload.too-large', { limit: '4 GB' });
    await writeWhole(file, bytes, length);
    length += bytes.byteLength;
  };
  return {
    async add(name, bytes, packing = 'stored') {
      if (entries.length === mostEntries) throw new StudioError('upload.too-large', { limit: `${mostEntries} parts` });
      const packed = packing === 'deflated' ? deflateRawSync(bytes) : bytes;
      const entry: Entry = { name: Buffer.from(name), method: packing === 'deflated' ? 8 : 0, crc: crc32(bytes), packed: packed.byteLength, size: bytes.byteLength, offset: length };
      entries.push(entry);
      await write(localHeader(entry));
      await write(packed);
    },
    async end() {
      const start = length;
      for (const entry of entries) await write(directoryEntry(entry));
      await write(endRecord(entries.length, length - start, start));
    },
    close: () => file.close(),
  };
}

async function writeWhole(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) done += (await file.write(bytes, done, bytes.byteLength - done, at + done)).bytesWritten;
}

/** What both headers say: flags, method, time, crc, sizes, lengths. */
function shared(header: Buffer, at: number, { name, method, crc, packed, size }: Entry): void {
  header.writeUInt16LE(utf8Flag, at);
  header.writeUInt16LE(method, at + 2);
  header.writeUInt16LE(dosTime, at + 4);
  header.writeUInt16LE(dosDate, at + 6);
  header.writeUInt32LE(crc, at + 8);
  header.writeUInt32LE(packed, at + 12);
  header.writeUInt32LE(size, at + 16);
  header.writeUInt16LE(name.byteLength, at + 20);
}

function localHeader(entry: Entry): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  header.writeUInt16LE(20, 4);
  shared(header, 6, entry);
  return Buffer.concat([header, entry.name]);
}

function directoryEntry(entry: Entry): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x0201_4b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(20, 6);
  shared(header, 8, entry);
  header.writeUInt32LE(entry.offset, 42);
  return Buffer.concat([header, entry.name]);
}

function endRecord(count: number, bytes: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x0605_4b50, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(bytes, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}
