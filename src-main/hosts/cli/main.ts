// The command line: arguments to a command, its outcome to output and an exit code (0 done, 1 a fault, 2 wrong usage).
import { Command } from 'commander';
import { program as programName } from '../../contract/program.ts';
import { nodePlatform } from '../../services/node-platform.ts';
import type { Answer } from './answer.ts';
import type { Cli } from './cli.ts';
import { addStyles } from './commands/styles.ts';
import { normaliseArguments, readFrameFlags, withFrameFlags } from './flags.ts';
import { interruptSignal } from './interrupt.ts';
import { Report } from './report.ts';
import { languageOf, textsOf } from './texts/texts.ts';
import { asUsageFault, isHelpShown } from './usage.ts';

const commands = [addStyles];

async function run(argv: readonly string[]): Promise<number> {
  const { json, lang } = readFrameFlags(argv);
  const language = languageOf(lang, process.env);
  const texts = textsOf(language);
  const report = new Report({ language, texts, json, output: process.stdout, messages: process.stderr });
  const signal = interruptSignal(() => report.note(texts.cancelling));
  const platform = nodePlatform({ log: (level, message) => (process.env['VELATURA_DEBUG'] ? report.note(`${level}: ${message}`) : undefined) });
  const answers: Answer[] = [];
  const cli: Cli = { language, texts, report, platform, signal, answer: (answer) => answers.push(answer) };
  const program = createProgram(cli);
  try {
    await program.parseAsync(normaliseArguments(argv), { from: 'user' });
  } catch (thrown) {
    if (isHelpShown(thrown)) return 0;
    const named = program.commands.find((command) => argv.includes(command.name()));
    return report.failure(asUsageFault(thrown, texts), named?.name());
  }
  answers.forEach((answer) => report.answer(answer));
  return answers.every((answer) => answer.ok ?? true) ? 0 : 1;
}

function createProgram(cli: Cli): Command {
  const { texts } = cli;
  const titles: Readonly<Record<string, string>> = texts.titles;
  const program = withFrameFlags(new Command('velatura'), texts)
    .description(texts.program)
    .version(programName.version, '-V, --version', texts.version)
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ outputError: () => undefined, writeErr: () => undefined })
    .configureHelp({ styleTitle: (title) => titles[title] ?? title, showGlobalOptions: false });
  for (const add of commands) add(program, cli);
  return program;
}

/** A reader that closes early, such as `head`, is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await run(process.argv.slice(2));
