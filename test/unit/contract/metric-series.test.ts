// The course of a run's numbers.
import { expect, test } from 'vitest';
import { emptySeries, withMetrics } from '../../../src-main/contract/metric-series.ts';
import type { TrainingMetrics } from '../../../src-main/contract/training.ts';

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

test('a long run is a few hundred points, evenly over all of its steps, each the mean of what was told', () => {
  let series = emptySeries;
  for (let step = 1; step <= 5000; step++) series = withMetrics(series, at(step, { losses: { style: step, ...(step > 4000 ? { late: 2 } : {}) } }));
  const { every, steps, counts, values } = series;
  expect(steps.length).toBeGreaterThan(150);
  expect(steps.length).toBeLessThanOrEqual(400);
  expect(steps.slice(0, -1)).toEqual(steps.slice(0, -1).map((_, index) => (index + 1) * every));
  expect(steps.at(-1)).toBe(5000);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5000);
  expect(values['style']?.[3]).toBeCloseTo(3.5 * every + 0.5, 6);
  expect(values['late']?.[0]).toBeNull();
  expect(values['late']?.at(-1)).toBe(2);
  expect(Object.values(values).map(({ length }) => length)).toEqual([steps.length, steps.length]);
});

test('a long run taken back goes on from there at the same pace', () => {
  let series = emptySeries;
  for (let step = 1; step <= 1000; step++) series = withMetrics(series, at(step));
  const { every } = series;
  series = withMetrics(series, at(500));
  expect(series.every).toBe(every);
  expect(series.steps.at(-1)).toBe(500);
  expect(series.steps.filter((step) => step > 500)).toEqual([]);
});
