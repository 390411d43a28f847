// Files this page has given to the host and still holds: one that could not be sent, opened or placed stands among the jobs, and is tried again from here.
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { faultOf, type Fault } from '../../src-main/contract/fault.ts';
import type { JobState } from '../../src-main/contract/studio-records.ts';
import { useNotices, type NoticeAction } from '../shell/notices-store.ts';
import { useShell } from '../shell/shell-store.ts';

interface SentFile {
  readonly name: string;
  readonly state: 'running' | 'failed' | 'cancelled';
  readonly fault?: Fault;
  /** Does it all again, under the same id. */
  readonly again: (id: string) => Promise<unknown>;
}

/** Only dropped or chosen again it can be read. */
const isGone = (fault: Fault | undefined): boolean => fault?.code === 'upload.unreadable' || fault?.code === 'upload.folder';

export const useSentFiles = defineStore('sentFiles', () => {
  const [notices, shell] = [useNotices(), useShell()];
  /** Those that have failed at least once, oldest first. */
  const kept = shallowRef<ReadonlyMap<string, SentFile>>(new Map());
  /** Those that came through after all. */
  const mended = shallowRef<ReadonlySet<string>>(new Set());
  const keep = (id: string, file: SentFile | undefined): void => {
    const next = new Map(kept.value);
    if (file) next.set(id, file);
    else next.delete(id);
    kept.value = next;
  };

  /** As the list of jobs shows them, newest first. */
  const rows = computed<readonly JobState[]>(() =>
    [...kept.value].reverse().map(([id, { name, state, fault }]) => ({
      id, asked: id, kind: 'import', details: { name }, state, sequence: 0, canCancel: false, canRetry: state !== 'running' && !isGone(fault), ...(state === 'failed' && fault ? { fault } : {}),
    })),
  );

  /** `act` sends the file and asks for what is to become of it, naming itself to the host by the id. Throws what it throws; then it can be tried again. */
  async function attempt<T>(name: string, again: SentFile['again'], act: (id: string) => Promise<T>, id: string = crypto.randomUUID()): Promise<T> {
    if (kept.value.has(id)) keep(id, { name, again, state: 'running' });
    try {
      const made = await act(id);
      if (kept.value.has(id)) mended.value = new Set([...mended.value, id]);
      keep(id, undefined);
      return made;
    } catch (thrown) {
      const fault = faultOf(thrown);
      keep(id, { name, again, state: fault.code === 'job.cancelled' ? 'cancelled' : 'failed', fault });
      notices.fault(thrown, actionOf(id, fault));
      throw thrown;
    }
  }

  /** Of several, each is tried again in the list. */
  function actionOf(id: string, fault: Fault): NoticeAction | undefined {
    if (kept.value.size > 1) return { words: 'jobs.show', run: () => (shell.showsJobs = true) };
    return isGone(fault) ? undefined : { words: 'jobs.retry', run: () => void retry(id) };
  }

  async function retry(id: string): Promise<void> {
    const file = kept.value.get(id);
    if (file && file.state !== 'running') await file.again(id).catch(() => undefined); // `attempt` has told it.
  }

  return {
    rows,
    attempt,
    retry,
    holds: (id: string | undefined): boolean => id !== undefined && kept.value.has(id),
    /** Whether a failure of the host's is over, or stands in `rows`. */
    speaksFor: (id: string | undefined): boolean => id !== undefined && (kept.value.has(id) || mended.value.has(id)),
    clear: () => void (kept.value = new Map([...kept.value].filter(([, { state }]) => state === 'running'))),
  };
});
