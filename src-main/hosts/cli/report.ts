// Everything the command line says: progress and notes on standard error, the answer on standard output.
import cliProgress from 'cli-progress';
import { faultOf, type Fault, type FaultDetails } from '../../contract/fault.ts';
import type { JobProgress } from '../../contract/job.ts';
import { messageOf, warningOf, type Language } from '../../contract/messages/message.ts';
import type { Answer } from './answer.ts';
import { fill, type Texts } from './texts/texts.ts';

/** Without a terminal, progress is a line at most this often. */
const lineEveryMs = 2000;

export type TextStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

export interface ReportOptions {
  readonly language: Language;
  readonly texts: Texts;
  readonly json: boolean;
  /** Show where an internal fault was thrown. */
  readonly debug: boolean;
  readonly output: TextStream;
  readonly messages: TextStream;
}

interface Warning {
  readonly key: string;
  readonly details: FaultDetails;
  readonly sentence: string;
}

export class Report {
  private readonly options: ReportOptions;
  private readonly warnings: Warning[] = [];
  private bar: cliProgress.SingleBar | undefined;
  private lastLineAt = 0;
  private lastStage = '';

  constructor(options: ReportOptions) {
    this.options = options;
  }

  /** A sentence for people, on standard error. */
  note(line: string): void {
    this.clearBar();
    this.options.messages.write(`${line}\n`);
  }

  /** A sentence that is not a failure; each is said once, and listed in the JSON document. */
  warn(key: string, details: FaultDetails = {}): void {
    const sentence = warningOf(key, details, this.options.language);
    if (this.warnings.some((warning) => warning.sentence === sentence)) return;
    this.warnings.push({ key, details, sentence });
    this.note(fill(this.options.texts.warning, { sentence }));
  }

  /** Where long work stands: a bar on a terminal, else a line now and then. */
  progress(state: JobProgress, words?: string): void {
    const { texts, messages } = this.options;
    const stage = words ?? (texts.stages as Readonly<Record<string, string>>)[state.stage] ?? state.stage;
    const left = state.secondsLeft === undefined ? '' : fill(texts.timeLeft, { time: clock(state.secondsLeft) });
    if (messages.isTTY) this.drawBar(state, stage, left);
    else this.progressLine(state, stage, left);
  }

  /** The one answer of a command. */
  answer(answer: Answer): void {
    this.clearBar();
    const { output, json } = this.options;
    if (json) output.write(`${JSON.stringify({ ok: answer.ok ?? true, value: answer.value, warnings: this.warnings })}\n`);
    else if (answer.lines.length > 0) output.write(`${answer.lines.join('\n')}\n`);
  }

  /** A failure as one sentence and its remedy; with --json also as data. Answers the exit code. */
  failure(thrown: unknown, command: string | undefined): number {
    this.clearBar();
    const { texts, json, debug, output } = this.options;
    const fault = faultOf(thrown);
    const { sentence, remedy } = this.wordsOf(fault, command);
    this.note(fill(texts.usage.prefix, { sentence }));
    if (remedy) this.note(remedy);
    if (json) output.write(`${JSON.stringify({ ok: false, fault: { ...fault, sentence, remedy }, warnings: this.warnings })}\n`);
    if (debug && thrown instanceof Error) this.note(thrown.stack ?? '');
    return fault.code === 'usage.invalid' ? 2 : 1;
  }

  /** A fault as sentence and remedy; a usage fault of the command line brings its own sentence. */
  wordsOf(fault: Fault, command?: string): { sentence: string; remedy: string } {
    const { texts, language } = this.options;
    const reason = fault.details['reason'];
    if (fault.code !== 'usage.invalid' || typeof reason !== 'string') return messageOf(fault, language);
    return { sentence: reason, remedy: fill(texts.usage.seeHelp, { command: command ?? '' }).replace('  ', ' ') };
  }

  private drawBar(state: JobProgress, stage: string, left: string): void {
    this.bar ??= this.startBar();
    this.bar.setTotal(state.total);
    this.bar.update(state.done, { stage, left });
  }

  private startBar(): cliProgress.SingleBar {
    const bar = new cliProgress.SingleBar({
      stream: this.options.messages,
      format: '{bar} {stage} {value}/{total} {left}',
      barCompleteChar: '━',
      barIncompleteChar: '─',
      barsize: 24,
      linewrap: true,
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
    });
    bar.start(1, 0, { stage: '', left: '' });
    return bar;
  }

  private clearBar(): void {
    this.bar?.stop();
    this.bar = undefined;
  }

  private progressLine(state: JobProgress, stage: string, left: string): void {
    const now = performance.now();
    if (state.stage === this.lastStage && now - this.lastLineAt < lineEveryMs) return;
    this.lastStage = state.stage;
    this.lastLineAt = now;
    const words = fill(this.options.texts.progress, { stage, done: state.done, total: state.total });
    this.options.messages.write(`${left ? `${words} · ${left}` : words}\n`);
  }
}

/** Seconds as m:ss or h:mm:ss. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [first = 0, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [String(first), ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
}
