// How a command is put on the program: its words, its examples, the flags all have, and where its outcome goes.
import type { Command } from 'commander';
import type { Answer } from './answer.ts';
import type { Cli } from './cli.ts';
import { withFrameFlags } from './flags.ts';

/** A new command with description and examples; arguments and options are added by its file. `word` is what is typed. */
export function newCommand(program: Command, cli: Cli, name: keyof Cli['texts']['examples'], word: string = name): Command {
  const { texts } = cli;
  const examples = texts.examples[name].map((line) => `  ${line}`).join('\n');
  return withFrameFlags(program.command(word), texts)
    .description(texts[name].about)
    .addHelpText('after', `\n${texts.titles.Examples}\n${examples}`);
}

/** Hands what the action answers to the frame. */
export function answering<A extends readonly unknown[]>(cli: Cli, action: (...words: A) => Promise<Answer>): (...words: A) => Promise<void> {
  return async (...words) => cli.answer(await action(...words));
}
