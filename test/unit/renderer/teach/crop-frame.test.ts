// The frame around what counts, and marks on the preview.
import { expect, test } from 'vitest';
import { frameHandles, isWhole, markedPart, moveFrame, pullFrame, smallestSidePx, wholeFrame } from '../../../../src-renderer/teach/crop-frame.ts';

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
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(smallestSidePx);
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
