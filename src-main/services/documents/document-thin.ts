// A history made shorter: the oldest steps become part of the state it begins with; named states stay.
import { randomUUID } from 'node:crypto';
import { sameJson, type Change, type Json } from '../../contract/changes.ts';
import type { AssetId, DocumentRecord } from '../../contract/document.ts';
import { firstState, type EntryId, type HistoryEntry } from '../../contract/history.ts';
import { lineOf } from '../../contract/history-tree.ts';
import { mentionedIn } from './document-check.ts';
import { recordAt, type DocumentState } from './document-history.ts';

/** Of a line of the journal, beside the step in it. */
const bytesAroundEntry = '{"kind":"entry","entry":}\n'.length;

/**
 * Drops as many of the oldest steps on the way to the present state, and the branches that leave from them, as it takes to
 * hold no more than `keepBytes` on disk. Named states outlive their branches, as one step from the new beginning.
 */
export function thinHistory(state: DocumentState, keepBytes: number, sizeOf: (id: AssetId) => number): DocumentState {
  const bytesOf = historySizes(sizeOf);
  const most = lineOf(state.entries, state.head).length - 1;
  let [low, high] = [0, most];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bytesOf(without(state, middle)) <= keepBytes) high = middle;
    else low = middle + 1;
  }
  return without(state, low);
}

/** Bytes on disk of histories that share their steps: the pixels they name, and their own lines; each step is measured once. */
export function historySizes(sizeOf: (id: AssetId) => number): (state: DocumentState) => number {
  const measured = new WeakMap<object, number>();
  const lineBytes = (value: object): number => {
    const bytes = measured.get(value) ?? Buffer.byteLength(JSON.stringify(value)) + bytesAroundEntry;
    measured.set(value, bytes);
    return bytes;
  };
  return ({ base, entries, firstThumbnail }) => {
    const named = mentionedIn(base, mentionedIn(firstThumbnail));
    let bytes = lineBytes(base);
    for (const entry of entries.values()) {
      mentionedIn(entry, named);
      bytes += lineBytes(entry);
    }
    return [...named].reduce((sum, id) => sum + sizeOf(id), bytes);
  };
}

/** The history without the first `count` steps on the way to the present state. */
function without(state: DocumentState, count: number): DocumentState {
  if (count === 0) return state;
  const way = lineOf(state.entries, state.head).reverse();
  const beginning = way[count]!;
  const base = recordAt(state, beginning);
  const kept = new Map<EntryId, HistoryEntry>();
  for (const entry of state.entries.values()) {
    if (entry.parent === beginning) kept.set(entry.id, { ...entry, parent: firstState });
    else if (kept.has(entry.parent)) kept.set(entry.id, entry);
  }
  const keptFirst = `kept-${randomUUID()}`;
  const placed = (id: EntryId): EntryId => (id === beginning ? firstState : id === firstState ? keptFirst : id);
  for (const { entry, name } of state.snapshots) {
    if (entry === beginning || kept.has(placed(entry))) continue;
    const id = placed(entry);
    const at = state.entries.get(entry)?.at ?? new Date(0).toISOString();
    kept.set(id, { id, parent: firstState, label: { key: 'snapshot', details: { name } }, at, changes: recordChanges(base, recordAt(state, entry)) });
  }
  const thumbnail = state.entries.get(beginning)?.thumbnail;
  return {
    begun: base,
    base,
    record: state.record,
    entries: kept,
    head: placed(state.head),
    redo: state.redo.filter((entry) => kept.has(entry)),
    snapshots: state.snapshots.map(({ name, entry }) => ({ name, entry: placed(entry) })),
    ...(thumbnail === undefined ? {} : { firstThumbnail: thumbnail }),
  };
}

/** Changes that lead from one record to another; a list is a value of its own. */
function recordChanges(from: DocumentRecord, to: DocumentRecord): Change[] {
  return valueChanges([], from as unknown as Json, to as unknown as Json);
}

function valueChanges(path: readonly string[], before: Json | undefined, after: Json | undefined): Change[] {
  if (before === after || sameJson(before, after)) return [];
  if (!isFields(before) || !isFields(after) || path.length > 8) return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => valueChanges([...path, key], before[key], after[key]));
}

function isFields(value: Json | undefined): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
