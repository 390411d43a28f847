// Requests about the queue of jobs.
import type { StudioApi } from '../../contract/studio-api.ts';
import type { StudioContext } from './studio-context.ts';

export function jobRequests({ jobs }: StudioContext): Pick<StudioApi, 'jobs.list' | 'jobs.cancel' | 'jobs.retry' | 'jobs.clear'> {
  return {
    'jobs.list': async () => jobs.list(),
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
