// The history of a document as its journal tells it: lines in, the present record and the tree of states out.
import * as v from 'valibot';
import { applyChanges, changesSchema, type Change } from '../../contract/changes.ts';
import { assetIdSchema, type DocumentRecord } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import { entryIdSchema, firstState, historyEntrySchema, type EntryId, type HistoryEntry, type Snapshot } from '../../contract/history.ts';
import { amendEntries, changesBetween } from '../../contract/history-tree.ts';

/** The step goes on in the next line; without that one it does not count. */
const more = v.exactOptional(v.literal(true));
/** What a line of the journal may say. */
const journalLineSchema = v.variant('kind', [
  v.object({ kind: v.literal('entry'), entry: historyEntrySchema, more }),
  v.object({ kind: v.literal('amend'), entry: entryIdSchema, changes: changesSchema, more }),
  v.object({ kind: v.literal('move'), head: entryIdSchema, redo: v.array(entryIdSchema) }),
  v.object({ kind: v.literal('snapshot'), entry: entryIdSchema, name: v.pipe(v.string(), v.maxLength(500)) }),
  v.object({ kind: v.literal('thumbnail'), entry: entryIdSchema, thumbnail: assetIdSchema }),
]);
export type JournalLine = v.InferOutput<typeof journalLineSchema>;

/** Where a document stands; replaced whole by every line. */
export interface DocumentState {
  /** As the journal began. */
  readonly begun: DocumentRecord;
  /** The first state: as it began, with what was amended to it. */
  readonly base: DocumentRecord;
  readonly record: DocumentRecord;
  readonly entries: ReadonlyMap<EntryId, HistoryEntry>;
  readonly head: EntryId;
  readonly redo: readonly EntryId[];
  readonly snapshots: readonly Snapshot[];
  /** Of the state the document began with. */
  readonly firstThumbnail?: string;
}

function firstStateOf(base: DocumentRecord): DocumentState {
  return { begun: base, base, record: base, entries: new Map(), head: firstState, redo: [], snapshots: [] };
}

type Entries = ReadonlyMap<EntryId, HistoryEntry>;

/** The state after a line, and the changes to the record it made. Throws document.conflict where it does not fit. */
export function stateAfter(state: DocumentState, line: JournalLine, { withEntry, applied }: Ways = oneByOne): { readonly state: DocumentState; readonly changes: readonly Change[] } {
  switch (line.kind) {
    case 'entry': {
      const { entry } = line;
      if (entry.parent !== state.head || entry.id === firstState || state.entries.has(entry.id)) throw conflict(entry.id);
      const record = applied(state.record, entry.changes);
      return { state: { ...state, record, entries: withEntry(state.entries, entry), head: entry.id, redo: [] }, changes: entry.changes };
    }
    case 'amend': {
      if (line.entry !== state.head) throw conflict(line.entry);
      requireState(state, line.entry);
      const base = line.entry === firstState ? applyChanges(state.base, line.changes) : state.base;
      const record = applied(state.record, line.changes);
      return { state: { ...state, base, record, entries: amendEntries(state.entries, line.entry, line.changes) }, changes: line.changes };
    }
    case 'move': {
      for (const entry of [line.head, ...line.redo]) requireState(state, entry);
      const changes = changesBetween(state.entries, state.head, line.head);
      return { state: { ...state, record: applied(state.record, changes), head: line.head, redo: line.redo }, changes };
    }
    case 'snapshot': {
      requireState(state, line.entry);
      const others = state.snapshots.filter(({ name }) => name !== line.name);
      return { state: { ...state, snapshots: [...others, { name: line.name, entry: line.entry }] }, changes: [] };
    }
    case 'thumbnail': {
      requireState(state, line.entry);
      if (line.entry === firstState) return { state: { ...state, firstThumbnail: line.thumbnail }, changes: [] };
      const entry = { ...state.entries.get(line.entry)!, thumbnail: line.thumbnail };
      return { state: { ...state, entries: withEntry(state.entries, entry) }, changes: [] };
    }
  }
}

/** What lines of a journal add up to, and those that follow from the ones before them; the first that does not ends it, and so does a step that is not whole. */
export function replay(base: DocumentRecord, lines: readonly unknown[]): { readonly state: DocumentState; readonly lines: readonly JournalLine[] } {
  let state = firstStateOf(base);
  const kept: JournalLine[] = [];
  /** Of a step that goes on. */
  let begun: JournalLine[] = [];
  const ways = inOneGo();
  for (const line of lines) {
    const checked = v.safeParse(journalLineSchema, line);
    if (!checked.success || !goesOn(begun, checked.output)) break;
    try {
      state = stateAfter(state, checked.output, ways).state;
    } catch (thrown) {
      if (!(thrown instanceof StudioError)) throw thrown;
      return replay(base, kept); // the line that does not fit has left its beginning in the record
    }
    begun.push(checked.output);
    if ('more' in checked.output) continue;
    kept.push(...begun);
    begun = [];
  }
  return begun.length > 0 ? replay(base, kept) : { state, lines: kept };
}

/** Whether a line may follow the first ones of a step. */
function goesOn([first]: readonly JournalLine[], line: JournalLine): boolean {
  if (first?.kind !== 'entry' && first?.kind !== 'amend') return true;
  return line.kind === 'amend' && line.entry === (first.kind === 'entry' ? first.entry.id : first.entry);
}

/** The record at any state. Throws document.conflict where there is no such state. */
export function recordAt(state: DocumentState, entry: EntryId): DocumentRecord {
  requireState(state, entry);
  return applyChanges(state.record, changesBetween(state.entries, state.head, entry));
}

/** The fewest lines that tell the same history. */
export function linesOf(state: DocumentState): JournalLine[] {
  const lines: JournalLine[] = [];
  let at: EntryId = firstState;
  for (const entry of state.entries.values()) {
    if (entry.parent !== at) lines.push({ kind: 'move', head: entry.parent, redo: [] });
    lines.push({ kind: 'entry', entry });
    at = entry.id;
  }
  for (const snapshot of state.snapshots) lines.push({ kind: 'snapshot', ...snapshot });
  if (state.firstThumbnail !== undefined) lines.push({ kind: 'thumbnail', entry: firstState, thumbnail: state.firstThumbnail });
  if (at !== state.head || state.redo.length > 0) lines.push({ kind: 'move', head: state.head, redo: [...state.redo] });
  return lines;
}

/** How the maps of a state grow. */
interface Ways {
  withEntry(entries: Entries, entry: HistoryEntry): Entries;
  applied(record: DocumentRecord, changes: readonly Change[]): DocumentRecord;
}

/** The state before stays what it was. */
const oneByOne: Ways = { withEntry: (entries, entry) => new Map(entries).set(entry.id, entry), applied: applyChanges };

/** One map and one record that grow: copies for each of ten thousand lines would take seconds. */
function inOneGo(): Ways {
  const copied = new Set<object>();
  return {
    // every map there is in a replay was made by it
    withEntry: (entries, entry) => (entries instanceof Map ? entries.set(entry.id, entry) : oneByOne.withEntry(entries, entry)),
    applied: (record, changes) => applyChanges(record, changes, copied),
  };
}

function requireState(state: DocumentState, entry: EntryId): void {
  if (entry !== firstState && !state.entries.has(entry)) throw conflict(entry);
}

function conflict(entry: EntryId): StudioError {
  return new StudioError('document.conflict', { path: `history/${entry}` });
}
