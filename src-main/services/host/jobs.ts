// The queue of long work: heavy jobs one after another, light ones at once; progress, cancel, retry.
import { randomUUID } from 'node:crypto';
import { StudioError, faultOf } from '../../contract/fault.ts';
import type { JobWatch } from '../../contract/job.ts';
import type { StudioEvent, WrittenFile } from '../../contract/studio-api.ts';
import type { JobState } from '../../contract/studio-records.ts';
import type { JobJournal, KeptJob } from './job-journal.ts';
import { createJobLine, type JobLine } from './job-line.ts';

/** Kinds that take the engine to themselves. */
const heavy: ReadonlySet<JobState['kind']> = new Set(['export', 'variants', 'glaze']);
/** Finished jobs that are remembered. */
const mostFinished = 200;

export interface JobOrder {
  readonly kind: JobState['kind'];
  readonly details: JobState['details'];
  /** Whether it can simply be run again. */
  readonly canRetry: boolean;
  /** What it was asked with: `restore` makes the same order of it when the program was started anew. */
  readonly recipe?: unknown;
  /** Of variants: what a page needs to show them. */
  readonly variants?: JobState['variants'];
  /** Answers the file it wrote, where it wrote one. Its own failures are told as faults of the job. */
  run(watch: JobWatch): Promise<WrittenFile | undefined>;
}

/** Makes an order of what a recipe holds; throws where it cannot. */
export type OrderMaker = (recipe: unknown, job: string) => JobOrder;

export interface Jobs {
  add(order: JobOrder): string;
  /** Adds one whose order names it. */
  addAs(order: (job: string) => JobOrder): string;
  /** Lists a job that a program has left behind; it can be tried again where an order is made of its recipe. */
  restore(left: KeptJob, make: OrderMaker | undefined): void;
  list(): JobState[];
  /** Resolves once what was added so far outlives the program. */
  kept(): Promise<void>;
  /** Throws job.missing. */
  cancel(job: string): void;
  /** Runs a failed, cancelled or interrupted job again. Throws job.missing where there is none, or it cannot be. */
  retry(job: string): void;
  /** Forgets what has ended. */
  clear(): void;
  /** Cancels everything and waits until it has ended; the journal keeps what had not. */
  close(): Promise<void>;
}

interface Job {
  readonly id: string;
  readonly order: JobOrder;
  readonly line: JobLine;
  sequence: number;
  running?: { readonly controller: AbortController; readonly ended: Promise<void> };
}

/** What of the journal a queue needs; none: nothing outlives the program. */
export type KeptJobs = Pick<JobJournal, 'keep' | 'forget' | 'settled'>;

const keepsNothing: KeptJobs = { keep: () => undefined, forget: () => undefined, settled: () => Promise.resolve() };

export function createJobs(emit: (event: StudioEvent) => void, now: () => number = () => performance.now(), kept: KeptJobs = keepsNothing): Jobs {
  const jobs = new Map<string, Job>();
  let isClosing = false;
  let number = 0;

  const stateIn = (job: Job): JobState['state'] => job.line.news().state;
  const find = (id: string): Job => {
    const job = jobs.get(id);
    if (!job) throw new StudioError('job.missing', { job: id });
    return job;
  };
  const startNext = (): void => {
    for (const job of jobs.values()) {
      if (stateIn(job) !== 'waiting') continue;
      const isHeld = heavy.has(job.order.kind) && [...jobs.values()].some((each) => each.running && heavy.has(each.order.kind));
      if (!isHeld) start(job);
    }
  };
  const start = (job: Job): void => {
    const controller = new AbortController();
    const ended = carryOut(job, controller.signal).finally(() => {
      delete job.running;
      if (!isClosing || stateIn(job) === 'done') kept.forget(job.id);
      startNext();
    });
    job.running = { controller, ended };
    job.line.enter({ state: 'running' });
  };
  const forgetOldest = (): void => {
    const ended = [...jobs.values()].filter(hasEnded);
    for (const { id } of ended.slice(0, Math.max(0, ended.length - mostFinished))) jobs.delete(id);
  };

  const enlist = (id: string, order: JobOrder, state: 'waiting' | 'interrupted'): void => {
    const tell = (): void => {
      job.sequence += 1;
      emit({ kind: 'job', job: stateOf(job) });
    };
    const job: Job = { id, order, line: createJobLine(tell, now), sequence: 0 };
    jobs.set(id, job);
    forgetOldest();
    job.line.enter({ state });
  };
  const keep = ({ id, order: { kind, details, recipe } }: Job): void => kept.keep({ id, kind, details, at: new Date().toISOString(), number: ++number, ...(recipe === undefined ? {} : { recipe }) });
  const addAs: Jobs['addAs'] = (order) => {
    const id = randomUUID();
    enlist(id, order(id), 'waiting');
    keep(find(id));
    startNext();
    return id;
  };

  return {
    addAs,
    add: (order) => addAs(() => order),
    restore({ id, kind, details, recipe }, make) {
      if (jobs.has(id)) return;
      const lost: JobOrder = { kind, details, canRetry: false, run: () => Promise.reject(new StudioError('job.missing', { job: id })) };
      enlist(id, orderFrom(recipe, id, make) ?? lost, 'interrupted');
    },
    list: () => [...jobs.values()].map(stateOf),
    kept: kept.settled,
    cancel(id) {
      const job = find(id);
      if (stateIn(job) === 'waiting') {
        job.line.enter({ state: 'cancelled' });
        kept.forget(id);
      }
      if (!job.running) return;
      job.running.controller.abort();
      job.line.retell();
    },
    retry(id) {
      const job = find(id);
      if (!stateOf(job).canRetry) throw new StudioError('job.missing', { job: id });
      job.line.enter({ state: 'waiting' });
      keep(job);
      startNext();
    },
    clear() {
      for (const [id, job] of jobs) {
        if (!hasEnded(job)) continue;
        jobs.delete(id);
        kept.forget(id);
      }
    },
    async close() {
      isClosing = true;
      for (const job of jobs.values()) if (stateIn(job) === 'waiting') job.line.enter({ state: 'cancelled' });
      const running = [...jobs.values()].flatMap((job) => job.running ?? []);
      for (const { controller } of running) controller.abort();
      await Promise.all(running.map(({ ended }) => ended));
      await kept.settled();
    },
  };
}

function orderFrom(recipe: unknown, job: string, make: OrderMaker | undefined): JobOrder | undefined {
  try {
    return recipe === undefined ? undefined : make?.(recipe, job);
  } catch {
    return undefined; // Of another version of the program: it is listed, and cannot be tried again.
  }
}

/** Runs a job to its end; once more where the engine process was lost under it. Never rejects. */
async function carryOut({ order, line }: Job, signal: AbortSignal): Promise<void> {
  const watch: JobWatch = {
    signal,
    progress: (progress) => line.progress(progress),
    warn: (key, details) => line.note({ key, ...(details && { details }) }),
  };
  await Promise.resolve(); // `running` stands before the work begins.
  const notes = (): Pick<JobState, 'notes'> => {
    const told = line.news().notes;
    return told ? { notes: told } : {};
  };
  try {
    if (signal.aborted) throw new StudioError('job.cancelled');
    const file = await order.run(watch).catch((thrown: unknown) => {
      if (!order.canRetry || signal.aborted || faultOf(thrown).code !== 'engine.lost') throw thrown;
      return order.run(watch);
    });
    line.enter({ state: 'done', share: 1, ...notes(), ...(file && { file }) });
  } catch (thrown) {
    const fault = faultOf(thrown);
    const isStopped = signal.aborted || fault.code === 'job.cancelled';
    line.enter({ state: isStopped ? 'cancelled' : 'failed', ...notes(), ...(!isStopped && { fault }) });
  }
}

function hasEnded({ line }: Job): boolean {
  return !['waiting', 'running'].includes(line.news().state);
}

function stateOf({ id, order, line, running, sequence }: Job): JobState {
  const news = line.news();
  const isStopped = news.state === 'failed' || news.state === 'cancelled' || news.state === 'interrupted';
  return {
    id,
    kind: order.kind,
    details: order.details,
    ...news,
    ...(news.state === 'interrupted' && order.variants && { variants: order.variants }),
    canCancel: news.state === 'waiting' || (news.state === 'running' && !running?.controller.signal.aborted),
    canRetry: order.canRetry && isStopped,
    sequence,
  };
}
