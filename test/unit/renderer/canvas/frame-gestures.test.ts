// A frame by its handles: what it takes hold of, and where its corners go.
import { expect, test } from 'vitest';
import { cornersOf, flipped, gripAt, gripped, isWholeMove, numbersOf, pointOf, withNumbers, type Frame } from '../../../../src-renderer/canvas/frame-gestures.ts';
import { noKeys } from '../../../../src-renderer/canvas/tool.ts';

const frame: Frame = { box: { x: 100, y: 50, width: 200, height: 100 }, matrix: [1, 0, 0, 1, 0, 0] };
const corner = { kind: 'scale', handle: { x: 1, y: 1 } } as const;

test('corners scale, the inside moves, just outside a corner turns, elsewhere is nothing', () => {
  expect(gripAt(frame, { x: 301, y: 149 }, 1)).toEqual(corner);
  expect(gripAt(frame, { x: 200, y: 100 }, 1)).toEqual({ kind: 'move' });
  expect(gripAt(frame, { x: 315, y: 165 }, 1)).toEqual({ kind: 'turn' });
  expect(gripAt(frame, { x: 500, y: 100 }, 1)).toBeUndefined();
  expect(gripAt(frame, { x: 304, y: 154 }, 4)).toEqual({ kind: 'turn' });
});

test('a corner scales in proportion and the other corner stays; shift frees it, Alt scales about the middle', () => {
  const even = gripped(frame, corner, { x: 300, y: 150 }, { x: 500, y: 150 }, noKeys);
  expect(cornersOf(even)[0]).toEqual({ x: 100, y: 50 });
  expect(cornersOf(even)[2]).toEqual({ x: 500, y: 250 });
  const free = gripped(frame, corner, { x: 300, y: 150 }, { x: 500, y: 100 }, { ...noKeys, shift: true });
  expect(cornersOf(free)[2]).toEqual({ x: 500, y: 100 });
  const middle = gripped(frame, corner, { x: 300, y: 150 }, { x: 400, y: 200 }, { ...noKeys, alt: true });
  expect(cornersOf(middle)[0]).toEqual({ x: 0, y: 0 });
});

test('a handle never makes the frame flat', () => {
  const flat = gripped(frame, { kind: 'scale', handle: { x: 1, y: 0 } }, { x: 300, y: 100 }, { x: 100, y: 100 }, noKeys);
  expect(Math.abs(numbersOf(flat).width)).toBeGreaterThanOrEqual(1);
});

test('moves are whole, with shift along one axis', () => {
  const moved = gripped(frame, { kind: 'move' }, { x: 0, y: 0 }, { x: 10.4, y: 3.7 }, noKeys);
  expect(isWholeMove(moved.matrix)).toBe(true);
  expect(numbersOf(moved)).toMatchObject({ x: 110, y: 54 });
  expect(numbersOf(gripped(frame, { kind: 'move' }, { x: 0, y: 0 }, { x: 10, y: 4 }, { ...noKeys, shift: true }))).toMatchObject({ x: 110, y: 50 });
});

test('turning keeps the middle; shift turns by steps of fifteen degrees', () => {
  const turned = gripped(frame, { kind: 'turn' }, { x: 300, y: 100 }, { x: 200, y: 200 }, noKeys);
  expect(numbersOf(turned).angle).toBeCloseTo(90, 6);
  expect(pointOf(turned, { x: 0, y: 0 })).toEqual({ x: 200, y: 100 });
  expect(numbersOf(gripped(frame, { kind: 'turn' }, { x: 300, y: 100 }, { x: 300, y: 125 }, { ...noKeys, shift: true })).angle).toBeCloseTo(15, 6);
});

test('numbers set the frame and read back the same', () => {
  const set = withNumbers(frame, { x: 7, y: 8, width: 50, height: 60 });
  expect(numbersOf(set)).toMatchObject({ x: 7, y: 8, width: 50, height: 60, angle: 0 });
  const turned = withNumbers(frame, { angle: 30 });
  expect(numbersOf(turned).angle).toBeCloseTo(30, 9);
  expect(pointOf(turned, { x: 0, y: 0 }).x).toBeCloseTo(200, 9);
});

test('flips and quarter turns stay on the grid', () => {
  const odd: Frame = { box: { x: 0, y: 0, width: 5, height: 2 }, matrix: [1, 0, 0, 1, 0, 0] };
  for (const how of ['across', 'down', 'left', 'right'] as const) {
    for (const { x, y } of cornersOf(flipped(odd, how))) expect([x, y].every(Number.isInteger)).toBe(true);
  }
  expect(cornersOf(flipped(odd, 'across'))[0]).toEqual({ x: 5, y: 0 });
});
