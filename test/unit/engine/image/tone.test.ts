// Contrast and flatness of pictures whose tones are known.
import { expect, test } from 'vitest';
import { contrastOf, flatShareOf } from '../../../../src-main/engine/image/tone.ts';
import { tensor, type Tensor } from '../../../../src-main/engine/tensor/tensor.ts';

function grey(width: number, height: number, value: (x: number, y: number) => number): Tensor {
  const size = width * height;
  return tensor([1, 3, height, width], Float32Array.from({ length: 3 * size }, (_, i) => value(i % width, Math.floor((i % size) / width))));
}

test('contrast is nothing for one tone and half for black beside white', () => {
  expect(contrastOf(grey(40, 30, () => 0.7))).toBeCloseTo(0, 5);
  expect(contrastOf(grey(40, 30, (x) => (x < 20 ? 0 : 1)))).toBeCloseTo(0.5, 5);
});

test('flat cells are counted; grain under a step or two of 8 bit leaves a cell flat', () => {
  const half = grey(64, 32, (x, y) => (x < 32 ? 0.5 + 0.004 * ((x + y) % 2) : ((x + y) % 4) / 4));
  expect(flatShareOf(half)).toBe(0.5);
  expect(flatShareOf(grey(10, 10, () => 0))).toBe(0);
});
