// The numbers of a run from its first step on, kept in its folder: a window or a host that comes back shows them whole.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { emptySeries, withMetrics, type MetricSeries } from '../../contract/metric-series.ts';
import type { TrainingMetrics } from '../../contract/training.ts';
import { writeSafely } from '../disk.ts';

const fileName = 'metrics.json';
/** What a killed host may lose of the curves. */
const saveEveryMs = 5000;
/** Of every value that is kept. */
const digits = 5;

const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const line = v.array(v.nullable(v.number()));
const seriesSchema = v.pipe(
  v.object({ formatVersion: v.literal(1), every: v.pipe(whole, v.minValue(1)), steps: v.array(whole), counts: v.array(whole), values: v.record(v.string(), line) }),
  v.check(({ steps, counts, values }) => [counts, ...Object.values(values)].every(({ length }) => length === steps.length)),
);

export interface RunNumbers {
  /** Settles when what was kept before has been read; `take` goes on from there. */
  readonly begun: Promise<void>;
  take(metrics: TrainingMetrics): void;
  series(): Promise<MetricSeries>;
  /** To disk, after what is being written. Never throws: what goes wrong is told to `failed`. */
  save(): Promise<void>;
}

export function createRunNumbers(folder: string, failed: (thrown: unknown) => void): RunNumbers {
  let series = emptySeries;
  let savedMs = performance.now();
  const begun: Promise<void> = readSeries(folder).then((kept) => {
    series = kept;
  });
  let saving = begun;
  const save = (): Promise<void> => (saving = saving.then(() => writeSeries(folder, series)).catch(failed));
  return {
    begun,
    take(metrics) {
      series = withMetrics(series, metrics);
      const now = performance.now();
      if (now - savedMs < saveEveryMs) return;
      savedMs = now;
      void save();
    },
    series: () => begun.then(() => series),
    save,
  };
}

/** Empty where none were kept; what cannot be read is none, for nothing but curves depends on it. */
export async function readSeries(folder: string): Promise<MetricSeries> {
  try {
    const checked = v.safeParse(seriesSchema, JSON.parse(await readFile(join(folder, fileName), 'utf8')));
    if (!checked.success) return emptySeries;
    const { every, steps, counts, values } = checked.output;
    return { every, steps, counts, values };
  } catch {
    return emptySeries;
  }
}

/** Throws disk.*. */
async function writeSeries(folder: string, series: MetricSeries): Promise<void> {
  const short = (_: string, value: unknown): unknown => (typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(digits)) : value);
  await writeSafely(join(folder, fileName), new TextEncoder().encode(`${JSON.stringify({ formatVersion: 1, ...series }, short)}\n`));
}
