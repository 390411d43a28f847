// velatura doctor: what this machine offers and what will be used.
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { answering, newCommand } from '../command.ts';
import { factLines } from '../facts.ts';

export function addDoctor(program: Command, cli: Cli): void {
  newCommand(program, cli, 'doctor').action(
    answering(cli, async () => {
      const { doctor } = await import('../../../services/doctor.ts');
      const found = await doctor(cli.platform.folders);
      const { features } = found;
      const words = 'missing' in features ? Object.values(cli.report.wordsOf(features.missing)).join(' ') : features;
      return { value: found, lines: factLines({ ...found, features: words }) };
    }),
  );
}
