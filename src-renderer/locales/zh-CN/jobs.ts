// Words of long work, in Simplified Chinese.
import type { jobs as english } from '../en/jobs.ts';

export const jobs: typeof english = {};
