// The open document as the page holds it: its record, its history, and the way every change to it goes.
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { applyChanges, type Change } from '../../src-main/contract/changes.ts';
import type { DocumentRecord, LayerId } from '../../src-main/contract/document.ts';
import { firstState, type EntryId, type HistoryEntry, type HistoryLabel, type HistoryState, type Snapshot } from '../../src-main/contract/history.ts';
import type { OpenedDocument } from '../../src-main/contract/studio-records.ts';
import { amendEntries, changesBetween, redoFrom } from '../../src-main/contract/history-tree.ts';
import { useHost } from '../client/host-store.ts';
import { chosenAfter } from './chosen-after.ts';
import { createHistoryMarks } from './history-marks.ts';
import { childrenOf } from './layer-changes.ts';
import { createTelling } from './telling.ts';

/** `state`: of the history, to which the changes lead. */
export type ChangeListener = (changes: readonly Change[], record: DocumentRecord, state: EntryId) => void;

const noHistory: HistoryState = { entries: [], head: firstState, redo: [], snapshots: [], bytes: 0 };

/** Changes are shown at once and told to the host in order; what it refuses stands in `fault` and nothing more is told. */
export const useDocument = defineStore('document', () => {
  const host = useHost();
  const record = shallowRef<DocumentRecord>();
  const entries = shallowRef<ReadonlyMap<EntryId, HistoryEntry>>(new Map());
  const head = ref<EntryId>(firstState);
  const redoLine = shallowRef<readonly EntryId[]>([]);
  const snapshots = shallowRef<readonly Snapshot[]>([]);
  const firstThumbnail = ref<string>();
  const bytes = ref(0);
  const readOnly = ref(false);
  /** Layers the panel shows as chosen; the first is the active one. */
  const chosen = shallowRef<readonly LayerId[]>([]);
  const { fault, pending, tell, settled: told } = createTelling(host.studio);
  /** Edits that are seen and not yet steps. */
  const unfinished = new Set<() => Promise<void>>();
  const listeners = new Set<ChangeListener>();
  const openListeners = new Set<(record: DocumentRecord | undefined) => void>();

  const activeLayer = computed(() => {
    const id = chosen.value[0];
    return id === undefined ? undefined : record.value?.layers[id];
  });
  const canUndo = computed(() => head.value !== firstState && entries.value.has(head.value));
  const canRedo = computed(() => redoLine.value.length > 0);

  function takeHistory(history: HistoryState): void {
    entries.value = new Map(history.entries.map((entry) => [entry.id, entry]));
    head.value = history.head;
    redoLine.value = history.redo;
    snapshots.value = history.snapshots;
    firstThumbnail.value = history.firstThumbnail;
    bytes.value = history.bytes;
  }

  function show(opened: OpenedDocument | undefined): void {
    record.value = opened?.record;
    takeHistory(opened?.history ?? noHistory);
    readOnly.value = opened?.readOnly ?? false;
    fault.value = undefined;
    chosen.value = opened ? childrenOf(opened.record).slice(-1) : [];
    openListeners.forEach((listener) => listener(record.value));
  }

  function apply(changes: readonly Change[], state: EntryId): void {
    if (!record.value) return;
    const before = record.value;
    const next = applyChanges(before, changes);
    record.value = next;
    chosen.value = chosenAfter(before, next, chosen.value);
    listeners.forEach((listener) => listener(changes, next, state));
  }

  /** One step of history. Nothing happens where nothing changes or the document is only looked at. */
  function commit(label: HistoryLabel, changes: readonly Change[]): EntryId | undefined {
    if (!record.value || readOnly.value || fault.value || changes.length === 0) return undefined;
    const id = crypto.randomUUID();
    apply(changes, id);
    const entry: HistoryEntry = { id, parent: head.value, label, at: new Date().toISOString(), changes: [...changes] };
    entries.value = new Map(entries.value).set(entry.id, entry);
    head.value = entry.id;
    redoLine.value = [];
    void tell('documents.commit', { document: record.value.id, entry }, (answer) => (bytes.value = answer.bytes));
    return entry.id;
  }

  /** Joins changes to the state that is shown: undone and redone with its step, or part of the beginning. */
  function amend(changes: readonly Change[]): void {
    if (!record.value || readOnly.value || fault.value || changes.length === 0) return;
    apply(changes, head.value);
    entries.value = amendEntries(entries.value, head.value, changes);
    void tell('documents.amend', { document: record.value.id, entry: head.value, changes: [...changes] });
  }

  function moveTo(target: EntryId, redo: readonly EntryId[]): void {
    if (!record.value || readOnly.value || fault.value || target === head.value) return;
    apply(changesBetween(entries.value, head.value, target), target);
    head.value = target;
    redoLine.value = redo;
    void tell('documents.move', { document: record.value.id, head: target, redo: [...redo] });
  }

  function undo(): void {
    const last = entries.value.get(head.value);
    if (last) moveTo(last.parent, [last.id, ...redoLine.value]);
  }

  function redo(): void {
    const [next, ...rest] = redoLine.value;
    if (next !== undefined) moveTo(next, rest);
  }

  /** To any state; the line left behind can be walked again where it leads on from there. */
  function jumpTo(target: EntryId): void {
    moveTo(target, redoFrom(entries.value, redoLine.value.at(-1) ?? head.value, target));
  }

  /** What is being edited becomes part of the record. */
  async function finishEdits(): Promise<void> {
    await Promise.all([...unfinished].map((finish) => finish()));
  }

  /** Resolves once the host has all of it. */
  async function settled(): Promise<void> {
    await finishEdits();
    await told();
  }

  return {
    ...createHistoryMarks({ record, entries, snapshots, head, firstThumbnail }, tell),
    record, entries, head, redoLine, snapshots, firstThumbnail, bytes, readOnly, chosen, fault, pending, activeLayer, canUndo, canRedo,
    show, takeHistory, commit, amend, undo, redo, jumpTo, tell, settled, finishEdits,
    beforeSettled: (finish: () => Promise<void>) => {
      unfinished.add(finish);
      return () => void unfinished.delete(finish);
    },
    onChange: (listener: ChangeListener) => void listeners.add(listener),
    onOpen: (listener: (record: DocumentRecord | undefined) => void) => void openListeners.add(listener),
  };
});
