// The course of a run's numbers, kept to a few hundred points however long the run is.
import type { TrainingMetrics } from './training.ts';

/** Equal lengths: one point for every `every` steps, the mean of what was told of them; null where that did not report a name. */
export interface MetricSeries {
  /** Steps a point stands for, a power of two. */
  readonly every: number;
  /** Last step that was told of each point, ascending. */
  readonly steps: readonly number[];
  /** How many steps were told of each point. */
  readonly counts: readonly number[];
  /** Losses by name, and `accuracy` of the discriminator. */
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
}

export const emptySeries: MetricSeries = { every: 1, steps: [], counts: [], values: {} };
const mostPoints = 400;

/** With one more step; the same step told again changes nothing. Beyond `mostPoints` two points become one, evenly over the whole run. */
export function withMetrics(known: MetricSeries, { step, losses, discriminatorAccuracy }: TrainingMetrics): MetricSeries {
  const last = known.steps.at(-1);
  if (step === last) return known;
  const series = last !== undefined && step < last ? before(known, step) : known;
  const numbers: Record<string, number> = { ...losses, ...(discriminatorAccuracy === undefined ? {} : { accuracy: discriminatorAccuracy }) };
  const names = new Set([...Object.keys(series.values), ...Object.keys(numbers)]);
  const values: Record<string, (number | null)[]> = {};
  for (const name of names) values[name] = [...(series.values[name] ?? series.steps.map(() => null)), finite(numbers[name])];
  const longer = gathered({ every: series.every, steps: [...series.steps, step], counts: [...series.counts, 1], values });
  return longer.steps.length <= mostPoints ? longer : gathered({ ...longer, every: 2 * longer.every });
}

/** A run that was taken back goes on from there: what it had reached is no longer true. */
function before({ every, steps, counts, values }: MetricSeries, step: number): MetricSeries {
  const kept = steps.filter((one) => one < step).length;
  return { every, steps: steps.slice(0, kept), counts: counts.slice(0, kept), values: Object.fromEntries(Object.entries(values).map(([name, line]) => [name, line.slice(0, kept)])) };
}

/** Neighbours of the same `every` steps as one point. */
function gathered(series: MetricSeries): MetricSeries {
  const { every, steps, counts } = series;
  const placeOf = (step: number): number => Math.floor((step - 1) / every);
  const firsts = steps.flatMap((step, at) => (at > 0 && placeOf(steps[at - 1] ?? 0) === placeOf(step) ? [] : [at]));
  if (firsts.length === steps.length) return series;
  const groups = firsts.map((first, index) => ({ first, end: firsts[index + 1] ?? steps.length }));
  const mean = (line: readonly (number | null)[]) => groups.map(({ first, end }) => meanOf(line.slice(first, end), counts.slice(first, end)));
  return {
    every,
    steps: groups.map(({ end }) => steps[end - 1] ?? 0),
    counts: groups.map(({ first, end }) => counts.slice(first, end).reduce((sum, count) => sum + count, 0)),
    values: Object.fromEntries(Object.entries(series.values).map(([name, line]) => [name, mean(line)])),
  };
}

/** Null where none of them has a value. */
function meanOf(values: readonly (number | null)[], counts: readonly number[]): number | null {
  let [sum, count] = [0, 0];
  values.forEach((value, index) => {
    if (value === null) return;
    sum += value * (counts[index] ?? 1);
    count += counts[index] ?? 1;
  });
  return count === 0 ? null : sum / count;
}

function finite(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
