// What every command is lent: words, a reporter, a platform and a way to be stopped.
import type { Language } from '../../contract/messages/message.ts';
import type { Platform } from '../../services/platform.ts';
import type { Answer } from './answer.ts';
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
