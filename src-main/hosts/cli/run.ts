// From arguments to a command, and from its outcome to output and an exit code.
import { Command } from 'commander';
import { languageOf } from '../../contract/messages/message.ts';
import { program as programName } from '../../contract/program.ts';
import { nodePlatform, type Environment } from '../../services/node-platform.ts';
import type { Answer } from './answer.ts';
import type { Cli } from './cli.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEvaluate } from './commands/evaluate.ts';
import { addInspect } from './commands/inspect.ts';
import { addServe } from './commands/serve.ts';
import { addStyles } from './commands/styles.ts';
import { addStylize } from './commands/stylize.ts';
import { addTeach } from './commands/teach.ts';
import { addTrain } from './commands/train.ts';
import { normaliseArguments, readFrameFlags, withFrameFlags } from './flags.ts';
import { Report, type TextStream } from './report.ts';
import { textsOf } from './texts/texts.ts';
import { asUsageFault, isHelpShown } from './usage.ts';

const commands = [addTeach, addStylize, addEvaluate, addStyles, addDoctor, addInspect, addServe, addTrain];

/** What the surroundings lend one run. */
export interface Surroundings {
  readonly environment: Environment;
  readonly output: TextStream;
  readonly messages: TextStream;
  /** A signal that the first Ctrl-C aborts; `told` is called when it does. */
  interruptSignal(told: () => void): AbortSignal;
}

/** Runs one command to its end and answers the exit code: 0 done, 1 a fault, 2 wrong usage. Never throws. */
export async function runCommandLine(argv: readonly string[], { environment, output, messages, interruptSignal }: Surroundings): Promise<number> {
  const { json, lang } = readFrameFlags(argv);
  const language = languageOf(lang, environment);
  const texts = textsOf(language);
  const debug = Boolean(environment['VELATURA_DEBUG']);
  const report = new Report({ language, texts, json, debug, output, messages });
  const signal = interruptSignal(() => report.note(texts.cancelling));
  const answers: Answer[] = [];
  let program: Command | undefined;
  try {
    const platform = nodePlatform({ environment, log: (level, message) => (debug ? report.note(`${level}: ${message}`) : undefined) });
    program = createProgram({ language, texts, report, platform, signal, answer: (answer) => answers.push(answer) }, output);
    await program.parseAsync(normaliseArguments(argv), { from: 'user' });
  } catch (thrown) {
    if (isHelpShown(thrown)) return 0;
    const named = argv.find((word) => program?.commands.some((command) => command.name() === word));
    return report.failure(asUsageFault(thrown, texts), named);
  }
  answers.forEach((answer) => report.answer(answer));
  return answers.every((answer) => answer.ok ?? true) ? 0 : 1;
}

function createProgram(cli: Cli, output: TextStream): Command {
  const { texts } = cli;
  const titles: Readonly<Record<string, string>> = texts.titles;
  const program = withFrameFlags(new Command('velatura'), texts)
    .description(texts.program)
    .version(programName.version, '-V, --version', texts.version)
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => output.write(text), writeErr: () => undefined, outputError: () => undefined })
    .configureHelp({ styleTitle: (title) => titles[title] ?? title, showGlobalOptions: false });
  for (const add of commands) add(program, cli);
  return program;
}
