// Where a run's batches come from: drawn between the steps, or in a thread beside them.
import type { RandomState } from '../tensor/random.ts';
import { createBatches, type Batch, type BatchRule, type Dataset } from './batch.ts';

/** Batches in order; equal for equal datasets, rules and states wherever they are drawn. */
export interface BatchSource {
  /** Throws internal when the thread that draws them is lost. */
  next(): Promise<Batch>;
  /** Restores the sequence after the last batch given out, whatever has been drawn ahead. */
  state(): RandomState;
  close(): Promise<void>;
}

export type OpenBatches = (dataset: Dataset, rule: BatchRule, from: RandomState) => BatchSource;

/** Draws each batch when it is asked for. */
export const drawnHere: OpenBatches = (dataset, rule, from) => {
  const batches = createBatches(dataset, rule, from);
  return { next: () => Promise.resolve(batches.next()), state: () => batches.state(), close: () => Promise.resolve() };
};

/** What a drawing thread is started with; pictures lie in shared memory. */
export interface BatchOrder {
  readonly dataset: Dataset;
  readonly rule: BatchRule;
  readonly from: RandomState;
}

/** A batch and the state after it. */
export interface DrawnBatch {
  readonly batch: Batch;
  readonly state: RandomState;
}

/** The line to a drawing thread: one answer for every ask, in order. */
export interface DrawingThread {
  ask(): void;
  onBatch(listener: (drawn: DrawnBatch) => void): void;
  onLoss(listener: (reason: Error) => void): void;
  stop(): Promise<void>;
}

/** Batches asked for before they are needed: one being drawn, one at hand. */
const ahead = 2;

/** Keeps a drawing thread two batches ahead of the steps. */
export function prefetched(thread: DrawingThread, from: RandomState): BatchSource {
  const ready: DrawnBatch[] = [];
  let given = from;
  let lost: Error | undefined;
  let waiting: { resolve: (drawn: DrawnBatch) => void; reject: (reason: Error) => void } | undefined;
  thread.onBatch((drawn) => {
    if (waiting) waiting.resolve(drawn);
    else ready.push(drawn);
    waiting = undefined;
  });
  thread.onLoss((reason) => {
    lost = reason;
    waiting?.reject(reason);
  });
  for (let count = 0; count < ahead; count++) thread.ask();
  const take = (): Promise<DrawnBatch> => {
    const drawn = ready.shift();
    if (drawn) return Promise.resolve(drawn);
    if (lost) return Promise.reject(lost);
    return new Promise((resolve, reject) => (waiting = { resolve, reject }));
  };
  return {
    async next() {
      const { batch, state } = await take();
      thread.ask();
      given = state;
      return batch;
    },
    state: () => given,
    close: () => thread.stop(),
  };
}
