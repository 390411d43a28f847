// The machine a benchmark ran on, for its JSON.
import { cpus, totalmem } from 'node:os';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
}

export function machine(): Machine {
  const processors = cpus();
  return { cpu: processors[0]?.model ?? 'unknown', cores: processors.length, memoryGb: Math.round(totalmem() / 2 ** 30), node: process.version };
}

/** The middle of a list of numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Milliseconds, rounded. */
export function spreadOf(times: readonly number[]): { readonly p50: number; readonly p95: number; readonly most: number } {
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: Math.round(median(sorted)), p95: Math.round(sorted[Math.ceil(sorted.length * 0.95) - 1]!), most: Math.round(sorted.at(-1)!) };
}
