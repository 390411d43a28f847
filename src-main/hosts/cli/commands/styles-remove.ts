// velatura styles remove: takes styles of the artist's own out of the library.
import type { Command } from 'commander';
import { programLabel } from '../../../contract/program.ts';
import { openLibrary, type LibraryStyle } from '../../../services/library/library.ts';
import type { Cli } from '../cli.ts';
import { answering, newCommand } from '../command.ts';
import { fill } from '../texts/texts.ts';

export function addStylesRemove(styles: Command, cli: Cli): void {
  const words = cli.texts.stylesRemove;
  newCommand(styles, cli, 'stylesRemove', 'remove')
    .argument('<name...>', words.names)
    .action(
      answering(cli, async (names: string[]) => {
        const library = openLibrary(cli.platform.folders, programLabel);
        // a name that is misspelt ends it before anything is gone
        for (const name of names) await library.get(name);
        const removed: LibraryStyle[] = [];
        for (const name of names) removed.push(await library.remove(name));
        return { value: { removed }, lines: removed.map(({ name }) => fill(words.done, { name })) };
      }),
    );
}
