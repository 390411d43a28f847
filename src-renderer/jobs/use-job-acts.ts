// What is done with a job where the artist sees it: run again, what it made opened.
import type { JobState } from '../../src-main/contract/studio-records.ts';
import { useCompare } from '../compare/compare-store.ts';
import { useVariants } from '../compare/variants-store.ts';
import { useLibrary } from '../document/library-store.ts';
import { useNotices } from '../shell/notices-store.ts';
import { useShell } from '../shell/shell-store.ts';
import { useJobs } from './jobs-store.ts';
import { useSentFiles } from './sent-files-store.ts';

export interface JobActs {
  /** Variants are shown where they are painted. */
  again(job: JobState): Promise<void>;
  /** Opens the document that an import has made. */
  open(job: JobState): Promise<void>;
}

export function useJobActs(): JobActs {
  const [jobs, sent, variants, compare, library, notices, shell] = [useJobs(), useSentFiles(), useVariants(), useCompare(), useLibrary(), useNotices(), useShell()];
  return {
    async again(job) {
      if (job.asked !== undefined && sent.holds(job.asked)) return sent.retry(job.asked);
      if (!job.variants) return jobs.retry(job.id);
      await jobs.attempt(async () => {
        if (!(await variants.again(job))) return;
        shell.workspace = 'compare';
        compare.tab = 'variants';
      });
    },
    async open({ document, details, notes }) {
      if (document === undefined || !(await library.open(document, String(details['name'] ?? '')))) return;
      shell.toCanvas();
      notices.notes(notes ?? []);
    },
  };
}
