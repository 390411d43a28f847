// velatura styles: lists the styles of the library.
import { basename } from 'node:path';
import type { Command } from 'commander';
import { programLabel } from '../../../contract/program.ts';
import { openLibrary } from '../../../services/library.ts';
import type { Cli } from '../cli.ts';
import { columns } from '../columns.ts';
import { answering, newCommand } from '../command.ts';

export function addStyles(program: Command, cli: Cli): void {
  const { columns: titles, none } = cli.texts.styles;
  newCommand(program, cli, 'styles').action(
    answering(cli, async () => {
      const { styles, refused } = await openLibrary(cli.platform.folders, programLabel).list();
      for (const { path, fault } of refused) cli.report.warn('preset.unreadable', { file: basename(path), reason: fault.code });
      const head = [titles.name, titles.kind, titles.depth, titles.size, titles.id, titles.made];
      const rows = styles.map(({ name, record }) => [name, record.kind, record.depth, `${record.learnedSizePx} px`, record.id.slice(0, 12), record.createdAt.slice(0, 10)]);
      const value = styles.map(({ name, record, shipped, path }) => ({ ...record, name, shipped, file: path }));
      return { value: { styles: value }, lines: styles.length === 0 ? [none] : columns([head, ...rows]) };
    }),
  );
}
