// Requests about the queue of jobs.
import type { StudioApi } from '../../contract/studio-api.ts';
import type { StudioContext } from './studio-context.ts';

/** `ready` is there once jobs of earlier runs of the program are in the list. */
export function jobRequests({ jobs }: StudioContext, ready: Promise<void>): Pick<StudioApi, 'jobs.list' | 'jobs.cancel' | 'jobs.retry' | 'jobs.clear'> {
  return {
    'jobs.list': async () => {
      await ready;
      return jobs.list();
    },
    'jobs.cancel': async ({ job }) => {
      jobs.cancel(job);
      return null;
    },
    'jobs.retry': async ({ job }) => {
      jobs.retry(job);
      return null;
    },
    'jobs.clear': async () => {
      jobs.clear();
      return null;
    },
  };
}
