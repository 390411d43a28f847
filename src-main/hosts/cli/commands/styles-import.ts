// velatura styles import: takes style files into the library.
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { answering, newCommand } from '../command.ts';
import { fill } from '../texts/texts.ts';

export function addStylesImport(styles: Command, cli: Cli): void {
  const words = cli.texts.stylesImport;
  newCommand(styles, cli, 'stylesImport', 'import')
    .argument('<file...>', words.files)
    .action(
      answering(cli, async (files: string[]) => {
        const { importStyles } = await import('../../../services/library/import-styles.ts');
        const items = await importStyles(files, cli.platform.folders, (key, details) => cli.report.warn(key, details));
        const lines = items.map(({ file, result }) => {
          if (result.ok) return fill(words.done, { name: result.value.style.name });
          const { sentence, remedy } = cli.report.wordsOf(result.fault);
          return fill(words.failed, { file: basename(file), sentence: `${sentence} ${remedy}` });
        });
        return { value: { styles: items }, lines, ok: items.every(({ result }) => result.ok) };
      }),
    );
}
