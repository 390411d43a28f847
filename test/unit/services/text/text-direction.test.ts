// Runs of letters from the left and from the right in one line, as UAX 9 orders them.
import { expect, test } from 'vitest';
import { directedRuns, directionsOf } from '../../../../src-main/services/text/text-direction.ts';

/** A line as it is seen from left to right, each run's letters in their own order. */
const seen = (paragraph: string, start?: number, end?: number): string[] => directedRuns(paragraph, directionsOf(paragraph), start, end).map(({ start: from, end: to, rightToLeft }) => (rightToLeft ? '<' : '') + paragraph.slice(from, to));

test('a line of one direction is one run', () => {
  expect(seen('Velatura 画, 12')).toEqual(['Velatura 画, 12']);
  expect(seen('שלום עולם')).toEqual(['<שלום עולם']);
  expect(seen('')).toEqual([]);
});

test('words from the right stand in their place in a line from the left', () => {
  expect(seen('say שלום now')).toEqual(['say ', '<שלום', ' now']);
});

test('a line that begins from the right goes from right to left as a whole', () => {
  expect(seen('שלום world!')).toEqual(['<!', 'world', '<שלום ']);
});

test('numbers keep their order among letters from the right, with what stands between and behind their digits', () => {
  expect(seen('שנת 1984 טובה')).toEqual(['< טובה', '1984', '<שנת ']);
  expect(seen('עולה 3.50 שח')).toEqual(['< שח', '3.50', '<עולה ']);
  expect(seen('עולה 50% שח')).toEqual(['< שח', '50%', '<עולה ']);
  expect(seen('عام 2024-05')).toEqual(['05', '<-', '2024', '<عام ']); // After Arabic letters a hyphen parts numbers.
});

test('brackets belong together and with what is in them', () => {
  expect(seen('see (שלום) now')).toEqual(['see (', '<שלום', ') now']);
  expect(seen('שלום (world) עולם')).toEqual(['<) עולם', 'world', '<שלום (']);
  expect(seen('a (ב) ג')).toEqual(['a (', '<ב', ') ', '<ג']);
  expect(seen('אב (cd) 1')).toEqual(['1', '<) ', 'cd', '<אב (']);
});

test('isolated words do not move what is beside them; marks set a direction where letters do not', () => {
  expect(seen('שלום: 1')).toEqual(['1', '<שלום: ']);
  expect(seen('\u2067שלום\u2069: 1')).toEqual(['\u2067', '<שלום', '\u2069: 1']);
  expect(seen('a \u202bb ג\u202c d')).toEqual(['a \u202b', '< ג\u202c', 'b', ' d']);
  expect(seen('a \u202ebcd\u202c e')).toEqual(['a \u202e', '<bcd\u202c', ' e']);
  expect(seen('\u200fabc!')).toEqual(['<!', 'abc', '<\u200f']);
});

test('scripts and signs beyond the first plane count as what they are', () => {
  expect(seen('\u{1e900}\u{1e901}')).toEqual(['<\u{1e900}\u{1e901}']);
  expect(seen('ש \u{1f600} ם')).toEqual(['<ש \u{1f600} ם']);
});

test('a broken line follows its whole paragraph', () => {
  const paragraph = 'שלום world again';
  expect(seen(paragraph, 5, 16)).toEqual(['world again']);
  expect(seen(paragraph, 0, 10)).toEqual(['world', '<שלום ']);
  expect(seen('by שלום world.', 3)).toEqual(['<שלום', ' world.']);
  expect(seen('שלום world.')).toEqual(['<.', 'world', '<שלום ']);
});
