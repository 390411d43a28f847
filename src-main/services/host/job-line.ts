// One job of the queue: what it was asked, how far it is, and the news of it, at most ten a second.
import type { Fault } from '../../contract/fault.ts';
import type { JobProgress } from '../../contract/job.ts';
import type { Note } from '../../contract/note.ts';
import type { WrittenFile } from '../../contract/studio-api.ts';
import type { JobState } from '../../contract/studio-records.ts';

const newsEveryMs = 100;
/** Time left is not guessed from less. */
const shortestGuess = { seconds: 1, share: 0.02 };
const mostNotes = 50;

/** The changing part of a job. */
export interface JobNews {
  readonly state: JobState['state'];
  readonly share?: number;
  readonly stage?: string;
  readonly secondsLeft?: number;
  readonly fault?: Fault;
  readonly file?: WrittenFile;
  readonly document?: string;
  readonly notes?: readonly Note[];
  /** From the asking to the end. */
  readonly seconds?: number;
}

export interface JobLine {
  news(): JobNews;
  /** Forgets how far it was. */
  enter(news: JobNews): void;
  progress(progress: JobProgress): void;
  note(note: Note): void;
  /** Tells the same news again: something around it has changed. */
  retell(): void;
}

/** `tell` is called at every state and otherwise ten times a second at most; `now` in ms. */
export function createJobLine(tell: () => void, now: () => number): JobLine {
  let news: JobNews = { state: 'waiting' };
  let [askedMs, startedMs] = [now(), now()];
  let toldMs = -Infinity;
  let later: ReturnType<typeof setTimeout> | undefined;

  const tellNow = (): void => {
    clearTimeout(later);
    later = undefined;
    toldMs = now();
    tell();
  };
  const tellSoon = (): void => {
    const waitMs = toldMs + newsEveryMs - now();
    if (waitMs <= 0) tellNow();
    else later ??= setTimeout(tellNow, waitMs);
  };

  return {
    news: () => news,
    enter(next) {
      if (next.state === 'waiting') askedMs = now();
      if (next.state === 'running') startedMs = now();
      news = hasEnded(next) ? { ...next, seconds: (now() - askedMs) / 1000 } : next;
      tellNow();
    },
    progress(progress) {
      const share = shareOf(progress, news.share);
      const secondsLeft = progress.secondsLeft ?? secondsLeftAt(share, (now() - startedMs) / 1000);
      news = {
        ...news,
        stage: progress.stage,
        ...(share !== undefined && { share }),
        ...(secondsLeft !== undefined && { secondsLeft }),
      };
      tellSoon();
    },
    note(note) {
      news = { ...news, notes: [...(news.notes ?? []), note].slice(-mostNotes) };
      tellSoon();
    },
    retell: tellNow,
  };
}

/** In this run of the program. */
function hasEnded({ state }: JobNews): boolean {
  return state === 'done' || state === 'cancelled' || state === 'failed';
}

/** What the work itself says, else the steps of its stage; a stage without steps leaves it, and it never goes back. */
function shareOf({ share, done, total }: JobProgress, before: number | undefined): number | undefined {
  const stated = share ?? (total > 1 ? done / total : undefined);
  return stated === undefined ? before : Math.min(1, Math.max(before ?? 0, stated));
}

/** By the pace so far; undefined where it is too early to tell. */
export function secondsLeftAt(share: number | undefined, seconds: number): number | undefined {
  if (share === undefined || share < shortestGuess.share || seconds < shortestGuess.seconds) return undefined;
  return (seconds * (1 - share)) / share;
}
