// What is said of a job: its name, how it stands, how it has ended.
import { useI18n } from 'vue-i18n';
import { messageOf } from '../../src-main/contract/messages/message.ts';
import type { JobState } from '../../src-main/contract/studio-records.ts';
import { percentInWords, type Language } from '../locales/words.ts';
import { useSentFiles } from './sent-files-store.ts';
import { useSizes } from '../widgets/use-sizes.ts';

export interface JobWords {
  nameOf(job: Pick<JobState, 'kind' | 'details'>): string;
  stateOf(job: JobState): string;
  /** Share and time left, after words for what is being done. */
  progressOf(doing: string, progress: Pick<JobState, 'share' | 'secondsLeft'>): string;
  /** Of one that is done, by key. */
  endOf(job: JobState): WordsOf;
}

/** A key of the locales and what fills it. */
export interface WordsOf {
  readonly words: string;
  readonly details: Readonly<Record<string, string>>;
}

export function useJobWords(): JobWords {
  const { t, te, locale } = useI18n();
  const { sizeInWords, timeInWords } = useSizes();
  const sent = useSentFiles();
  /** Another page has its file, or none has any more. */
  const isHeldElsewhere = ({ asked, canRetry }: JobState): boolean => asked !== undefined && !canRetry && !sent.holds(asked);

  function progressOf(doing: string, { share, secondsLeft }: Pick<JobState, 'share' | 'secondsLeft'>): string {
    const parts = [doing, share === undefined ? '' : percentInWords(share), secondsLeft === undefined ? '' : t('jobs.left', { time: timeInWords(secondsLeft) })];
    return parts.filter(Boolean).join(' · ');
  }

  return {
    progressOf,
    nameOf({ kind, details }) {
      const about = aboutOf(details);
      const words = t(`jobs.kinds.${kind}`);
      return about === undefined ? words : t('jobs.named', { kind: words, name: about });
    },
    stateOf(job) {
      const { state, stage, file, fault } = job;
      if (state === 'failed' && fault) return [messageOf(fault, locale.value as Language).sentence, isHeldElsewhere(job) ? t('jobs.giveAgain') : ''].filter(Boolean).join(' ');
      if (state === 'done' && file) return [file.path ?? file.name, sizeInWords(file.bytes)].join(' · ');
      if (state === 'interrupted') return t(job.canRetry ? 'jobs.states.interrupted' : 'jobs.interruptedForGood');
      if (state !== 'running') return t(`jobs.states.${state}`);
      if (!job.canCancel) return t('jobs.states.stopping');
      return progressOf(stage !== undefined && te(`jobs.stages.${stage}`) ? t(`jobs.stages.${stage}`) : t('jobs.states.running'), job);
    },
    endOf({ kind, details, file }): WordsOf {
      const name = file?.name ?? aboutOf(details) ?? '';
      if (kind === 'save') return { words: 'notices.savedAs', details: { name: String(name) } };
      if (file?.path !== undefined) return { words: 'jobs.ends.writtenTo', details: { path: file.path } };
      return { words: `jobs.ends.${kind}`, details: { name: String(name) } };
    },
  };
}

/** What the job is about: a name, where it has one. */
function aboutOf(details: JobState['details']): string | number | undefined {
  return details['name'] ?? details['document'] ?? details['style'] ?? details['file'];
}
