// Fonts whose signs have colours of their own: Inter with tables put in, COLR (both versions) and CPAL, or pictures (CBDT, sbix).
import { resolve } from 'node:path';
import { readFontBytes } from '../../src-main/services/text/font-file.ts';

const inter = resolve(import.meta.dirname, '../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2');

const u8 = (...values: number[]): Buffer => Buffer.from(values);
const u16 = (...values: number[]): Buffer => Buffer.concat(values.map((value) => u8((value >> 8) & 255, value & 255)));
const u24 = (value: number): Buffer => u8(value >> 16, (value >> 8) & 255, value & 255);
const u32 = (...values: number[]): Buffer => Buffer.concat(values.map((value) => u16(Math.floor(value / 65536), value % 65536)));
const shareOf = (value: number): Buffer => u16(Math.round(value * 16384));

/** `glyphs` by character. A: what H and o share, red at the left to blue at the right. B: H in red, beneath it o in the colour of the text. */
export async function colourFont(glyphs: Readonly<Record<'A' | 'B' | 'H' | 'o', number>>): Promise<Buffer> {
  // OpenType 1.9: palette of red, blue, green as BGRA.
  const palette = Buffer.concat([u16(0, 3, 1, 3), u32(14), u16(0), u8(0, 0, 255, 255, 255, 0, 0, 255, 0, 255, 0, 255)]);
  const line = Buffer.concat([u8(0), u16(2), shareOf(0), u16(0), shareOf(1), shareOf(1), u16(1), shareOf(1)]);
  const gradient = Buffer.concat([u8(4), u24(16), u16(0, 0, 1522, 0, 0, 100), line]); // Along the width of H.
  const coloured = Buffer.concat([u8(10), u24(6), u16(glyphs.H), gradient]);
  const green = Buffer.concat([u8(10), u24(6), u16(glyphs.o), u8(2), u16(2), shareOf(1)]);
  const sourceIn = 5;
  const composite = Buffer.concat([u8(32), u24(8), u8(sourceIn), u24(8 + coloured.length), coloured, green]);
  const list = Buffer.concat([u32(1), u16(glyphs.A), u32(10), composite]);
  const layers = u16(glyphs.o, 0xffff, glyphs.H, 0);
  const base = u16(glyphs.B, 0, 2);
  const colours = Buffer.concat([u16(1, 1), u32(34, 34 + base.length), u16(2), u32(34 + base.length + layers.length, 0, 0, 0, 0), base, layers, list]);
  return withTables(Buffer.from(await readFontBytes(inter)), { 'COLR': colours, 'CPAL': palette });
}

/** A sign as a PNG of its own in a strike; `bearing` is from the origin to the picture's left edge and from the baseline up to its lower one, in its px. */
export interface SignPicture {
  readonly glyph: number;
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
  readonly pxPerEm: number;
  readonly bearing: readonly [number, number];
}

/** As Apple's fonts hold pictures, outlines beside them. */
export async function sbixFont({ glyph, png, pxPerEm, bearing: [x, y] }: SignPicture): Promise<Buffer> {
  const font = Buffer.from(await readFontBytes(inter));
  const count = tablesOf(font).find(([name]) => name === 'maxp')![1].readUInt16BE(4);
  const data = Buffer.concat([u16(x & 0xffff, y & 0xffff), Buffer.from('png ', 'latin1'), png]);
  const first = 4 + (count + 1) * 4;
  const offsets = Array.from({ length: count + 1 }, (_, index) => first + (index > glyph ? data.length : 0));
  const strike = Buffer.concat([u16(pxPerEm, 72), u32(...offsets), data]);
  return withTables(font, { sbix: Buffer.concat([u16(1, 1), u32(1, 12), strike]) });
}

/** As Google's fonts hold pictures: no outlines at all. */
export async function cbdtFont({ glyph, png, width, height, pxPerEm, bearing: [x, y] }: SignPicture): Promise<Buffer> {
  const data = Buffer.concat([u8(height, width, x & 255, (y + height) & 255, width), u32(png.length), png]);
  const lines = (length: number): Buffer => Buffer.alloc(length);
  const list = Buffer.concat([u16(glyph, glyph), u32(8), u16(1, 17), u32(4), u32(0, data.length)]);
  const size = Buffer.concat([u32(56, list.length, 1, 0), lines(24), u16(glyph, glyph), u8(pxPerEm, pxPerEm, 32, 1)]);
  const places = Buffer.concat([u32(0x00030000, 1), size, list]);
  return withTables(Buffer.from(await readFontBytes(inter)), { CBLC: places, CBDT: Buffer.concat([u32(0x00030000), data]) }, ['glyf', 'loca', 'gvar']);
}

function tablesOf(font: Buffer): [string, Buffer][] {
  return Array.from({ length: font.readUInt16BE(4) }, (_, i) => {
    const at = 12 + i * 16;
    return [font.toString('latin1', at, at + 4), font.subarray(font.readUInt32BE(at + 8), font.readUInt32BE(at + 8) + font.readUInt32BE(at + 12))];
  });
}

function withTables(font: Buffer, added: Readonly<Record<string, Buffer>>, without: readonly string[] = []): Buffer {
  const tables = tablesOf(font).filter(([name]) => !without.includes(name));
  tables.push(...Object.entries(added));
  tables.sort(([a], [b]) => (a < b ? -1 : 1));
  let offset = 12 + tables.length * 16;
  const records: Buffer[] = [];
  const bodies: Buffer[] = [];
  for (const [name, bytes] of tables) {
    records.push(Buffer.from(name, 'latin1'), u32(0, offset, bytes.length));
    const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
    bodies.push(padded);
    offset += padded.length;
  }
  return Buffer.concat([font.subarray(0, 4), u16(tables.length, 0, 0, 0), ...records, ...bodies]);
}
