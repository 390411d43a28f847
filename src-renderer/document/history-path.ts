// The way from one state of a document to another through its tree of history.
import { inverse, type Change } from '../../src-main/contract/changes.ts';
import { firstState, type EntryId, type HistoryEntry } from '../../src-main/contract/history.ts';

export type EntriesById = ReadonlyMap<EntryId, HistoryEntry>;

/** The states from one back to the beginning, itself first and `firstState` last. */
export function lineOf(entries: EntriesById, from: EntryId): EntryId[] {
  const line: EntryId[] = [];
  for (let at = from; at !== firstState; at = entries.get(at)?.parent ?? firstState) line.push(at);
  return [...line, firstState];
}

/** Changes that lead from one state to another: back to where their lines meet, then forward. */
export function changesBetween(entries: EntriesById, from: EntryId, to: EntryId): Change[] {
  const [back, forth] = [lineOf(entries, from), lineOf(entries, to)];
  const onWay = new Set(forth);
  const meeting = back.find((state) => onWay.has(state)) ?? firstState;
  const undone = back.slice(0, back.indexOf(meeting));
  const done = forth.slice(0, forth.indexOf(meeting)).reverse();
  const changesOf = (state: EntryId): readonly Change[] => entries.get(state)?.changes ?? [];
  return [...undone.flatMap((state) => inverse(changesOf(state))), ...done.flatMap(changesOf)];
}

/** The states ahead of one on the line that ends at the tip, nearest first; none where it is not on that line. */
export function redoFrom(entries: EntriesById, tip: EntryId, state: EntryId): EntryId[] {
  const line = lineOf(entries, tip);
  const at = line.indexOf(state);
  return at < 0 ? [] : line.slice(0, at).reverse();
}
