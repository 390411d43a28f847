// The frame around what counts, and marks on the preview.
import { expect, test } from 'vitest';
import { leastCropPx } from '../../../../src-main/contract/teaching.ts';
import { drawnFrame, frameHandles, furtherFrame, isLarge, isWhole, markedPart, moveFrame, pullFrame, wholeFrame } from '../../../../src-renderer/teach/crop-frame.ts';

const painting = { width: 1000, height: 700 };
const frame = { x: 100, y: 100, width: 400, height: 300 };

test('a frame never leaves its painting, however far it is moved or pulled', () => {
  for (const [dx, dy] of [[-5000, -5000], [5000, 5000], [-5000, 5000], [33.4, -7.8]] as const) {
    const frames = [moveFrame(frame, painting, dx, dy), ...frameHandles.map((handle) => pullFrame(frame, painting, handle, dx, dy))];
    for (const { x, y, width, height } of frames) {
      expect([x, y, width, height].every(Number.isInteger)).toBe(true);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(painting.width);
      expect(y + height).toBeLessThanOrEqual(painting.height);
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(leastCropPx);
    }
  }
});

test('pulling one edge leaves the opposite one', () => {
  expect(pullFrame(frame, painting, 'e', 50, 999)).toEqual({ ...frame, width: 450 });
  expect(pullFrame(frame, painting, 'nw', -20, -30)).toEqual({ x: 80, y: 70, width: 420, height: 330 });
});

test('the whole painting is known as such', () => {
  expect(isWhole(wholeFrame(painting), painting)).toBe(true);
  expect(isWhole(frame, painting)).toBe(false);
});

test('a mark is drawn in any direction, stays inside, and a click is none', () => {
  expect(markedPart({ x: 0.5, y: 0.6 }, { x: 0.2, y: 0.1 })).toEqual({ x: 0.2, y: 0.1, width: 0.3, height: 0.5 });
  expect(markedPart({ x: -3, y: 0.5 }, { x: 4, y: 2 })).toEqual({ x: 0, y: 0.5, width: 1, height: 0.5 });
  expect(markedPart({ x: 0.5, y: 0.5 }, { x: 0.505, y: 0.9 })).toBeUndefined();
});

test('a frame is drawn from any corner, stays inside, and is too small below what can be learned from', () => {
  expect(drawnFrame({ x: 400, y: 300 }, { x: 99.6, y: 100.2 }, painting)).toEqual({ x: 100, y: 100, width: 300, height: 200 });
  expect(drawnFrame({ x: 900, y: 600 }, { x: 5000, y: -80 }, painting)).toEqual({ x: 900, y: 0, width: 100, height: 600 });
  expect(isLarge({ width: leastCropPx, height: leastCropPx }, painting)).toBe(true);
  expect(isLarge({ width: leastCropPx - 1, height: 400 }, painting)).toBe(false);
  expect(isLarge({ width: 60, height: 200 }, { width: 60, height: 300 })).toBe(true); // the painting is no wider
});

test('further frames come where there is none yet, the first in the middle', () => {
  expect(furtherFrame(painting, [])).toEqual({ x: 250, y: 175, width: 500, height: 350 });
  const first = { x: 0, y: 0, width: 500, height: 700 };
  expect(furtherFrame(painting, [first]).x).toBe(500);
  const all = [first];
  for (let count = 0; count < 2; count++) all.push(furtherFrame(painting, all));
  expect(new Set(all.map(({ x, y }) => `${x},${y}`)).size).toBe(3); // none lies on another
});
