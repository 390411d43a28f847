// Short notices over the window: what went wrong with its remedy, what was done.
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { faultOf, type Fault } from '../../src-main/contract/fault.ts';
import type { Note } from '../../src-main/contract/studio-api.ts';

export interface NoticeAction {
  /** Locale key of the button. */
  readonly words: string;
  run(): void;
}

export type NoticeBody =
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** A sentence of contract/messages. */
  | { readonly kind: 'notes'; readonly notes: readonly Note[] }
  /** A sentence of the locales. */
  | { readonly kind: 'words'; readonly words: string; readonly details?: Readonly<Record<string, string | number>> };

export type Notice = NoticeBody & { readonly id: number; readonly action?: NoticeAction };

/** Faults stay until they are closed; of notes, each has its time to be read. */
const shownMs = 7000;
const noteMs = 4000;
const mostShown = 5;

export const useNotices = defineStore('notices', () => {
  const list = shallowRef<readonly Notice[]>([]);
  let lastId = 0;

  function close(id: number): void {
    list.value = list.value.filter((notice) => notice.id !== id);
  }

  function show(body: NoticeBody, action?: NoticeAction): number {
    const id = ++lastId;
    list.value = [...list.value, { ...body, id, ...(action ? { action } : {}) }].slice(-mostShown);
    if (body.kind !== 'fault') setTimeout(() => close(id), body.kind === 'notes' ? shownMs + noteMs * body.notes.length : shownMs);
    return id;
  }

  return {
    list,
    show,
    close,
    /** Any thrown value, as a sentence with its remedy. */
    fault: (thrown: unknown, action?: NoticeAction) => show({ kind: 'fault', fault: faultOf(thrown) }, action),
    tell: (words: string, details?: Readonly<Record<string, string | number>>, action?: NoticeAction) =>
      show({ kind: 'words', words, ...(details ? { details } : {}) }, action),
    notes: (notes: readonly Note[]) => (notes.length > 0 ? show({ kind: 'notes', notes }) : undefined),
  };
});
