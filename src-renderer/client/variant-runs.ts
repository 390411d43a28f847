// Variants that the host renders as a job, told one by one to whoever asked for them.
import { StudioError, type Fault } from '../../src-main/contract/fault.ts';
import type { StudioEvent, StudioParams } from '../../src-main/contract/studio-api.ts';
import type { JobState, VariantMeters } from '../../src-main/contract/studio-records.ts';
import type { StudioClient } from './studio-client.ts';
import type { Transport } from './transport.ts';

export interface RenderedVariant {
  readonly picture: string;
  readonly width: number;
  readonly height: number;
  readonly meters?: VariantMeters;
}

export interface VariantWatch {
  /** By the index of the item asked for. */
  rendered(index: number, variant: RenderedVariant): void;
  failed(index: number, fault: Fault): void;
  /** Also after the end: a job that has ended can be run again from the list of jobs. */
  progress?(job: JobState): void;
}

export interface VariantRun {
  readonly job: string;
  /** Resolves when the job has ended for the first time, however it did. Throws its fault where it failed as a whole. */
  readonly ended: Promise<'done' | 'cancelled'>;
  cancel(): Promise<void>;
}

interface Line {
  readonly watch: VariantWatch;
  end(job: JobState): void;
}

/** Runs that are told of after their end; older ones are forgotten. */
const mostEnded = 8;

/** Events that come before the answer that names their job are kept while somebody waits for one; so many at most. */
const mostEarly = 1000;

/** One listener for all runs of a page. */
export function createVariantRuns(studio: StudioClient, transport: Pick<Transport, 'onEvent'>) {
  const lines = new Map<string, Line>();
  const early: StudioEvent[] = [];
  /** Jobs in the order of their ends. */
  const past = new Set<string>();
  let asking = 0;

  transport.onEvent((event) => {
    const job = event.kind === 'variant' || event.kind === 'variant.failed' ? event.job : event.kind === 'job' ? event.job.id : undefined;
    if (job === undefined) return;
    const line = lines.get(job);
    if (line) tell(line, event);
    else if (asking > 0 && early.length < mostEarly) early.push(event);
  });

  function tell(line: Line, event: StudioEvent): void {
    if (event.kind === 'variant') line.watch.rendered(event.index, event);
    else if (event.kind === 'variant.failed') line.watch.failed(event.index, event.fault);
    else if (event.kind === 'job') {
      line.watch.progress?.(event.job);
      line.end(event.job);
    }
  }

  function forgetOldest(ended: string): void {
    past.delete(ended);
    const [oldest] = past.add(ended);
    if (oldest === undefined || past.size <= mostEnded) return;
    past.delete(oldest);
    lines.delete(oldest);
  }

  /** Throws what variants.render is refused with. */
  async function render(params: StudioParams<'variants.render'>, watch: VariantWatch): Promise<VariantRun> {
    asking++;
    try {
      const { job } = await studio.ask('variants.render', params);
      const ended = new Promise<'done' | 'cancelled'>((resolve, reject) => {
        const line: Line = {
          watch,
          end: ({ state, fault }) => {
            if (state === 'waiting' || state === 'running' || state === 'interrupted') return;
            forgetOldest(job);
            if (state === 'failed') reject(new StudioError(fault?.code ?? 'internal', fault?.details ?? { reason: 'variants' }));
            else resolve(state);
          },
        };
        lines.set(job, line);
        for (const event of early) {
          if ((event.kind === 'job' ? event.job.id : 'job' in event ? event.job : undefined) === job) tell(line, event);
        }
      });
      ended.catch(() => undefined); // Who waits for it still hears of it.
      return { job, ended, cancel: async () => void (await studio.ask('jobs.cancel', { job })) };
    } finally {
      asking--;
      if (asking === 0) early.length = 0;
    }
  }

  /** Hears of a job that an earlier page has asked for, and that is to be run again. */
  function follow(job: string, watch: VariantWatch): Pick<VariantRun, 'job' | 'cancel'> {
    const end = ({ state }: JobState): void => {
      if (state !== 'waiting' && state !== 'running' && state !== 'interrupted') forgetOldest(job);
    };
    lines.set(job, { watch, end });
    return { job, cancel: async () => void (await studio.ask('jobs.cancel', { job })) };
  }

  return { render, follow };
}
