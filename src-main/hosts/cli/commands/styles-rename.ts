// velatura styles rename: gives a style of the artist's own another name.
import type { Command } from 'commander';
import { programLabel } from '../../../contract/program.ts';
import { openLibrary } from '../../../services/library/library.ts';
import { tellAdded } from '../../../services/library/tell-added.ts';
import type { Cli } from '../cli.ts';
import { answering, newCommand } from '../command.ts';
import { nameFlag } from '../flags.ts';
import { fill } from '../texts/texts.ts';

export function addStylesRename(styles: Command, cli: Cli): void {
  const words = cli.texts.stylesRename;
  newCommand(styles, cli, 'stylesRename', 'rename')
    .argument('<name>', words.name)
    .argument('<new-name>', words.newName, nameFlag(cli.texts))
    .action(
      answering(cli, async (name: string, newName: string) => {
        const renamed = await openLibrary(cli.platform.folders, programLabel).rename(name, newName);
        tellAdded(renamed, (key, details) => cli.report.warn(key, details));
        return { value: renamed, lines: [fill(words.done, { name, newName })] };
      }),
    );
}
