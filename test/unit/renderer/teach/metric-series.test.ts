// The course of a run's numbers.
import { expect, test } from 'vitest';
import type { TrainingMetrics } from '../../../../src-main/contract/training.ts';
import { emptySeries, relative, smoothed, withMetrics } from '../../../../src-renderer/teach/metric-series.ts';

const at = (step: number, more: Partial<TrainingMetrics> = {}): TrainingMetrics => ({ step, steps: 9000, depth: 'refine', losses: { style: 1 / step }, gradientNorm: 1, stepMs: 1, secondsLeft: 1, ...more });

test('a number that appears later has gaps before, all lines are equally long', () => {
  let series = withMetrics(emptySeries, at(1));
  series = withMetrics(series, at(2, { discriminatorAccuracy: 0.5 }));
  series = withMetrics(series, at(3, { losses: { style: NaN } }));
  expect(series.steps).toEqual([1, 2, 3]);
  expect(series.values).toEqual({ style: [1, 0.5, null], accuracy: [null, 0.5, null] });
});

test('the same step told twice is one point', () => {
  const once = withMetrics(emptySeries, at(5));
  expect(withMetrics(once, at(5))).toBe(once);
});

test('a run taken back to an earlier step goes on from there', () => {
  let series = emptySeries;
  for (const step of [1, 2, 3, 4]) series = withMetrics(series, at(step));
  series = withMetrics(series, at(2));
  expect(series.steps).toEqual([1, 2]);
});

test('a long run stays drawable and keeps its beginning and its end', () => {
  let series = emptySeries;
  for (let step = 1; step <= 5000; step++) series = withMetrics(series, at(step));
  expect(series.steps.length).toBeLessThanOrEqual(1601);
  expect(series.steps[0]).toBe(1);
  expect(series.steps.at(-1)).toBe(5000);
  expect(series.values['style']).toHaveLength(series.steps.length);
});

test('a smoothed curve keeps its gaps and its level; a relative one begins at 1', () => {
  expect(smoothed([2, null, 2, 2])).toEqual([2, null, 2, 2]);
  const noisy = smoothed(Array.from({ length: 200 }, (_, step) => 1 + (step % 2)));
  expect(noisy.at(-1)).toBeCloseTo(1.5, 1);
  expect(relative([null, 4, 2])).toEqual([null, 1, 0.5]);
  expect(relative([null, null])).toEqual([null, null]);
});
