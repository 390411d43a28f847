// velatura styles migrate: teaches codes of an older base anew over the one that ships.
import type { Command } from 'commander';
import { programLabel } from '../../../contract/program.ts';
import { resultOf, type Result } from '../../../contract/result.ts';
import { depths, type Depth } from '../../../contract/training.ts';
import { openLibrary, type LibraryStyle } from '../../../services/library/library.ts';
import type { MigratedStyle, MigrationWishes } from '../../../services/library/migrate-styles.ts';
import type { Answer } from '../answer.ts';
import type { Cli } from '../cli.ts';
import { answering, newCommand } from '../command.ts';
import { choiceFlag, numberFlag, wholeFlag } from '../flags.ts';
import { teachWatch } from '../teach-watch.ts';
import { fill } from '../texts/texts.ts';
import { usageFault } from '../usage.ts';

interface MigrateFlags extends MigrationWishes {
  readonly all?: true;
  readonly depth?: Depth;
}

export function addStylesMigrate(styles: Command, cli: Cli): void {
  const { texts } = cli;
  const words = texts.stylesMigrate;
  newCommand(styles, cli, 'stylesMigrate', 'migrate')
    .argument('[name]', words.name)
    .option('--all', words.all)
    .option('--depth <depth>', words.depth, choiceFlag('--depth', depths, texts))
    .option('--seconds <count>', words.seconds, numberFlag('--seconds', 1, 604_800, texts))
    .option('--steps <count>', texts.teach.steps, wholeFlag('--steps', 1, 10_000_000, texts))
    .option('--features <file>', texts.features)
    .option('--threads <count>', texts.threads, wholeFlag('--threads', 1, 1024, texts))
    .action(
      answering(cli, async (name: string | undefined, { all, ...wishes }: MigrateFlags) => {
        if ((name === undefined) !== (all === true)) throw usageFault(texts.usage.nameOrAll);
        if (wishes.seconds !== undefined && wishes.steps !== undefined) throw usageFault(texts.usage.timeOrSteps);
        return migrate(cli, name, wishes);
      }),
    );
}

async function migrate(cli: Cli, name: string | undefined, wishes: MigrationWishes): Promise<Answer> {
  const { migrateStyle, stylesToMigrate } = await import('../../../services/library/migrate-styles.ts');
  const { texts, platform, report, signal } = cli;
  const { folders } = platform;
  const chosen = name === undefined ? await stylesToMigrate(folders) : [await openLibrary(folders, programLabel).get(name)];
  const items: { readonly name: string; readonly result: Result<MigratedStyle> }[] = [];
  for (const style of chosen) {
    if (signal.aborted) break;
    report.note(fill(texts.stylesMigrate.teaching, { name: style.name }));
    items.push({ name: style.name, result: await resultOf(() => migrateStyle(style, wishes, platform, process.env, teachWatch(cli))) });
  }
  const lines = chosen.length === 0 ? [texts.stylesMigrate.none] : items.map((item) => lineOf(cli, chosen, item));
  return { value: { styles: items }, lines, ok: items.length === chosen.length && items.every(({ result }) => result.ok) };
}

function lineOf({ texts, report }: Cli, chosen: readonly LibraryStyle[], { name, result }: { readonly name: string; readonly result: Result<MigratedStyle> }): string {
  const words = texts.stylesMigrate;
  if (!result.ok) {
    const { sentence, remedy } = report.wordsOf(result.fault);
    return fill(words.failed, { name, sentence: `${sentence} ${remedy}` });
  }
  const { from, to, references, seconds, kept } = result.value;
  const before = kept ?? chosen.find((style) => style.name === name)?.record.id.slice(0, 12) ?? '';
  return fill(words.done, { name, from: from.slice(0, 12), to: to.slice(0, 12), count: references, seconds: Math.round(seconds), kept: before });
}
