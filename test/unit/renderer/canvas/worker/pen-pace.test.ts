// The pen's pace: nothing else is composited while it moves, a frame is asked for once it rests, and budgets follow.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPenPace } from '../../../../../src-renderer/canvas/worker/pen-pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function started() {
  const ask = vi.fn();
  return { ask, pace: createPenPace(ask, () => Date.now()) };
}

test('a pen that is down moves until it has rested, and then one frame is asked for', () => {
  const { ask, pace } = started();
  pace.moved();
  expect([pace.moves(true), pace.moves(true)]).toEqual([true, true]);
  vi.advanceTimersByTime(59);
  expect(ask).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(pace.moves(true)).toBe(false);
});

test('a pen that went on meanwhile is waited for again', () => {
  const { ask, pace } = started();
  pace.moved();
  pace.moves(true);
  vi.advanceTimersByTime(40);
  pace.moved();
  vi.advanceTimersByTime(20);
  expect([ask.mock.calls.length, pace.moves(true)]).toEqual([1, true]);
  vi.advanceTimersByTime(40);
  expect([ask.mock.calls.length, pace.moves(true)]).toEqual([2, false]);
});

test('a lifted pen does not move, however lately it drew', () => {
  const { ask, pace } = started();
  pace.moved();
  expect(pace.moves(false)).toBe(false);
  vi.advanceTimersByTime(1000);
  expect(ask).not.toHaveBeenCalled();
});

test('nobody is hurried before the first stroke; after one, less is done at a time for as long as another may come', () => {
  const { pace } = started();
  const atEase = pace.budgetMs(false);
  expect([pace.rests(), pace.moves(true)]).toEqual([true, false]);
  expect(pace.budgetMs(true)).toBeLessThan(atEase);
  pace.moved();
  vi.advanceTimersByTime(599);
  expect([pace.rests(), pace.budgetMs(false) < atEase]).toEqual([false, true]);
  vi.advanceTimersByTime(1);
  expect([pace.rests(), pace.budgetMs(false)]).toEqual([true, atEase]);
});

test('what looks about right waits until the hand has paused, and then one frame is asked for', () => {
  const { ask, pace } = started();
  expect(pace.hurries()).toBe(false);
  pace.moved();
  expect([pace.hurries(), pace.hurries()]).toEqual([true, true]);
  vi.advanceTimersByTime(299);
  expect(ask).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect([ask.mock.calls.length, pace.hurries()]).toEqual([1, false]);
});
