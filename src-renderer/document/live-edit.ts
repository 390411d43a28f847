// Edits that are seen while they are made and are one step of history: the first commits, the others join it.
import type { Change } from '../../src-main/contract/changes.ts';
import type { DocumentRecord } from '../../src-main/contract/document.ts';
import type { EntryId, HistoryLabel } from '../../src-main/contract/history.ts';
import { isHandDown } from './hand.ts';

/** What of the document's store this needs. */
export interface EditedDocument {
  readonly record: DocumentRecord | undefined;
  readonly head: EntryId;
  commit(label: HistoryLabel, changes: readonly Change[]): EntryId | undefined;
  amend(changes: readonly Change[]): void;
}

export interface SettledDocument extends EditedDocument {
  /** Called before a state is kept or left; the answer takes it back. */
  beforeSettled(finish: () => Promise<void>): () => void;
}

/** Changes that lead a record to what is wished for; none where it is so already. */
export type Edit = (record: DocumentRecord) => readonly Change[];

export interface LiveEdit {
  /** `key` names what is edited: edits of one key join while the hand holds on, and shortly after one another. */
  set(key: string, label: HistoryLabel, edit: Edit): void;
  /** The gesture ends: what waits is done, the next edit is a step of its own. */
  finish(): void;
  /** No more edits come from here: what waits is done. */
  end(): void;
}

/** Often enough for the eye, seldom enough for the host. */
const paceMs = 50;
/** Arrow keys pressed in a row are one step. */
const joinMs = 900;

/** `isHeld`: a button or the pen is down, so that the gesture goes on however long it rests. */
export function createLiveEdit(document: SettledDocument, isHeld: () => boolean = isHandDown, now: () => number = () => performance.now()): LiveEdit {
  let open: { readonly key: string; readonly entry: EntryId; lastMs: number } | undefined;
  let waiting: { readonly key: string; readonly label: HistoryLabel; readonly edit: Edit } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const apply = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!waiting || !document.record) return;
    const { key, label, edit } = waiting;
    waiting = undefined;
    const changes = edit(document.record);
    if (changes.length === 0) return;
    // Only a step that is still the newest takes more in.
    if (open && open.key === key && open.entry === document.head && (isHeld() || now() - open.lastMs < joinMs)) {
      document.amend(changes);
      open.lastMs = now();
      return;
    }
    const entry = document.commit(label, changes);
    open = entry === undefined ? undefined : { key, entry, lastMs: now() };
  };

  // What is seen and waits for the pace belongs to the state: an undo takes back its step, and it does not come after it.
  const release = document.beforeSettled(() => Promise.resolve(apply()));

  return {
    set(key, label, edit) {
      if (waiting && waiting.key !== key) apply();
      const pause = open && open.key === key && open.entry === document.head ? paceMs - (now() - open.lastMs) : 0;
      waiting = { key, label, edit };
      if (pause <= 0) apply();
      else timer ??= setTimeout(apply, pause);
    },
    finish() {
      apply();
      open = undefined;
    },
    end() {
      apply();
      release();
    },
  };
}
