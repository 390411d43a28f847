// What is pinned to states of history and is no step of it: names, and small pictures.
import type { Ref, ShallowRef } from 'vue';
import type { AssetId, DocumentRecord } from '../../src-main/contract/document.ts';
import { firstState, type EntryId, type HistoryEntry, type Snapshot } from '../../src-main/contract/history.ts';
import type { Telling } from './telling.ts';

export interface MarkedHistory {
  readonly record: ShallowRef<DocumentRecord | undefined>;
  readonly entries: ShallowRef<ReadonlyMap<EntryId, HistoryEntry>>;
  readonly snapshots: ShallowRef<readonly Snapshot[]>;
  readonly head: Ref<EntryId>;
  readonly firstThumbnail: Ref<AssetId | undefined>;
}

export function createHistoryMarks({ record, entries, snapshots, head, firstThumbnail }: MarkedHistory, tell: Telling['tell']) {
  return {
    /** Names the present state. */
    snapshot(name: string): void {
      if (record.value) void tell('documents.snapshot', { document: record.value.id, entry: head.value, name }, (all) => (snapshots.value = all));
    },
    setThumbnail(state: EntryId, thumbnail: AssetId): void {
      const entry = entries.value.get(state);
      if (state === firstState) firstThumbnail.value = thumbnail;
      if (entry) entries.value = new Map(entries.value).set(state, { ...entry, thumbnail });
      if (record.value) void tell('documents.thumbnail', { document: record.value.id, entry: state, thumbnail });
    },
  };
}
