// A job run again where the artist sees it.
import type { JobState } from '../../src-main/contract/studio-records.ts';
import { useCompare } from '../compare/compare-store.ts';
import { useVariants } from '../compare/variants-store.ts';
import { useShell } from '../shell/shell-store.ts';
import { useJobs } from './jobs-store.ts';

/** Variants are shown where they are painted. */
export function useJobAgain(): (job: JobState) => Promise<void> {
  const [jobs, variants, compare, shell] = [useJobs(), useVariants(), useCompare(), useShell()];
  return async (job) => {
    if (!job.variants) return jobs.retry(job.id);
    await jobs.attempt(async () => {
      if (!(await variants.again(job))) return;
      shell.workspace = 'compare';
      compare.tab = 'variants';
    });
  };
}
