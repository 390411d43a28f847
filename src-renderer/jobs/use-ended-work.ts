// Tells of long work that has ended: a quiet notice in the window, and one of the system where nobody looks at the window; of several pages one tells.
import { useI18n } from 'vue-i18n';
import { StudioError, type Fault } from '../../src-main/contract/fault.ts';
import { messageOf } from '../../src-main/contract/messages/message.ts';
import type { TeachRunState } from '../../src-main/contract/studio-api.ts';
import type { JobState } from '../../src-main/contract/studio-records.ts';
import { createTeller } from '../client/teller.ts';
import { useCompare } from '../compare/compare-store.ts';
import type { Language } from '../locales/words.ts';
import { useExport } from '../panels/export/export-store.ts';
import { useEnds } from '../settings/ends-store.ts';
import { useNotices, type NoticeAction } from '../shell/notices-store.ts';
import { useShell } from '../shell/shell-store.ts';
import { useTeach } from '../teach/teach-store.ts';
import { useJobs } from './jobs-store.ts';
import { useSentFiles } from './sent-files-store.ts';
import { useJobActs } from './use-job-acts.ts';
import { useJobWords, type WordsOf } from './use-job-words.ts';

/** The end of shorter work is seen by who began it. */
const longSeconds = 5;

interface Ended {
  /** Of the job or the run. */
  readonly id: string;
  readonly name: string;
  readonly end: Fault | WordsOf;
  readonly action?: NoticeAction | undefined;
  /** The window shows it where the work was begun. */
  readonly isInSight: boolean;
}

export function useEndedWork(): void {
  const { t, locale } = useI18n();
  const [jobs, sent, teach, exports, compare, shell, notices, ends] = [useJobs(), useSentFiles(), useTeach(), useExport(), useCompare(), useShell(), useNotices(), useEnds()];
  const { nameOf, endOf } = useJobWords();
  const { again, open } = useJobActs();

  const teller = createTeller(window);

  /** The page last used tells; others have it in their list. */
  const tellOnce = async (ended: Ended): Promise<void> => {
    if (await teller.isMine()) tell(ended);
  };

  function tell({ id, name, end, action, isInSight }: Ended): void {
    const isFault = 'code' in end;
    if (isAway()) {
      const { sentence, remedy } = isFault ? messageOf(end, locale.value as Language) : { sentence: t(end.words, end.details), remedy: '' };
      ends.tell({ title: name, body: [sentence, remedy].filter(Boolean).join('\n') }, id);
    }
    if (isInSight) return;
    if (isFault) notices.fault(new StudioError(end.code, end.details), action, name);
    else notices.tell(end.words, end.details, action);
  }

  function showVariants(): void {
    shell.workspace = 'compare';
    compare.tab = 'variants';
  }

  function showRun(run: string): void {
    teach.watched = run;
    shell.workspace = 'teach';
  }

  function actionOf(job: JobState): NoticeAction | undefined {
    if (job.canRetry || sent.holds(job.asked)) return { words: 'jobs.retry', run: () => void again(job) };
    if (job.document !== undefined) return { words: 'jobs.open', run: () => void open(job) };
    if (job.file?.address !== undefined) return { words: 'jobs.download', run: () => void jobs.download(job) };
    return job.kind === 'variants' ? { words: 'jobs.look', run: showVariants } : undefined;
  }

  function isInSight({ id, kind, state }: JobState): boolean {
    // Who asked has it open; what was tried again waits in the list.
    if (kind === 'import') return state === 'done' && !jobs.isRetried(id);
    if (kind === 'export') return shell.dialog === 'export' && exports.job?.id === id;
    return kind === 'variants' && shell.workspace === 'compare' && compare.tab === 'variants';
  }

  jobs.onEnded((job) => {
    const isLong = (job.seconds ?? 0) >= longSeconds;
    if (job.state === 'done' ? !isLong && !jobs.isRetried(job.id) : !job.fault) return;
    const ended: Ended = { id: job.id, name: nameOf(job), end: job.fault ?? endOf(job), action: actionOf(job), isInSight: isInSight(job) };
    if (isLong || job.fault) void tellOnce(ended);
    else tell(ended); // Only who has tried it again knows that it is waited for.
  });
  teach.onEnded((run: TeachRunState) => {
    const { run: id, fault, style } = run;
    const action = fault ? { words: 'jobs.retry', run: () => (showRun(id), void teach.goOn(id)) } : { words: 'jobs.look', run: () => showRun(id) };
    const end = fault ?? { words: 'teach.done', details: { name: style ?? run.name } };
    void tellOnce({ id, name: nameOf({ kind: 'teach', details: { name: run.name } }), end, action, isInSight: shell.workspace === 'teach' && teach.watched === id });
  });
}

/** Nobody looks at the window. */
function isAway(): boolean {
  return document.hidden || !document.hasFocus();
}
