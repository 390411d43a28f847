// Partial strength: the picture at 0, the style at 1, linear light between.
import { expect, test } from 'vitest';
import { faded } from '../../../../src-main/engine/styles/faded.ts';
import type { StyleRunner, WindowInput } from '../../../../src-main/engine/styles/style-engine.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';

const white: StyleRunner = {
  tiling: { haloPx: 3, multiple: 4 },
  learnedSize: 512,
  measuredSize: 640,
  measure: () => Promise.resolve(),
  freeze: () => ({}),
  thaw: () => Promise.resolve(),
  paint: ({ picture }) => Promise.resolve(tensor(picture.shape, picture.data.map(() => 1))),
  close: () => Promise.resolve(),
};
const frame = { width: 1, height: 1 };
const window: WindowInput = { picture: tensor([1, 3, 1, 1], Float32Array.of(0, 0.3, 0.7)), place: { x: 0, y: 0, ...frame }, frame };

test('strength 0 gives the picture’s own numbers back', async () => {
  expect((await faded(white, 0).paint(window)).data).toBe(window.picture.data);
});

test('strength 1 is the runner itself', () => {
  expect(faded(white, 1)).toBe(white);
});

test('what a runner needs stays what it needs', () => {
  expect(faded(white, 0.5)).toMatchObject({ tiling: { haloPx: 3, multiple: 4 }, learnedSize: 512, measuredSize: 640 });
});

test('half the light of black and white is a light grey', async () => {
  const { data } = await faded(white, 0.5).paint(window);
  expect(data[0]).toBeCloseTo(0.7354, 3);
});
