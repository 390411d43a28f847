// Long work as every side sees it: progress with time left, and one outcome.

/** Progress of one stage. done and total are in `unit`s. */
export interface JobProgress {
  /** Stage for people: 'decode' | 'measure' | 'paint' | 'encode' | 'train' … */
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  /** Of the whole job, 0..1, where the work knows it. */
  readonly share?: number;
  /** Seconds left of the whole job, once it can be estimated. */
  readonly secondsLeft?: number;
}

/** What long work is given: a way to report and a way to be stopped. */
export interface JobWatch {
  readonly signal: AbortSignal;
  progress(state: JobProgress): void;
  /** A sentence for the artist that is not a failure, by message key. */
  warn(key: string, details?: Readonly<Record<string, string | number>>): void;
}
