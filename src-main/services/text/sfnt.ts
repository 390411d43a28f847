// Font files as far as they must be known before they are used: names, weight, slant, axes, covered characters. Nothing of them is run.
import type { FileHandle } from 'node:fs/promises';

/** One font of a file; a collection holds several. */
export interface FontFacts {
  readonly index: number;
  readonly family: string;
  /** Lightest and boldest; equal where the weight does not vary. */
  readonly weights: readonly [number, number];
  readonly italic: boolean;
  /** Some of its signs have colours of their own. */
  readonly hasColours?: boolean;
}

/** Bytes of a part of a file; fewer where it ends. */
export type ReadPart = (position: number, length: number) => Promise<DataView>;

const mostFonts = 64;
const mostTables = 128;
/** Tables that are read whole are no larger. */
const largestTableBytes = 4 * 2 ** 20;

export function partsOf(file: FileHandle): ReadPart {
  return async (position, length) => {
    const buffer = new Uint8Array(length);
    const { bytesRead } = await file.read(buffer, 0, length, position);
    return new DataView(buffer.buffer, 0, bytesRead);
  };
}

export function partsOfBytes(bytes: Uint8Array): ReadPart {
  return async (position, length) => {
    const from = Math.min(position, bytes.byteLength);
    return new DataView(bytes.buffer, bytes.byteOffset + from, Math.min(length, bytes.byteLength - from));
  };
}

type Tables = ReadonlyMap<string, { readonly at: number; readonly length: number }>;

/** Fonts of a file that have outlines, or pictures of signs. Throws RangeError where it is no font or is cut short. */
export async function readFontFacts(read: ReadPart): Promise<FontFacts[]> {
  const found: FontFacts[] = [];
  for (const [index, at] of (await fontsAt(read)).entries()) {
    const tables = await tablesAt(read, at);
    const hasPictures = (tables.has('CBDT') && tables.has('CBLC')) || tables.has('sbix');
    if (!hasPictures && !['glyf', 'CFF ', 'CFF2'].some((name) => tables.has(name))) continue;
    const names = await namesOf(read, tables);
    const { weight, width, italic } = await styleOf(read, tables);
    const family = names.get(16) ?? names.get(1);
    if (family === undefined) continue;
    const narrow = width < 5 ? 'Condensed' : width > 5 ? 'Expanded' : '';
    const named = narrow === '' || /condensed|narrow|compressed|expanded|extended|wide/i.test(family) ? family : `${family} ${narrow}`;
    found.push({ index, family: named, weights: (await weightAxis(read, tables)) ?? [weight, weight], italic, ...(hasPictures || tables.has('COLR') ? { hasColours: true } : {}) });
  }
  return found;
}

/** Ranges of characters a font has signs for, rising; a few of them may turn out to be empty. Throws RangeError. */
export async function readCoverage(read: ReadPart, index: number): Promise<readonly (readonly [number, number])[]> {
  const at = (await fontsAt(read))[index];
  if (at === undefined) return [];
  const cmap = await tableOf(read, await tablesAt(read, at), 'cmap');
  if (!cmap) return [];
  let best: { readonly at: number; readonly format: number } | undefined;
  for (let i = 0; i < cmap.getUint16(2); i++) {
    const [platform, encoding, offset] = [cmap.getUint16(4 + i * 8), cmap.getUint16(6 + i * 8), cmap.getUint32(8 + i * 8)];
    const format = cmap.getUint16(offset);
    const isUnicode = platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10));
    if (isUnicode && (format === 12 || (format === 4 && best?.format !== 12))) best = { at: offset, format };
  }
  if (!best) return [];
  return best.format === 12 ? longRanges(cmap, best.at) : shortRanges(cmap, best.at);
}

function longRanges(cmap: DataView, at: number): [number, number][] {
  const count = Math.min(cmap.getUint32(at + 12), Math.floor((cmap.byteLength - at - 16) / 12));
  return Array.from({ length: count }, (_, i) => [cmap.getUint32(at + 16 + i * 12), cmap.getUint32(at + 20 + i * 12)]);
}

function shortRanges(cmap: DataView, at: number): [number, number][] {
  const doubled = cmap.getUint16(at + 6);
  const ranges = Array.from({ length: doubled / 2 }, (_, i): [number, number] => [cmap.getUint16(at + 16 + doubled + i * 2), cmap.getUint16(at + 14 + i * 2)]);
  return ranges.filter(([first]) => first !== 0xffff);
}

/** Where the fonts of a file begin. */
async function fontsAt(read: ReadPart): Promise<number[]> {
  const head = await read(0, 12 + mostFonts * 4);
  const tag = head.getUint32(0);
  if (tag === 0x74746366) return Array.from({ length: Math.min(mostFonts, head.getUint32(8)) }, (_, i) => head.getUint32(12 + i * 4)); // 'ttcf'
  if (tag === 0x00010000 || tag === 0x4f54544f || tag === 0x74727565) return [0]; // TrueType, 'OTTO', 'true'
  throw new RangeError('it does not begin as a font does');
}

async function tablesAt(read: ReadPart, at: number): Promise<Tables> {
  const count = Math.min(mostTables, (await read(at, 12)).getUint16(4));
  const list = await read(at + 12, count * 16);
  return new Map(Array.from({ length: count }, (_, i) => [tagAt(list, i * 16), { at: list.getUint32(i * 16 + 8), length: list.getUint32(i * 16 + 12) }]));
}

function tagAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}

async function tableOf(read: ReadPart, tables: Tables, name: string): Promise<DataView | undefined> {
  const table = tables.get(name);
  if (!table || table.length > largestTableBytes) return undefined;
  return read(table.at, table.length);
}

/** By name id; English where there are several languages. */
async function namesOf(read: ReadPart, tables: Tables): Promise<Map<number, string>> {
  const table = await tableOf(read, tables, 'name');
  const found = new Map<number, { readonly words: string; readonly rank: number }>();
  if (!table) return new Map();
  const [count, words] = [table.getUint16(2), table.getUint16(4)];
  for (let at = 6; at < 6 + count * 12; at += 12) {
    const [platform, , language, id, length, offset] = [0, 2, 4, 6, 8, 10].map((field) => table.getUint16(at + field)) as [number, number, number, number, number, number];
    const rank = platform === 3 ? (language === 0x409 ? 3 : 1) : platform === 0 ? 2 : language === 0 ? 2 : 0;
    if (![1, 2, 16, 17].includes(id) || rank <= (found.get(id)?.rank ?? -1)) continue;
    const bytes = Array.from({ length }, (_, i) => table.getUint8(words + offset + i));
    const text = platform === 1 ? String.fromCharCode(...bytes) : String.fromCharCode(...Array.from({ length: length >> 1 }, (_, i) => (bytes[i * 2]! << 8) | bytes[i * 2 + 1]!));
    const clean = text.replace(/\p{Cc}/gu, '').trim().slice(0, 200);
    if (clean !== '') found.set(id, { words: clean, rank });
  }
  return new Map([...found].map(([id, { words: name }]) => [id, name]));
}

async function styleOf(read: ReadPart, tables: Tables): Promise<{ readonly weight: number; readonly width: number; readonly italic: boolean }> {
  const style = await tableOf(read, tables, 'OS/2');
  if (!style || style.byteLength < 64) return { weight: 400, width: 5, italic: false };
  const weight = style.getUint16(4);
  const selection = style.getUint16(62); // Bit 0 italic, bit 9 oblique.
  return { weight: weight < 1 || weight > 1000 ? 400 : weight, width: style.getUint16(6) || 5, italic: (selection & 0x201) !== 0 };
}

async function weightAxis(read: ReadPart, tables: Tables): Promise<[number, number] | undefined> {
  const axes = await tableOf(read, tables, 'fvar');
  if (!axes) return undefined;
  const [first, count, size] = [axes.getUint16(4), axes.getUint16(8), axes.getUint16(10)];
  for (let at = first; at < first + count * size; at += size) {
    if (tagAt(axes, at) === 'wght') return [axes.getInt32(at + 4) / 65536, axes.getInt32(at + 12) / 65536];
  }
  return undefined;
}
