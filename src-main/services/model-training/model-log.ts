// The log of a model training: means of the losses over blocks of steps, as lines of JSON beside the checkpoint.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingMetrics } from '../../contract/training.ts';
import { writeSafely } from '../disk.ts';

export const modelLogFile = 'log.jsonl';
/** Steps of which the log keeps the mean. */
const logEvery = 250;

export interface ModelLog {
  /** Counts a step in. */
  take(metrics: TrainingMetrics): void;
  /** Appends the blocks that are full. Throws disk.*. */
  write(): Promise<void>;
  /** Of the last full block. */
  means(): Readonly<Record<string, number>>;
}

/** A log in a folder; its lines follow those that are there. */
export function createLog(name: string, out: string, note: (text: string) => void): ModelLog {
  const lines: string[] = [];
  let sums = new Map<string, number>();
  let latest: Record<string, number> = {};
  let count = 0;
  return {
    take: ({ step, steps, depth, losses, stepMs }: TrainingMetrics): void => {
      for (const [key, value] of Object.entries(losses)) sums.set(key, (sums.get(key) ?? 0) + value);
      if (++count < logEvery) return;
      latest = Object.fromEntries([...sums].map(([key, value]) => [key, Number((value / count).toPrecision(4))]));
      lines.push(JSON.stringify({ name, step, depth, stepMs: Math.round(stepMs), ...latest }));
      note(`${name} ${step}/${steps} ${depth} ${Math.round(stepMs)} ms ${Object.entries(latest).map(([key, value]) => `${key} ${value}`).join(' ')}`);
      sums = new Map();
      count = 0;
    },
    write: async (): Promise<void> => {
      const path = join(out, modelLogFile);
      const before = await readFile(path, 'utf8').catch(() => '');
      await writeSafely(path, Buffer.from(before + lines.splice(0).map((line) => `${line}\n`).join('')));
    },
    means: (): Record<string, number> => latest,
  };
}
