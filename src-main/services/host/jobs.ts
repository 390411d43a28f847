// The queue of long work: heavy jobs one after another, light ones at once; progress, cancel, retry.
import { randomUUID } from 'node:crypto';
import { StudioError } from '../../contract/fault.ts';
import type { StudioEvent } from '../../contract/studio-api.ts';
import type { JobState } from '../../contract/studio-records.ts';
import type { JobJournal, KeptJob } from './job-journal.ts';
import { createJobLine, type JobLine } from './job-line.ts';
import type { JobEnd, JobOrder, OrderMaker } from './job-order.ts';
import { carryOut } from './job-run.ts';

/** Kinds that take the engine to themselves. */
const heavy: ReadonlySet<JobState['kind']> = new Set(['export', 'variants', 'glaze']);
/** Finished jobs that are remembered. */
const mostFinished = 200;

export interface Jobs {
  add(order: JobOrder): string;
  /** Adds one whose order names it. */
  addAs(order: (job: string) => JobOrder): string;
  /** Adds one and waits for its first end. Throws its fault, or job.cancelled. */
  ended<End extends JobEnd>(order: JobOrder<End>): Promise<End>;
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

interface Waiter {
  resolve(end: JobEnd): void;
  reject(fault: StudioError): void;
}

interface Job {
  readonly id: string;
  readonly order: JobOrder;
  readonly line: JobLine;
  sequence: number;
  /** It is not spoken of yet. */
  quiet?: ReturnType<typeof setTimeout>;
  /** Who waits for its first end. */
  waiter?: Waiter;
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
    const ended = carryOut(job, controller.signal).then((end) => {
      delete job.running;
      if (!isClosing || stateIn(job) === 'done') kept.forget(job.id);
      if (job.quiet) jobs.delete(job.id);
      answer(job, end);
      startNext();
    });
    job.running = { controller, ended };
    job.line.enter({ state: 'running' });
  };
  const forgetOldest = (): void => {
    const ended = [...jobs.values()].filter(hasEnded);
    for (const { id } of ended.slice(0, Math.max(0, ended.length - mostFinished))) jobs.delete(id);
  };

  const enlist = (id: string, order: JobOrder, state: 'waiting' | 'interrupted'): Job => {
    const tell = (): void => {
      job.sequence += 1;
      if (!job.quiet) emit({ kind: 'job', job: stateOf(job) });
    };
    const job: Job = { id, order, line: createJobLine(tell, now), sequence: 0 };
    // What is asked again stands for the time before.
    if (order.asked !== undefined) for (const before of jobs.values()) if (before.order.asked === order.asked && hasEnded(before)) jobs.delete(before.id);
    jobs.set(id, job);
    forgetOldest();
    if (order.quietMs !== undefined && state === 'waiting') job.quiet = setTimeout(() => speak(job), order.quietMs);
    job.line.enter({ state });
    return job;
  };
  const speak = (job: Job): void => {
    if (!jobs.has(job.id)) return;
    delete job.quiet;
    keep(job);
    job.line.retell();
  };
  const keep = ({ id, order: { kind, details, recipe } }: Job): void => kept.keep({ id, kind, details, at: new Date().toISOString(), number: ++number, ...(recipe === undefined ? {} : { recipe }) });
  const addAs: Jobs['addAs'] = (order) => {
    const id = randomUUID();
    begin(enlist(id, order(id), 'waiting'));
    return id;
  };
  const begin = (job: Job): void => {
    if (!job.quiet) keep(job);
    startNext();
  };

  return {
    addAs,
    add: (order) => addAs(() => order),
    ended: <End extends JobEnd>(order: JobOrder<End>) =>
      new Promise<End>((resolve, reject) => {
        const job = enlist(randomUUID(), order, 'waiting');
        job.waiter = { resolve: resolve as Waiter['resolve'], reject };
        begin(job);
      }),
    restore({ id, kind, details, recipe }, make) {
      if (jobs.has(id)) return;
      const lost: JobOrder = { kind, details, canRetry: false, run: () => Promise.reject(new StudioError('job.missing', { job: id })) };
      enlist(id, orderFrom(recipe, id, make) ?? lost, 'interrupted');
    },
    list: () => [...jobs.values()].filter(({ quiet }) => !quiet).map(stateOf),
    kept: kept.settled,
    cancel(id) {
      const job = find(id);
      if (stateIn(job) === 'waiting') {
        job.line.enter({ state: 'cancelled' });
        kept.forget(id);
        answer(job, undefined);
      }
      if (!job.running) return;
      job.running.controller.abort();
      job.line.retell();
    },
    retry(id) {
      const job = find(id);
      if (!stateOf(job).canRetry) throw new StudioError('job.missing', { job: id });
      job.line.enter({ state: 'waiting' });
      begin(job);
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
      for (const job of jobs.values()) {
        clearTimeout(job.quiet);
        if (stateIn(job) !== 'waiting') continue;
        job.line.enter({ state: 'cancelled' });
        answer(job, undefined);
      }
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

/** Who waits for a job hears of its first end. */
function answer(job: Job, end: JobEnd): void {
  clearTimeout(job.quiet);
  const { state, fault } = job.line.news();
  if (state === 'done') job.waiter?.resolve(end);
  else job.waiter?.reject(new StudioError(fault?.code ?? 'job.cancelled', fault?.details));
  delete job.waiter;
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
    ...(order.asked === undefined ? {} : { asked: order.asked }),
    sequence,
  };
}
