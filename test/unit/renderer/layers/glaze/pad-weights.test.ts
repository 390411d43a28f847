// The pad of a mix.
import { describe, expect, test } from 'vitest';
import { padCorners, padPlaceOf, padWeights, percents } from '../../../../../src-renderer/layers/glaze/pad-weights.ts';

const places = [0, 0.2, 0.5, 1].flatMap((x) => [0, 0.35, 1].map((y) => ({ x, y })));

describe.each([2, 3, 4])('a pad of %i styles', (count) => {
  test('has weights that add up to 1 and are never negative', () => {
    for (const place of places) {
      const weights = padWeights(count, place) ?? [];
      expect(weights).toHaveLength(count);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
    }
  });

  test('gives a corner to its style alone', () => {
    padCorners(count).forEach((corner, index) => expect(padWeights(count, corner)?.[index]).toBe(1));
  });

  test('finds the place of its own weights again', () => {
    for (const place of places) {
      const weights = padWeights(count, place) ?? [];
      expect(padWeights(count, padPlaceOf(weights))?.map((weight) => weight.toFixed(9))).toEqual(weights.map((weight) => weight.toFixed(9)));
    }
  });
});

test('there is no pad for one style or for five', () => {
  expect(padWeights(1, { x: 0, y: 0 })).toBeUndefined();
  expect(padWeights(5, { x: 0, y: 0 })).toBeUndefined();
});

test.each([
  [[1, 1, 1], [34, 33, 33]],
  [[2, 0], [100, 0]],
  [[0, 0], [0, 0]],
  [[1, 2], [33, 67]],
])('%j is shown as %j percent', (weights, shown) => expect(percents(weights)).toEqual(shown));
