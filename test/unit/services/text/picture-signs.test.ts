// Signs that fonts hold as pictures of pixels (CBDT, sbix): where they stand, how they are scaled, what happens to damaged ones.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { createFontBook, type FontBook } from '../../../../src-main/services/text/font-book.ts';
import { factsOf } from '../../../../src-main/services/text/font-file.ts';
import { createShaper } from '../../../../src-main/services/text/shaper.ts';
import { cbdtFont, sbixFont, type SignPicture } from '../../../support/colour-font.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { canvas, drawn, laidOut } from '../../../support/text-fonts.ts';

const side = 64;
let sign: SignPicture;

beforeAll(async () => {
  // Red above, blue beneath, a see-through frame of 4 px.
  const pixels = Uint8Array.from({ length: side * side * 4 }, (_, at) => {
    const [x, y] = [(at >> 2) % side, Math.floor((at >> 2) / side)];
    const isFrame = Math.min(x, y, side - 1 - x, side - 1 - y) < 4;
    return isFrame ? 0 : at % 4 === 3 ? 255 : at % 4 === (y < side / 2 ? 0 : 2) ? 255 : 0;
  });
  const png = await sharp(pixels, { raw: { width: side, height: side, channels: 4 } }).png().toBuffer();
  const glyph = (await laidOut({ text: 'A' })).glyphs[0]!.glyph;
  sign = { glyph, png, width: side, height: side, pxPerEm: 64, bearing: [8, -8] };
});

function bookOf(bytes: Buffer): { readonly path: string; readonly book: FontBook } {
  const path = join(temporaryFolder(), 'pictures.ttf');
  writeFileSync(path, bytes);
  const faces = [{ path, index: 0, weights: [400, 400] as const, italic: false, hasColours: true }];
  return { path, book: createFontBook(createShaper(), { families: async (_, origin) => (origin === 'own' ? [{ name: 'Pictures', origin, faces }] : []) }) };
}

const settings = { font: 'Pictures', sizePx: 100, at: [20, 120] as [number, number], text: 'A', colour: [0, 1, 0, 1] as [number, number, number, number] };

/** Bounds of what is more than half covered: left, top, right, bottom. */
function boundsOf(alpha: Uint8Array): number[] {
  const found = [...alpha.keys()].filter((at) => alpha[at]! > 127);
  const [xs, ys] = [found.map((at) => at % canvas.width), found.map((at) => Math.floor(at / canvas.width))];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1];
}

const kinds: readonly (readonly [string, (picture: SignPicture) => Promise<Buffer>])[] = [['CBDT', cbdtFont], ['sbix', sbixFont]];

describe.each(kinds)('a font of pictures in %s', (_, build) => {
  test('is a font with colours, outlines or not', async () => {
    expect(await factsOf(bookOf(await build(sign)).path)).toMatchObject([{ hasColours: true }]);
  });

  test('lays them where they stand, scaled to the size, in their own colours', async () => {
    const { book } = bookOf(await build(sign));
    const { alpha, pixels } = await drawn(settings, 8, book);
    // 100 px of 64: from 8 + 4 px right of the origin on, up to 8 + 4 px beneath the baseline.
    const expected = [20 + (12 * 100) / 64, 120 - (52 * 100) / 64, 20 + (68 * 100) / 64, 120 + (4 * 100) / 64];
    boundsOf(alpha).forEach((edge, index) => expect(Math.abs(edge - expected[index]!)).toBeLessThanOrEqual(1));
    const at = (x: number, y: number): number[] => [...pixels.slice((y * canvas.width + x) * 4, (y * canvas.width + x) * 4 + 4)];
    expect(at(80, 60)).toEqual([255, 0, 0, 255]);
    expect(at(80, 110)).toEqual([0, 0, 255, 255]);
  });

  test('turns them, fades them with the text and keeps 16 bit', async () => {
    const { book } = bookOf(await build(sign));
    const sum = (alpha: Uint8Array): number => alpha.reduce((all, value) => all + value, 0) / 255;
    const whole = sum((await drawn(settings, 8, book)).alpha);
    const turned = await drawn({ ...settings, at: [150, 20], linear: [0, 1, -1, 0] }, 8, book);
    expect(sum(turned.alpha) / whole).toBeCloseTo(1, 2);
    const half = await drawn({ ...settings, colour: [0, 1, 0, 0.5] }, 16, book);
    expect(half.pixels).toBeInstanceOf(Uint16Array);
    expect(sum(half.alpha) / whole).toBeCloseTo(0.5, 2);
  });

  test('stands upright within its column in a vertical line', async () => {
    const pictograph = '©'; // The one of those that Inter has.
    const { glyphs, box } = await laidOut({ text: pictograph, sizePx: 64 });
    const { book } = bookOf(await build({ ...sign, glyph: glyphs[0]!.glyph, bearing: [Math.round((box.width - side) / 2), -8] }));
    const at: [number, number] = [150, 20];
    const { alpha } = await drawn({ ...settings, text: pictograph, vertical: true, at }, 8, book);
    const [left = 0, top = 0, right = 0, bottom = 0] = boundsOf(alpha);
    expect(Math.abs((left + right) / 2 - at[0])).toBeLessThanOrEqual(1);
    expect(Math.abs(right - left - (bottom - top))).toBeLessThanOrEqual(1);
    expect(top).toBeGreaterThanOrEqual(at[1]);
    expect(bottom).toBeLessThanOrEqual(at[1] + 120);
  });

  test('that are damaged are refused by the font’s name', async () => {
    const { book } = bookOf(await build({ ...sign, png: Buffer.concat([sign.png.subarray(0, 50), Buffer.alloc(40, 7)]) }));
    await expect(drawn(settings, 8, book)).rejects.toMatchObject({ code: 'font.unusable', details: { file: 'pictures.ttf' } });
  });
});
