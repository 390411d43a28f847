// Marks of a ruler: far enough apart, where they belong, in px and mm.
import { expect, test } from 'vitest';
import { labelStep, rulerMarks } from '../../../../src-renderer/canvas/ruler-marks.ts';

test('labels stand apart by 1, 2, 5 or 10 units', () => {
  expect([0.1, 0.5, 1, 5, 30, 60].map(labelStep)).toEqual([1000, 200, 100, 20, 2, 1]);
});

test('a mark stands where its number is', () => {
  const marks = rulerMarks(-50, 800, 2, 1);
  const labelled = marks.filter(({ label }) => label !== undefined);
  expect(labelled.find(({ label }) => label === 0)?.at).toBe(100);
  expect(labelled.find(({ label }) => label === 100)?.at).toBe(300);
});

test('millimetres follow from the dpi', () => {
  const marks = rulerMarks(0, 500, 1, 300 / 25.4);
  expect(marks.find(({ label }) => label === 10)?.at).toBe(Math.round((10 * 300) / 25.4));
});
