// The records of a zip file as bytes (PKWARE APPNOTE 6.3.10, sections 4.3 and 4.5.3): written, and read from anybody's.

/** What is at least as much as these stands in the 64-bit extension. */
export interface ZipBounds {
  readonly bytes: number;
  readonly entries: number;
}

export const plainBounds: ZipBounds = { bytes: 0xffff_ffff, entries: 0xffff };

export const signatures = { local: 0x0403_4b50, directory: 0x0201_4b50, end: 0x0605_4b50, longEnd: 0x0606_4b50, locator: 0x0706_4b50 } as const;
export const recordBytes = { local: 30, directory: 46, end: 22, longEnd: 56, locator: 20 } as const;

/** Parts a file may have: every one of them is kept in memory. */
export const mostEntries = 500_000;

/** One entry; sizes and offset in bytes. */
export interface ZipRecord {
  readonly name: Buffer;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** As it stands in a file from anybody. */
export interface FoundRecord extends ZipRecord {
  readonly isEncrypted: boolean;
}

/** 1 January 1980, 00:00: equal documents give equal files. */
const [dosTime, dosDate] = [0, 0x21];
/** Names are UTF-8. */
const utf8Flag = 0x0800;
const longExtra = 0x0001;
/** Of the standard that is needed: 2.0, and 4.5 for the 64-bit extension. */
const [plainVersion, longVersion] = [20, 45];
const [all16, all32] = [0xffff, 0xffff_ffff];

export function localHeader(entry: ZipRecord, bounds: ZipBounds): Buffer {
  const header = Buffer.alloc(recordBytes.local);
  header.writeUInt32LE(signatures.local, 0);
  const extra = shared(header, 4, entry, longSizes(entry, bounds));
  return Buffer.concat([header, entry.name, extra]);
}

export function directoryEntry(entry: ZipRecord, bounds: ZipBounds): Buffer {
  const header = Buffer.alloc(recordBytes.directory);
  header.writeUInt32LE(signatures.directory, 0);
  const isFar = entry.offset >= bounds.bytes;
  const long = [...longSizes(entry, bounds), ...(isFar ? [entry.offset] : [])];
  header.writeUInt16LE(long.length > 0 ? longVersion : plainVersion, 4);
  const extra = shared(header, 6, entry, long, longSizes(entry, bounds).length > 0);
  header.writeUInt32LE(isFar ? all32 : entry.offset, 42);
  return Buffer.concat([header, entry.name, extra]);
}

/** Both sizes where one of them needs it. */
function longSizes({ size, packed }: ZipRecord, bounds: ZipBounds): number[] {
  return Math.max(size, packed) >= bounds.bytes ? [size, packed] : [];
}

/** What both headers say, from the version that is needed to the lengths of name and extension; answers the extension. */
function shared(header: Buffer, at: number, { name, method, crc, packed, size }: ZipRecord, long: readonly number[], hasLongSizes = long.length > 0): Buffer {
  const extra = Buffer.alloc(long.length > 0 ? 4 + long.length * 8 : 0);
  if (long.length > 0) {
    extra.writeUInt16LE(longExtra, 0);
    extra.writeUInt16LE(long.length * 8, 2);
    long.forEach((value, index) => extra.writeBigUInt64LE(BigInt(value), 4 + index * 8));
  }
  header.writeUInt16LE(long.length > 0 ? longVersion : plainVersion, at);
  header.writeUInt16LE(utf8Flag, at + 2);
  header.writeUInt16LE(method, at + 4);
  header.writeUInt16LE(dosTime, at + 6);
  header.writeUInt16LE(dosDate, at + 8);
  header.writeUInt32LE(crc, at + 10);
  header.writeUInt32LE(hasLongSizes ? all32 : packed, at + 14);
  header.writeUInt32LE(hasLongSizes ? all32 : size, at + 18);
  header.writeUInt16LE(name.byteLength, at + 22);
  header.writeUInt16LE(extra.byteLength, at + 24);
  return extra;
}

/** Of a directory of `count` entries in `bytes` bytes from `offset` on. */
export function endRecords(count: number, bytes: number, offset: number, bounds: ZipBounds): Buffer {
  const record = Buffer.alloc(recordBytes.end);
  record.writeUInt32LE(signatures.end, 0);
  const [isMany, isLong, isFar] = [count >= bounds.entries, bytes >= bounds.bytes, offset >= bounds.bytes];
  for (const at of [8, 10]) record.writeUInt16LE(isMany ? all16 : count, at);
  record.writeUInt32LE(isLong ? all32 : bytes, 12);
  record.writeUInt32LE(isFar ? all32 : offset, 16);
  if (!isMany && !isLong && !isFar) return record;
  const long = Buffer.alloc(recordBytes.longEnd);
  long.writeUInt32LE(signatures.longEnd, 0);
  long.writeBigUInt64LE(BigInt(recordBytes.longEnd - 12), 4); // Without the signature and this number.
  for (const at of [12, 14]) long.writeUInt16LE(longVersion, at);
  for (const at of [24, 32]) long.writeBigUInt64LE(BigInt(count), at);
  long.writeBigUInt64LE(BigInt(bytes), 40);
  long.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(recordBytes.locator);
  locator.writeUInt32LE(signatures.locator, 0);
  locator.writeBigUInt64LE(BigInt(offset + bytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([long, locator, record]);
}

/** Entries of a directory's bytes. Throws RangeError where it is damaged. */
export function* readDirectory(bytes: Buffer): Generator<FoundRecord, void> {
  for (let at = 0; at < bytes.byteLength; ) {
    if (bytes.readUInt32LE(at) !== signatures.directory) throw new RangeError('its directory is damaged');
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field)) as [number, number, number];
    const [packed, size, offset] = [20, 24, 42].map((field) => bytes.readUInt32LE(at + field)) as [number, number, number];
    const [nameAt, extraAt] = [at + recordBytes.directory, at + recordBytes.directory + nameBytes];
    if (extraAt + extraBytes > bytes.byteLength) throw new RangeError('its directory is damaged');
    const long = longValues(bytes.subarray(extraAt, extraAt + extraBytes), [size, packed, offset]) as [number, number, number];
    yield {
      name: bytes.subarray(nameAt, extraAt),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      size: long[0],
      packed: long[1],
      offset: long[2],
      isEncrypted: (bytes.readUInt16LE(at + 8) & 1) !== 0,
    };
    at = extraAt + extraBytes + commentBytes;
  }
}

/** Values, those that are all ones taken from the extension in their order. Throws RangeError where it lacks them. */
function longValues(extra: Buffer, values: readonly number[]): number[] {
  let long: Buffer | undefined;
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === longExtra) long ??= extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
  }
  let next = 0;
  return values.map((value) => {
    if (value !== all32 || !long) return value;
    next += 8;
    return Number(long.readBigUInt64LE(next - 8));
  });
}
