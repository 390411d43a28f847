// velatura styles export: writes a style of the library as a file for others.
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { answering, newCommand } from '../command.ts';
import { fill } from '../texts/texts.ts';

interface ExportFlags {
  readonly out?: string;
  readonly withReference?: true;
}

export function addStylesExport(styles: Command, cli: Cli): void {
  const words = cli.texts.stylesExport;
  newCommand(styles, cli, 'stylesExport', 'export')
    .argument('<name>', words.name)
    .option('-o, --out <file|folder>', words.out)
    .option('--with-reference', words.withReference)
    .action(
      answering(cli, async (style: string, { out, withReference }: ExportFlags) => {
        const { exportStyle } = await import('../../../services/library/export-style.ts');
        const request = { style, out, withReference: withReference ?? false };
        const exported = await exportStyle(request, cli.platform.folders, (key, details) => cli.report.warn(key, details));
        const line = exported.references > 0 ? words.doneWithReference : words.done;
        return { value: exported, lines: [fill(line, { name: exported.name, file: exported.file, count: exported.references })] };
      }),
    );
}
