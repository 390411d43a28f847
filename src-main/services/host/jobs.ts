// The queue of long work: heavy jobs one after another, light ones at once; progress, cancel, retry.
import { randomUUID } from 'node:crypto';
import { StudioError, faultOf } from '../../contract/fault.ts';
import type { JobWatch } from '../../contract/job.ts';
import type { StudioEvent, WrittenFile } from '../../contract/studio-api.ts';
import type { JobState } from '../../contract/studio-records.ts';
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
  /** Answers the file it wrote, where it wrote one. Its own failures are told as faults of the job. */
  run(watch: JobWatch): Promise<WrittenFile | undefined>;
}

export interface Jobs {
  add(order: JobOrder): string;
  list(): JobState[];
  /** Throws job.missing. */
  cancel(job: string): void;
  /** Runs a failed or cancelled job again. Throws job.missing where there is none, or it cannot be. */
  retry(job: string): void;
  /** Forgets what has ended. */
  clear(): void;
  /** Cancels everything and waits until it has ended. */
  close(): Promise<void>;
}

interface Job {
  readonly id: string;
  readonly order: JobOrder;
  readonly line: JobLine;
  sequence: number;
  running?: { readonly controller: AbortController; readonly ended: Promise<void> };
}

export function createJobs(emit: (event: StudioEvent) => void, now: () => number = () => performance.now()): Jobs {
  const jobs = new Map<string, Job>();

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
      startNext();
    });
    job.running = { controller, ended };
    job.line.enter({ state: 'running' });
  };
  const forgetOldest = (): void => {
    const ended = [...jobs.values()].filter(hasEnded);
    for (const { id } of ended.slice(0, Math.max(0, ended.length - mostFinished))) jobs.delete(id);
  };

  return {
    add(order) {
      const id = randomUUID();
      const tell = (): void => {
        job.sequence += 1;
        emit({ kind: 'job', job: stateOf(job) });
      };
      const job: Job = { id, order, line: createJobLine(tell, now), sequence: 0 };
      jobs.set(id, job);
      forgetOldest();
      job.line.enter({ state: 'waiting' });
      startNext();
      return id;
    },
    list: () => [...jobs.values()].map(stateOf),
    cancel(id) {
      const job = find(id);
      if (stateIn(job) === 'waiting') job.line.enter({ state: 'cancelled' });
      if (!job.running) return;
      job.running.controller.abort();
      job.line.retell();
    },
    retry(id) {
      const job = find(id);
      if (!stateOf(job).canRetry) throw new StudioError('job.missing', { job: id });
      job.line.enter({ state: 'waiting' });
      startNext();
    },
    clear() {
      for (const [id, job] of jobs) if (hasEnded(job)) jobs.delete(id);
    },
    async close() {
      for (const job of jobs.values()) if (stateIn(job) === 'waiting') job.line.enter({ state: 'cancelled' });
      const running = [...jobs.values()].flatMap((job) => job.running ?? []);
      for (const { controller } of running) controller.abort();
      await Promise.all(running.map(({ ended }) => ended));
    },
  };
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
  const isStopped = news.state === 'failed' || news.state === 'cancelled';
  return {
    id,
    kind: order.kind,
    details: order.details,
    ...news,
    canCancel: news.state === 'waiting' || (news.state === 'running' && !running?.controller.signal.aborted),
    canRetry: order.canRetry && isStopped,
    sequence,
  };
}
