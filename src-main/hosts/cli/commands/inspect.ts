// velatura inspect: what a network, preset or painted picture is and how it was made.
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { answering, newCommand } from '../command.ts';
import { factLines } from '../facts.ts';

export function addInspect(program: Command, cli: Cli): void {
  newCommand(program, cli, 'inspect')
    .argument('<file>', cli.texts.inspect.file)
    .action(
      answering(cli, async (file: string) => {
        const { inspect } = await import('../../../services/inspect.ts');
        const found = await inspect(file);
        return { value: found, lines: factLines(found) };
      }),
    );
}
