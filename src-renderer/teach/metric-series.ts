// The course of a run's numbers, thinned so that a long run stays drawable.
import type { TrainingMetrics } from '../../src-main/contract/training.ts';

/** Equal lengths: one value of every name per step; null where a step did not report it. */
export interface MetricSeries {
  readonly steps: readonly number[];
  readonly values: Readonly<Record<string, readonly (number | null)[]>>;
}

export const emptySeries: MetricSeries = { steps: [], values: {} };
const mostPoints = 1600;

/** With one more step; the same step told again changes nothing. Beyond `mostPoints` every other point is dropped. */
export function withMetrics(known: MetricSeries, { step, losses, discriminatorAccuracy }: TrainingMetrics): MetricSeries {
  const last = known.steps.at(-1);
  if (step === last) return known;
  const series = last !== undefined && step < last ? before(known, step) : known;
  const numbers: Record<string, number> = { ...losses, ...(discriminatorAccuracy === undefined ? {} : { accuracy: discriminatorAccuracy }) };
  const names = new Set([...Object.keys(series.values), ...Object.keys(numbers)]);
  const values: Record<string, (number | null)[]> = {};
  for (const name of names) values[name] = [...(series.values[name] ?? series.steps.map(() => null)), finite(numbers[name])];
  return thinned({ steps: [...series.steps, step], values });
}

/** Share of the past in a smoothed curve: single crops differ more than steps do. */
const memory = 0.9;

/** A curve without the noise of single steps; gaps stay gaps. */
export function smoothed(line: readonly (number | null)[]): (number | null)[] {
  let mean: number | undefined;
  return line.map((value) => {
    if (value === null) return null;
    mean = mean === undefined ? value : memory * mean + (1 - memory) * value;
    return mean;
  });
}

/** A curve over its beginning, so that curves of unlike sizes stand beside one another. */
export function relative(line: readonly (number | null)[]): (number | null)[] {
  const first = line.find((value) => value !== null && value !== 0);
  return first === undefined || first === null ? [...line] : line.map((value) => (value === null ? null : value / first));
}

/** A run that was taken back goes on from there: what it had reached is no longer true. */
function before({ steps, values }: MetricSeries, step: number): MetricSeries {
  const kept = steps.filter((one) => one < step).length;
  return { steps: steps.slice(0, kept), values: Object.fromEntries(Object.entries(values).map(([name, line]) => [name, line.slice(0, kept)])) };
}

function thinned(series: MetricSeries): MetricSeries {
  const count = series.steps.length;
  if (count <= mostPoints) return series;
  const stays = (_: unknown, index: number): boolean => index % 2 === 0 || index === count - 1;
  return { steps: series.steps.filter(stays), values: Object.fromEntries(Object.entries(series.values).map(([name, line]) => [name, line.filter(stays)])) };
}

function finite(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
