// Runs of letters from the left and from the right in one line.
import { expect, test } from 'vitest';
import { directedRuns } from '../../../../src-main/services/text/text-direction.ts';

/** The line as it is read from left to right, each run's letters in their own order. */
const seen = (line: string): string[] => directedRuns(line).map(({ start, end, rightToLeft }) => (rightToLeft ? '<' : '') + line.slice(start, end));

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

test('numbers keep their order among letters from the right', () => {
  expect(seen('שנת 1984 טובה')).toEqual(['< טובה', '1984', '<שנת ']);
  expect(seen('עולה 3.50 שח')).toEqual(['< שח', '3.50', '<עולה ']);
});
