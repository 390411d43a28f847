// The tree of a document's history: the way from one state to another, and how a step is amended.
import { inverse, type Change, type Json } from './changes.ts';
import type { LayerId } from './document.ts';
import { firstState, type EntryId, type HistoryEntry } from './history.ts';

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

/** Whether a picture was linked to this state of its file by a step that was undone: not on the line to the present state, but still in the history. */
export function hasUndoneLink(entries: EntriesById, head: EntryId, layer: LayerId, modifiedMs: number): boolean {
  const done = new Set(lineOf(entries, head));
  return [...entries.values()].some(({ id, changes }) => !done.has(id) && changes.some(({ path, after }) => {
    const isLink = path.length === 3 && path[0] === 'layers' && path[1] === layer && path[2] === 'link';
    return isLink && typeof after === 'object' && after !== null && !Array.isArray(after) && (after as { readonly [key: string]: Json })['modifiedMs'] === modifiedMs;
  }));
}

/** The states ahead of one on the line that ends at the tip, nearest first; none where it is not on that line. */
export function redoFrom(entries: EntriesById, tip: EntryId, state: EntryId): EntryId[] {
  const line = lineOf(entries, tip);
  const at = line.indexOf(state);
  return at < 0 ? [] : line.slice(0, at).reverse();
}

/**
 * The entries after changes have joined one of them, or the state before them all. Later steps that set the same value, or one that holds it, start
 * from the new one from then on, so that redo still fits.
 */
export function amendEntries(entries: EntriesById, id: EntryId, changes: readonly Change[]): Map<EntryId, HistoryEntry> {
  const next = new Map(entries);
  const amended = next.get(id);
  if (!amended && id !== firstState) return next;
  if (amended) next.set(id, { ...amended, changes: [...amended.changes, ...changes] });
  const children = new Map<EntryId, EntryId[]>();
  for (const entry of entries.values()) children.set(entry.parent, [...(children.get(entry.parent) ?? []), entry.id]);
  for (const change of changes) {
    const waiting = [...(children.get(id) ?? [])];
    for (let child = waiting.pop(); child !== undefined; child = waiting.pop()) {
      const entry = next.get(child)!;
      const at = entry.changes.findIndex(({ path }) => leadsTo(path, change.path));
      if (at < 0) waiting.push(...(children.get(child) ?? []));
      else next.set(child, { ...entry, changes: entry.changes.with(at, startingFrom(entry.changes[at]!, change)) });
    }
  }
  return next;
}

function leadsTo(path: readonly string[], inner: readonly string[]): boolean {
  return path.length <= inner.length && path.every((key, i) => key === inner[i]);
}

function startingFrom(later: Change, { path, after }: Change): Change {
  return { ...later, before: withValue(later.before, path.slice(later.path.length), after) };
}

function withValue(value: Json | undefined, path: readonly string[], after: Json | undefined): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return after;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { [key]: old, ...others } = value as Readonly<Record<string, Json>>;
  const inner = withValue(old, rest, after);
  return inner === undefined ? others : { ...others, [key]: inner };
}
