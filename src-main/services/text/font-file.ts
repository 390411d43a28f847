// A font file opened: its bytes as TrueType or OpenType, compressed web fonts unpacked, within limits.
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import decompress from 'wawoff2/decompress.js';
import { StudioError } from '../../contract/fault.ts';
import { diskFault } from '../disk.ts';
import { partsOf, partsOfBytes, readCoverage, readFontFacts, type FontFacts, type ReadPart } from './sfnt.ts';

/** The largest that ship with systems hold a hundred megabytes. */
const largestFontBytes = 256 * 2 ** 20;
const webFontTag = 0x774f4632; // 'wOF2'

/** Names and styles of a file's fonts; at least one. Throws font.unusable | disk.*. */
export async function factsOf(path: string): Promise<FontFacts[]> {
  const facts = await withParts(path, readFontFacts);
  if (facts.length === 0) throw new StudioError('font.unusable', { file: basename(path), reason: 'it has no outlines or no name' });
  return facts;
}

/** Throws font.unusable | disk.*. */
export async function coverageOf(path: string, index: number): Promise<readonly (readonly [number, number])[]> {
  return withParts(path, (read) => readCoverage(read, index));
}

/** The whole file as TrueType or OpenType. Throws font.unusable | disk.*. */
export async function readFontBytes(path: string): Promise<Uint8Array> {
  const file = await open(path).catch((thrown: unknown) => {
    throw diskFault(thrown, path);
  });
  try {
    const { size } = await file.stat();
    if (size > largestFontBytes) throw new RangeError('it is too large');
    const bytes = new Uint8Array(await file.readFile());
    return isCompressed(bytes) ? await unpacked(bytes) : bytes;
  } catch (thrown) {
    throw unusable(path, thrown);
  } finally {
    await file.close();
  }
}

async function withParts<T>(path: string, use: (read: ReadPart) => Promise<T>): Promise<T> {
  const file = await open(path).catch((thrown: unknown) => {
    throw diskFault(thrown, path);
  });
  try {
    const read = partsOf(file);
    const head = await read(0, 4);
    const isWeb = head.byteLength === 4 && head.getUint32(0) === webFontTag;
    return await use(isWeb ? partsOfBytes(await readFontBytes(path)) : read);
  } catch (thrown) {
    throw unusable(path, thrown);
  } finally {
    await file.close();
  }
}

function unusable(path: string, thrown: unknown): unknown {
  if (thrown instanceof StudioError) return thrown;
  return new StudioError('font.unusable', { file: basename(path), reason: thrown instanceof Error ? thrown.message : String(thrown) });
}

function isCompressed(bytes: Uint8Array): boolean {
  return bytes.byteLength > 48 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === webFontTag;
}

/** The header says how much it unpacks to. */
async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  if (new DataView(bytes.buffer, bytes.byteOffset).getUint32(16) > largestFontBytes) throw new RangeError('it unpacks to too much');
  const whole = await decompress(bytes);
  return new Uint8Array(whole); // A copy: the unpacker's memory is used again.
}
