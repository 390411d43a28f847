// Curves as they are drawn.
import { expect, test } from 'vitest';
import { relative, smoothed } from '../../../../src-renderer/teach/curves.ts';

test('a smoothed curve keeps its gaps and its level; a relative one begins at 1', () => {
  expect(smoothed([2, null, 2, 2])).toEqual([2, null, 2, 2]);
  const noisy = smoothed(Array.from({ length: 200 }, (_, step) => 1 + (step % 2)));
  expect(noisy.at(-1)).toBeCloseTo(1.5, 1);
  expect(relative([null, 4, 2])).toEqual([null, 1, 0.5]);
  expect(relative([null, null])).toEqual([null, null]);
});
