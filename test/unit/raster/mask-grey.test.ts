// What a colour is worth on a mask.
import { expect, test } from 'vitest';
import { maskGrey } from '../../../src-main/raster/mask-grey.ts';

test('black hides, white shows, greys stand between as they are encoded, and green weighs most', () => {
  expect([0, 0.5, 1].map((value) => Math.round(maskGrey(value, value, value)))).toEqual([0, 128, 255]);
  expect(maskGrey(0, 1, 0)).toBeGreaterThan(maskGrey(1, 0, 0));
  expect(maskGrey(1, 0, 0)).toBeGreaterThan(maskGrey(0, 0, 1));
});
