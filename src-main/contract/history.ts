// History of a document: a tree of entries, each a set of changes to the record.
import * as v from 'valibot';
import { changesSchema } from './changes.ts';
import { assetIdSchema } from './document.ts';

/** Names of what an entry did, for the history panel; words in the locales under history.NAME. */
const labelSchema = v.object({
  key: v.pipe(v.string(), v.maxLength(100)),
  details: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))),
});
export type HistoryLabel = v.InferOutput<typeof labelSchema>;

export const entryIdSchema = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'is no id'));
export type EntryId = string;
/** The state a document began with; it has no entry. */
export const firstState: EntryId = 'first';

/** One step. `parent` is the state it starts from. */
export const historyEntrySchema = v.object({
  id: entryIdSchema,
  parent: entryIdSchema,
  label: labelSchema,
  /** ISO 8601. */
  at: v.pipe(v.string(), v.isoTimestamp()),
  changes: changesSchema,
  /** A small encoded picture of the state. */
  thumbnail: v.optional(assetIdSchema),
});
export type HistoryEntry = v.InferOutput<typeof historyEntrySchema>;

/** Where a document stands in its history. `redo` is the line of entries that redo walks, nearest first. */
export interface HistoryState {
  readonly entries: readonly HistoryEntry[];
  readonly head: EntryId;
  /** Entries ahead of head on the line last left, nearest first. */
  readonly redo: readonly EntryId[];
  readonly snapshots: readonly Snapshot[];
  /** A small encoded picture of the first state. */
  readonly firstThumbnail?: string;
  /** Bytes of the document's folder on disk. */
  readonly bytes: number;
}

/** What making a history smaller comes to. */
export interface ThinPlan {
  /** States that are forgotten. */
  readonly states: number;
  /** Bytes on disk that remain: more than were asked for where the picture and the named states alone take as much. */
  readonly bytes: number;
}

/** A state with a name of its own; never thinned. */
export interface Snapshot {
  readonly name: string;
  readonly entry: EntryId;
}
