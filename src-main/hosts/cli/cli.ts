// What every command is lent: words, a reporter, a way to be stopped; and what it answers with.
import type { Language } from '../../contract/messages/message.ts';
import type { Platform } from '../../services/platform.ts';
import type { Report } from './report.ts';
import type { Texts } from './texts/texts.ts';

export interface Cli {
  readonly language: Language;
  readonly texts: Texts;
  readonly report: Report;
  readonly platform: Platform;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Hands the outcome of the one command that runs to the frame. */
  answer(answer: Answer): void;
}

/** The outcome of a command: data for --json, lines for people; ok false where a part of a batch failed. */
export interface Answer {
  readonly value: unknown;
  readonly lines: readonly string[];
  readonly ok?: boolean;
}
