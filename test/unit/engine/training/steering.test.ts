// What the artist's wishes do to a batch.
import { expect, test } from 'vitest';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import type { Picture } from '../../../../src-main/engine/training/augment.ts';
import type { Batch } from '../../../../src-main/engine/training/batch.ts';
import { cutPart, emphasisOf, steer, type MarkedPart } from '../../../../src-main/engine/training/steering.ts';

const rule = { cropPx: 8, patchPx: 6, patches: 1, styleSizePx: 64 };
const flat = (value: number, width = 20, height = 20): Picture => ({ width, height, channels: 3, depth: 8, data: new Uint8Array(3 * width * height).fill(value) });
const batch: Batch = { content: tensor([1, 3, 8, 8]), noise: tensor([1, 1, 8, 8]), patches: tensor([1, 3, 6, 6]), style: 0 };
const marked = (verdict: MarkedPart['verdict']): MarkedPart => ({ verdict, content: flat(255), painted: flat(128) });

function steered(verdict: MarkedPart['verdict']): Batch[] {
  const random = createRandom(1);
  return Array.from({ length: 200 }, () => steer(batch, { balance: 0.5, marks: [marked(verdict)] }, rule, random));
}

const shows = ({ content }: Batch): boolean => content.data.every((value) => value > 0.99);

test('in the middle of the balance nothing weighs more than planned', () => {
  expect(emphasisOf(0.5)).toEqual({ style: 1, content: 1, tone: 1, chroma: 1 });
});

test('towards the painting style weighs more and content, tone and chroma less, towards the picture the other way round', () => {
  const [picture, painting] = [emphasisOf(0), emphasisOf(1)];
  expect(painting.style).toBeCloseTo(3);
  expect(painting.content).toBeCloseTo(1 / 3);
  expect([picture.style, picture.content]).toEqual([painting.content, painting.style]);
  for (const term of ['tone', 'chroma'] as const) expect([picture[term], painting[term]]).toEqual([picture.content, painting.content]);
});

test('about a third of the steps look at what was refused, and judge it harder', () => {
  const looked = steered('less').filter(shows);
  expect(looked.length).toBeGreaterThan(45);
  expect(looked.length).toBeLessThan(100);
  expect(looked[0]!.emphasis).toMatchObject({ style: 1.5, adversarial: 1.5, content: 1 });
  expect(looked[0]!.patches).toBe(batch.patches);
});

test('what is liked joins the patches of the painter, and the batch that was drawn stays as it was', () => {
  const looked = steered('more').filter(shows);
  expect(looked[0]!.patches.data.every((value) => Math.abs(value - 128 / 255) < 1e-6)).toBe(true);
  expect(batch.patches.data.every((value) => value === 0)).toBe(true);
});

test('a part at the edge is grown inward until a crop fits', () => {
  const picture = flat(0, 30, 10);
  picture.data.set([1, 2, 3], 3 * 29);
  const part = cutPart(picture, { x: 28, y: 0, width: 2, height: 2 }, 12);
  expect([part.width, part.height]).toEqual([12, 10]);
  expect([...part.data.subarray(33, 36)]).toEqual([1, 2, 3]);
});
