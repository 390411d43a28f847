// What may stand on a side of the comparison, as one list: groups with their headings, narrowed by what is typed.
import { firstState, type EntryId } from '../../src-main/contract/history.ts';
import { lineOf, type EntriesById } from '../../src-main/contract/history-tree.ts';
import type { CompareSource } from './compare-sources.ts';

export const sourceGroups = ['document', 'results', 'files', 'snapshots', 'layers', 'history', 'undone', 'branches'] as const;
export type SourceGroup = (typeof sourceGroups)[number];

export interface SourceOption {
  readonly group: SourceGroup;
  readonly words: string;
  readonly source: CompareSource;
  /** When the state was made, as it is read. */
  readonly when?: string;
}

/** `at`: where an option stands among the options alone. */
export type SourceRow = { readonly kind: 'heading'; readonly group: SourceGroup } | { readonly kind: 'option'; readonly at: number; readonly option: SourceOption };

/** Every state once: the line up to the present one, latest first; what redo walks, nearest first; all others, latest first. */
export function statesByGroup(entries: EntriesById, head: EntryId, redo: readonly EntryId[]): { readonly group: 'history' | 'undone' | 'branches'; readonly states: readonly EntryId[] }[] {
  const line = lineOf(entries, head);
  const known = new Set([...line, ...redo]);
  return [
    { group: 'history', states: line },
    { group: 'undone', states: redo.filter((state) => state !== firstState && entries.has(state)) },
    { group: 'branches', states: [...entries.keys()].filter((state) => !known.has(state)).reverse() },
  ];
}

/** Options in which every word that is typed occurs, each group beneath its heading. */
export function sourceRows(options: readonly SourceOption[], typed: string): SourceRow[] {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ words: name, when = '' }: SourceOption): boolean => {
    const text = `${name} ${when}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  };
  const rows: SourceRow[] = [];
  let at = 0;
  for (const group of sourceGroups) {
    const found = options.filter((option) => option.group === group && fits(option));
    if (found.length > 0) rows.push({ kind: 'heading', group });
    for (const option of found) rows.push({ kind: 'option', at: at++, option });
  }
  return rows;
}
