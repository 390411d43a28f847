// Vertical lines: signs beneath one another, Latin turned, columns from right to left, pixels as upright and crisp as in lines across.
import { expect, test } from 'vitest';
import { canvas, drawn, laidOut } from '../../../support/text-fonts.ts';

const vertical = { vertical: true, font: 'Noto Sans SC', sizePx: 40 };

test('Chinese signs take their em beneath one another', async () => {
  const { glyphs, box } = await laidOut({ ...vertical, text: '明月光' });
  expect(glyphs.map(({ turned }) => turned)).toEqual([false, false, false]);
  expect(glyphs.map(({ y }) => Math.round(y * 1e6) / 1e6)).toEqual([35.2, 75.2, 115.2]); // Their origin is 0.88 of the em beneath its top.
  expect(glyphs.map(({ x, across }) => x + across)).toEqual([-20, -20, -20]);
  expect(box).toMatchObject({ x: -20, width: 40, height: 120 });
  expect(box.y).toBeCloseTo(0);
});

test('lines go from right to left, as far apart as the line height says', async () => {
  const { glyphs, box } = await laidOut({ ...vertical, text: '床前\n\n疑', lineHeight: 1.5 });
  expect(glyphs.map(({ x }) => x)).toEqual([-20, -20, -140]);
  expect(box).toMatchObject({ x: -140, width: 160, height: 80 });
});

test('lines are aligned at their upper end, in the middle, at their lower end', async () => {
  const tops = async (align: 'left' | 'center' | 'right') => (await laidOut({ ...vertical, text: '低头思\n乡', align })).glyphs.map(({ y }) => Math.round(y - 35.2));
  expect(await tops('left')).toEqual([0, 40, 80, 0]);
  expect(await tops('center')).toEqual([-60, -20, 20, -20]);
  expect(await tops('right')).toEqual([-120, -80, -40, -40]);
});

test('Latin and digits lie turned in the middle of the column, as long as they are wide; full-width letters stand', async () => {
  const { glyphs, box } = await laidOut({ ...vertical, text: '年2024' });
  expect(glyphs.map(({ turned }) => turned)).toEqual([false, true, true, true, true]);
  const flat = await laidOut({ ...vertical, vertical: false, text: '2024' });
  expect(box.height).toBeCloseTo(40 + flat.box.width, 6);
  expect((await laidOut({ ...vertical, text: 'Ａｂ：' })).glyphs.map(({ turned }) => turned)).toEqual([false, false, false]);
  expect((await laidOut({ ...vertical, text: 'ｱ' })).glyphs[0]?.turned).toBe(true); // Narrow kana.
});

test('one or two figures stand across in the room of one sign, longer ones and those of Latin lie turned', async () => {
  const { glyphs, box } = await laidOut({ ...vertical, text: '年12月3日' });
  expect(glyphs.map(({ turned }) => turned)).toEqual([false, false, false, false, false, false]);
  expect(box.height).toBeCloseTo(5 * 40, 6);
  const [, one, two, , three] = glyphs as [unknown, ...typeof glyphs];
  expect(two!.y).toBeCloseTo(one!.y, 6); // Beside one another.
  const left = (sign: (typeof glyphs)[number]): number => sign.x + sign.across;
  expect(left(one!)).toBeGreaterThanOrEqual(-20 - 1e-6);
  expect(left(one!) + left(two!)).toBeGreaterThan(-20.1);
  expect(left(three!)).toBeGreaterThan(left(one!)); // Alone it stands in the middle.
  const turnedOf = async (text: string) => (await laidOut({ ...vertical, text })).glyphs.map(({ turned }) => turned);
  expect(await turnedOf('年123月')).toEqual([false, true, true, true, false]);
  expect(await turnedOf('用A4纸')).toEqual([false, true, true, false]);
  expect(await turnedOf('共1.5米')).toEqual([false, true, true, true, false]);
  expect(await turnedOf('第 12 章，7。')).toEqual([false, true, false, false, true, false, false, false, false]);
  expect(await turnedOf('12')).toEqual([false, false]);
});

test('figures that stand across lie within their column, as crisp as the others', async () => {
  for (const font of ['Noto Sans SC', 'Inter']) {
    const { alpha } = await drawn({ ...vertical, font, text: '88', at: [100, 20] });
    const ink = columns(alpha);
    expect(ink.findIndex((sum) => sum > 0.5)).toBeGreaterThanOrEqual(80);
    expect(ink.findLastIndex((sum) => sum > 0.5)).toBeLessThan(120);
    const rows = Array.from({ length: canvas.height }, (_, y) => alpha.subarray(y * canvas.width, (y + 1) * canvas.width).some((value) => value > 127));
    expect(rows.indexOf(true)).toBeGreaterThanOrEqual(20);
    expect(rows.lastIndexOf(true)).toBeLessThan(60);
    expect(Math.abs(rows.indexOf(true) + rows.lastIndexOf(true) + 1 - 80)).toBeLessThan(8); // In the middle of its room.
  }
});

test('a narrow box breaks beside figures that stand across, never between them', async () => {
  const { glyphs } = await laidOut({ ...vertical, text: '一12二34三', boxWidth: 81 });
  expect([...new Set(glyphs.map(({ x }) => x))]).toHaveLength(3);
  const [one, two] = [glyphs[1]!, glyphs[2]!];
  expect(two.x).toBe(one.x);
});

test('brackets and dots take their vertical forms', async () => {
  for (const sign of '「」（）《》，。、：ー') {
    const [flat, standing] = [await laidOut({ ...vertical, vertical: false, text: sign }), await laidOut({ ...vertical, text: sign })];
    expect(standing.glyphs[0]!.turned, sign).toBe(false);
    expect(standing.glyphs[0]!.glyph, sign).not.toBe(flat.glyphs[0]!.glyph);
  }
});

test('a line that is longer than its box goes on in the next column, never with a comma', async () => {
  const { glyphs, box } = await laidOut({ ...vertical, text: '床前明月，光疑是', boxWidth: 170, lineHeight: 1 });
  expect([...new Set(glyphs.map(({ x }) => x))]).toEqual([-20, -60, -100]);
  expect(glyphs.filter(({ x }) => x === -20)).toHaveLength(3);
  expect(box.height).toBeLessThanOrEqual(170);
});

test('letters set apart are apart along the line', async () => {
  const { box } = await laidOut({ ...vertical, text: '明月光', letterSpacing: 0.5 });
  expect(box.height).toBeCloseTo(120 + 2 * 20, 6);
});

test('what runs from the right begins at the lower end', async () => {
  const signs = async (text: string) => (await laidOut({ ...vertical, text })).glyphs.filter(({ font, glyph }) => font.outline(glyph).length > 0);
  const [down, up] = [await signs('明月'), await signs('\u202e明月\u202c')];
  expect(up.map(({ glyph }) => glyph)).toEqual(down.map(({ glyph }) => glyph).reverse());
  expect(up[1]!.y - up[0]!.y).toBeCloseTo(40, 6);
});

/** Where ink is, per column of the canvas. */
const columns = (alpha: Uint8Array): number[] => Array.from({ length: canvas.width }, (_, x) => Array.from({ length: canvas.height }, (_, y) => alpha[y * canvas.width + x]!).reduce((all, value) => all + value, 0) / 255);

test('signs lie within their column, and the same column looks the same wherever it is put', async () => {
  const one = await drawn({ ...vertical, text: '国国', at: [100, 20] });
  const ink = columns(one.alpha);
  expect(ink.findIndex((sum) => sum > 0)).toBeGreaterThanOrEqual(80);
  expect(ink.findLastIndex((sum) => sum > 0)).toBeLessThan(120);
  const two = await drawn({ ...vertical, text: '国国', at: [100.3, 20] });
  expect(two.alpha).toEqual(one.alpha);
});

test('turned Latin is the flat word turned by a quarter', async () => {
  const [turned, flat] = [await drawn({ ...vertical, text: 'Vela', at: [100, 20] }), await drawn({ ...vertical, vertical: false, text: 'Vela', at: [20, 100] })];
  const sum = (alpha: Uint8Array): number => alpha.reduce((all, value) => all + value, 0) / 255;
  expect(sum(turned.alpha)).toBeCloseTo(sum(flat.alpha), 0);
  const rows = (alpha: Uint8Array): number[] => Array.from({ length: canvas.height }, (_, y) => alpha.subarray(y * canvas.width, (y + 1) * canvas.width).reduce((all, value) => all + value, 0) / 255);
  const [down, right] = [rows(turned.alpha), columns(flat.alpha)];
  for (let i = 0; i < 100; i++) expect(down[20 + i]!).toBeCloseTo(right[20 + i]!, 1);
});
