// The queue of long work as the window shows it.
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { JobState } from '../../src-main/contract/studio-records.ts';
import { downloadFile } from '../client/files.ts';
import { useHost } from '../client/host-store.ts';
import { useNotices } from '../shell/notices-store.ts';
import { useShell } from '../shell/shell-store.ts';

export const useJobs = defineStore('jobs', () => {
  const host = useHost();
  const notices = useNotices();
  const shell = useShell();
  /** Interrupted jobs that the artist has been told of. */
  const told = new Set<string>();
  /** Of them the artist hears, however short they are. */
  const retried = new Set<string>();
  const ended = new Set<(job: JobState) => void>();
  const byId = shallowRef<ReadonlyMap<string, JobState>>(new Map());

  /** Newest first. */
  const list = computed(() => [...byId.value.values()].reverse());
  const going = computed(() => list.value.filter(isGoing));

  function take(job: JobState): void {
    const known = byId.value.get(job.id);
    if (known && known.sequence > job.sequence) return;
    byId.value = new Map(byId.value).set(job.id, job);
    tellEnd(known, job);
  }

  /** An end that this page has waited for. */
  function tellEnd(known: JobState | undefined, job: JobState): void {
    if (known && isGoing(known) && (job.state === 'done' || job.state === 'failed')) ended.forEach((listener) => listener(job));
  }

  async function readList(): Promise<void> {
    const jobs = await host.studio.ask('jobs.list');
    const before = byId.value;
    byId.value = new Map(jobs.map((job) => [job.id, job]));
    for (const job of jobs) tellEnd(before.get(job.id), job);
    const fresh = jobs.filter(({ id, state }) => state === 'interrupted' && !told.has(id));
    fresh.forEach(({ id }) => told.add(id));
    if (fresh.length > 0) notices.tell('jobs.wereInterrupted', {}, { words: 'jobs.show', run: () => (shell.showsJobs = true) });
  }

  async function attempt(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (thrown) {
      notices.fault(thrown);
    }
  }

  host.transport.onEvent((event) => {
    if (event.kind === 'job') take(event.job);
  });
  host.transport.onState((state) => void (state === 'connected' && attempt(readList)));

  return {
    list,
    going,
    cancel: (job: string) => attempt(() => host.studio.ask('jobs.cancel', { job })),
    attempt,
    retry: (job: string) => (retried.add(job), attempt(() => host.studio.ask('jobs.retry', { job }))),
    isRetried: (job: string) => retried.has(job),
    /** Calls when a job that this page has seen at work is done or has failed. */
    onEnded: (listener: (job: JobState) => void) => void ended.add(listener),
    clear: () => attempt(async () => host.studio.ask('jobs.clear').then(readList)),
    download: ({ file }: JobState) => attempt(async () => file && downloadFile(host.transport, file)),
  };
});

function isGoing({ state }: JobState): boolean {
  return state === 'waiting' || state === 'running';
}
