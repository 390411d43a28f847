// The tree of history as a list: the line of the present state, other branches under the state they leave from.
import { firstState, type EntryId, type HistoryEntry } from '../../src-main/contract/history.ts';
import { lineOf, type EntriesById } from '../../src-main/contract/history-tree.ts';

export type HistoryRow =
  | { readonly kind: 'state'; readonly id: EntryId; readonly entry: HistoryEntry | undefined; readonly depth: number; readonly ahead: boolean }
  /** States that branch off, folded. */
  | { readonly kind: 'branch'; readonly id: EntryId; readonly from: EntryId; readonly count: number; readonly depth: number };

/** Oldest first. `ahead`: beyond the present state, to be walked by redo. `open`: branches that are shown, by their first state. */
export function historyRows(entries: EntriesById, head: EntryId, redo: readonly EntryId[], open: ReadonlySet<EntryId>): HistoryRow[] {
  const children = new Map<EntryId, EntryId[]>();
  for (const { id, parent } of entries.values()) children.set(parent, [...(children.get(parent) ?? []), id]);
  const tip = redo.at(-1) ?? head;
  const line = lineOf(entries, tip).reverse();
  const onLine = new Set(line);
  const present = line.indexOf(head);
  const rows: HistoryRow[] = [];

  const addBranches = (from: EntryId, depth: number): void => {
    for (const first of children.get(from) ?? []) {
      if (onLine.has(first)) continue;
      const states = branchOf(children, first);
      rows.push({ kind: 'branch', id: first, from, count: countFrom(children, first), depth });
      if (!open.has(first)) continue;
      for (const id of states) {
        rows.push({ kind: 'state', id, entry: entries.get(id), depth: depth + 1, ahead: false });
        states.forEach((state) => onLine.add(state));
        addBranches(id, depth + 1);
      }
    }
  };

  for (const [index, id] of line.entries()) {
    rows.push({ kind: 'state', id, entry: id === firstState ? undefined : entries.get(id), depth: 0, ahead: index > present });
    addBranches(id, 0);
  }
  return rows;
}

/** The first child of each state in turn. */
function branchOf(children: ReadonlyMap<EntryId, readonly EntryId[]>, first: EntryId): EntryId[] {
  const states: EntryId[] = [];
  for (let at: EntryId | undefined = first; at !== undefined; at = children.get(at)?.[0]) states.push(at);
  return states;
}

function countFrom(children: ReadonlyMap<EntryId, readonly EntryId[]>, first: EntryId): number {
  let count = 0;
  const waiting = [first];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    count++;
    waiting.push(...(children.get(at) ?? []));
  }
  return count;
}
