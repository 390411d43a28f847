// Pictures of variants are as large as the window lets all of them be.
import { expect, test } from 'vitest';
import { fittingTilePx, largestTilePx } from '../../../../src-renderer/compare/tile-size.ts';

const room = { width: 1176, height: 800 };

test('few are large, more are smaller, and all are in sight', () => {
  expect(fittingTilePx(1, room, 4 / 3)).toBe(largestTilePx);
  const six = fittingTilePx(6, room, 4 / 3);
  expect(six).toBeGreaterThan(300);
  expect(2 * 14 + 2 * (six / (4 / 3) + 92) + 16).toBeLessThanOrEqual(room.height);
  expect(fittingTilePx(12, room, 4 / 3)).toBeLessThan(six);
});

test('upright pictures are narrower than broad ones', () => {
  expect(fittingTilePx(4, room, 2 / 3)).toBeLessThan(fittingTilePx(4, room, 3 / 2));
});

test('very many stay large enough to be read', () => {
  expect(fittingTilePx(60, room, 1)).toBe(210);
});
