// What the queue of jobs is asked for, and what it gives back.
import type { JobWatch } from '../../contract/job.ts';
import type { WrittenFile } from '../../contract/studio-api.ts';
import type { JobState } from '../../contract/studio-records.ts';

/** The file that a job wrote, or the document it made. */
export type JobEnd = WrittenFile | { readonly document: string } | undefined;

export interface JobOrder<End extends JobEnd = JobEnd> {
  readonly kind: JobState['kind'];
  readonly details: JobState['details'];
  /** Whether it can simply be run again. */
  readonly canRetry: boolean;
  /** What it was asked with: `restore` makes the same order of it when the program was started anew. */
  readonly recipe?: unknown;
  /** By what name the page that asks knows it. */
  readonly asked?: string | undefined;
  /** Of variants: what a page needs to show them. */
  readonly variants?: JobState['variants'];
  /** Not spoken of until it has gone on for so long; what ends sooner is known to who waits for it alone. */
  readonly quietMs?: number;
  /** Its own failures are told as faults of the job. */
  run(watch: JobWatch): Promise<End>;
}

/** Makes an order of what a recipe holds; throws where it cannot. */
export type OrderMaker = (recipe: unknown, job: string) => JobOrder;
