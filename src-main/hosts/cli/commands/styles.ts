// velatura styles: lists the styles of the library, and what can be done with them as files.
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Language } from '../../../contract/messages/message.ts';
import { yearOf } from '../../../contract/style-card.ts';
import { programLabel } from '../../../contract/program.ts';
import { openLibrary, type LibraryListing, type LibraryStyle } from '../../../services/library/library.ts';
import type { Answer } from '../answer.ts';
import type { Cli } from '../cli.ts';
import { columns } from '../columns.ts';
import { answering, newCommand } from '../command.ts';
import { addStylesExport } from './styles-export.ts';
import { addStylesImport } from './styles-import.ts';
import { addStylesMigrate } from './styles-migrate.ts';
import { addStylesRemove } from './styles-remove.ts';
import { addStylesRename } from './styles-rename.ts';

export function addStyles(program: Command, cli: Cli): void {
  const styles = newCommand(program, cli, 'styles').helpCommand(false);
  styles.action(answering(cli, async () => listed(cli, await openLibrary(cli.platform.folders, programLabel).list())));
  for (const add of [addStylesImport, addStylesExport, addStylesRename, addStylesRemove, addStylesMigrate]) add(styles, cli);
}

function listed({ language, texts, report }: Cli, { styles, hidden, refused }: LibraryListing): Answer {
  const { columns: titles, none } = texts.styles;
  for (const { path, fault } of refused) report.warn('preset.unreadable', { file: basename(path), reason: fault.code });
  for (const { by, call } of hidden) report.warn('preset.hidden', { name: by, call });
  const head = [titles.name, titles.painter, titles.kind, titles.depth, titles.size, titles.id, titles.made];
  const rows = styles.map((style) => rowOf(style, language));
  const value = styles.map(({ name, record, shipped, path }) => ({ ...record, name, shipped, file: path }));
  return { value: { styles: value }, lines: styles.length === 0 ? [none] : columns(withoutEmpty([head, ...rows])) };
}

/** A shipped style by its title in the artist's language, and by whom. */
function rowOf(style: LibraryStyle, language: Language): string[] {
  const { kind, depth, learnedSizePx, id, createdAt, card } = style.record;
  const painted = card ? [card.painter[language], yearOf(card, language)].join(', ') : '';
  return [titleOf(style, language), painted, kind, depth, `${learnedSizePx} px`, id.slice(0, 12), createdAt.slice(0, 10)];
}

function titleOf({ name, record, shipped }: LibraryStyle, language: Language): string {
  return (shipped ? record.card?.title[language] : undefined) ?? name;
}

/** Rows without the columns that say nothing below their heading. */
function withoutEmpty(rows: readonly (readonly string[])[]): string[][] {
  const isSaid = (column: number): boolean => rows.slice(1).some((row) => row[column] !== '');
  return rows.map((row) => row.filter((_, column) => isSaid(column)));
}
