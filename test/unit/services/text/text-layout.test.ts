// Lines of text: widths by the fonts' own advances, alignment, spacing, breaks, and fonts that stand in for others.
import { expect, test } from 'vitest';
import { breaksOf, linesOf } from '../../../../src-main/services/text/text-runs.ts';
import { laidOut } from '../../../support/text-fonts.ts';

const widthOf = async (text: string, settings = {}): Promise<number> => (await laidOut({ text, ...settings })).box.width;

test('a line is as wide as the advances of its font say', async () => {
  const { glyphs, box } = await laidOut({ text: 'HHH', sizePx: 100 });
  expect(glyphs).toHaveLength(3);
  const advance = glyphs[1]!.x - glyphs[0]!.x;
  expect(advance).toBeCloseTo(74.316, 2); // 1522 of 2048 units.
  expect(box.width).toBeCloseTo(3 * advance, 6);
  expect(await widthOf('HHH', { sizePx: 50 })).toBeCloseTo(box.width / 2, 6);
});

test('pairs are kerned by the font', async () => {
  expect(await widthOf('AV')).toBeLessThan((await widthOf('A')) + (await widthOf('V')) - 1);
});

test('a bolder weight is another font: wider, with signs of its own', async () => {
  const [light, bold] = [await laidOut({ weight: 100 }), await laidOut({ weight: 900 })];
  expect(bold.box.width).toBeGreaterThan(light.box.width * 1.1);
});

test('lines stand on either side of their place as they are aligned', async () => {
  const first = async (align: 'left' | 'center' | 'right'): Promise<number> => (await laidOut({ text: 'one\nseveral', align })).glyphs[0]!.x;
  const width = await widthOf('one');
  expect(await first('left')).toBe(0);
  expect(await first('center')).toBeCloseTo(-width / 2, 6);
  expect(await first('right')).toBeCloseTo(-width, 6);
});

test('baselines are as far apart as the line height says, empty lines count', async () => {
  const { glyphs, box } = await laidOut({ text: 'a\n\nb', sizePx: 40, lineHeight: 1.5 });
  expect(glyphs.map(({ y }) => y)).toEqual([0, 120]);
  expect(box.height).toBeGreaterThan(120);
});

test('letters set apart are apart by that much and join no ligature', async () => {
  const plain = await widthOf('office');
  expect(await widthOf('office', { letterSpacing: 0.1, sizePx: 40 })).toBeCloseTo(plain + 5 * 4, 0);
});

test('Chinese in a Latin font comes from the Chinese one, in the same line', async () => {
  const { glyphs, notes, box } = await laidOut({ text: '画 Velatura', sizePx: 40 });
  expect(new Set(glyphs.map(({ font }) => font)).size).toBe(2);
  expect(glyphs[1]!.x).toBeCloseTo(40, 6);
  expect(notes).toEqual([]);
  expect(box.width).toBeCloseTo(40 + (await widthOf(' Velatura')), 1);
});

test('a font that is not there is replaced, and both are told', async () => {
  const { notes, box } = await laidOut({ font: 'Gone Grotesk' });
  expect(notes).toEqual([{ key: 'text.font-missing', details: { font: 'Gone Grotesk', used: 'Inter' } }]);
  expect(box.width).toBeCloseTo(await widthOf('Velatura'), 6);
});

test('a sign nobody has is a box, and told', async () => {
  const { glyphs, notes } = await laidOut({ text: 'a\u{1f600}\u16a0\u16a0' });
  expect(glyphs.map(({ glyph }) => glyph).slice(1)).toEqual([0, 0, 0]);
  expect(notes).toEqual([{ key: 'text.signs-missing', details: { signs: '\u{1f600} \u16a0', count: 2 } }]);
});

test('brackets among letters from the right are mirrored', async () => {
  const shape = async (text: string): Promise<readonly unknown[]> => {
    const { glyphs } = await laidOut({ text });
    return glyphs.map(({ font, glyph }) => font.outline(glyph));
  };
  const [opening, closing] = [(await shape('('))[0], (await shape(')'))[0]];
  const signs = await shape('\u202e(ab)\u202c');
  const brackets = signs.filter((path) => [opening, closing].some((each) => JSON.stringify(each) === JSON.stringify(path)));
  expect(brackets).toEqual([opening, closing]); // The pair still embraces its words.
});

test('accents that stand alone are joined with their letters', async () => {
  expect((await laidOut({ text: 'e\u0301' })).glyphs).toHaveLength(1);
});

test('lines end where the artist ends them, whatever ends them there; control characters go', () => {
  expect(linesOf('a\r\nb\rc\u2028d\u0007\te')).toEqual(['a', 'b', 'c', 'd    e']);
});

test('a line that is longer than its box is broken between words, and within a word that is longer still', async () => {
  const baselines = async (text: string, boxWidth: number): Promise<number[]> => [...new Set((await laidOut({ text, boxWidth, lineHeight: 1, sizePx: 10 })).glyphs.map(({ y }) => y))];
  expect(await baselines('aaa bbb ccc', 45)).toEqual([0, 10]);
  expect(await baselines('mmmmmmmmmm', 30)).toEqual([0, 10, 20, 30]); // Three to a line.
  expect(await baselines('画家在画布上作画', 40)).toEqual([0, 10]);
  const { box } = await laidOut({ text: 'aaa bbb ccc ddd eee', boxWidth: 50, sizePx: 10 });
  expect(box.width).toBeLessThanOrEqual(50);
});

test('Chinese commas never begin a line, opening brackets never end one', () => {
  expect(breaksOf('画，家（在）上')).toEqual([2, 3, 6]);
  expect(breaksOf('two words, half-done')).toEqual([4, 11, 16]);
});

test('20 000 characters are laid out; what would be larger than any document is refused', async () => {
  const { glyphs } = await laidOut({ text: 'abcdefghi\n'.repeat(2000), sizePx: 8, lineHeight: 1 });
  expect(glyphs).toHaveLength(18_000);
  await expect(laidOut({ text: 'W'.repeat(100), sizePx: 4096 })).rejects.toMatchObject({ code: 'text.too-large' });
});
