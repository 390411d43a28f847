// Long work as one list: jobs of the queue and teachings, what goes on above what has ended.
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { TeachRunState } from '../../src-main/contract/studio-api.ts';
import type { JobState } from '../../src-main/contract/studio-records.ts';
import { isOpen } from '../teach/teach-runs.ts';
import { useTeach } from '../teach/teach-store.ts';
import { useJobs } from './jobs-store.ts';
import { useSentFiles } from './sent-files-store.ts';

export type Work = { readonly kind: 'job'; readonly job: JobState } | { readonly kind: 'run'; readonly run: TeachRunState };

export const useWork = defineStore('work', () => {
  const [jobs, teach, sent] = [useJobs(), useTeach(), useSentFiles()];
  /** Runs whose end this page has seen, until they are cleared; earlier ones stand in the workspace Teach. */
  const endedHere = shallowRef<ReadonlySet<string>>(new Set());
  const runs = computed(() => [...teach.runs.values()].reverse());
  const running = computed(() => runs.value.filter(({ state }) => state === 'running'));
  const endedRuns = computed(() => runs.value.filter(({ run, state }) => (state === 'done' || state === 'failed') && endedHere.value.has(run)));
  /** Files that this page tries again stand for the host's job of the same, but for one that goes on. */
  const sentRows = computed(() => sent.rows.filter(({ id }) => !jobs.going.some(({ asked }) => asked === id)));
  const ended = computed(() => jobs.list.filter((job) => !jobs.going.includes(job) && (job.state === 'done' || !sent.speaksFor(job.asked))));
  const list = computed<readonly Work[]>(() => [
    ...runs.value.filter(isOpen).map(asRun),
    ...jobs.going.map(asJob),
    ...endedRuns.value.map(asRun),
    ...sentRows.value.map(asJob),
    ...ended.value.map(asJob),
    ...teach.leftBehind.map(asRun),
  ]);
  const count = computed(() => jobs.going.length + running.value.length);
  const hasEnded = computed(() => jobs.list.length > jobs.going.length || endedRuns.value.length > 0 || sent.rows.some(({ state }) => state !== 'running'));
  /** Of all that goes on, 0..1; undefined where nothing does. */
  const share = computed(() => {
    const shares = [...jobs.going.map((job) => job.share ?? 0), ...running.value.map((run) => runShare(run) ?? 0)];
    return shares.length === 0 ? undefined : shares.reduce((sum, each) => sum + each, 0) / shares.length;
  });

  teach.onEnded(({ run }) => (endedHere.value = new Set([...endedHere.value, run])));

  async function clear(): Promise<void> {
    endedHere.value = new Set();
    sent.clear();
    await jobs.clear();
  }

  return { list, count, share, hasEnded, clear };
});

/** Of its steps, 0..1; undefined before the first. */
export function runShare({ metrics }: TeachRunState): number | undefined {
  return metrics && metrics.step / metrics.steps;
}

const asJob = (job: JobState): Work => ({ kind: 'job', job });
const asRun = (run: TeachRunState): Work => ({ kind: 'run', run });
