// Short notices over the picture: what went wrong with its remedy, what was done.
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { LayerId } from '../../src-main/contract/document.ts';
import { faultOf, type Fault } from '../../src-main/contract/fault.ts';
import { isLoss } from '../../src-main/contract/messages/warning.ts';
import type { CarriedRecipe } from '../../src-main/contract/recipe.ts';
import type { Note } from '../../src-main/contract/studio-api.ts';

export interface NoticeAction {
  /** Locale key of the button. */
  readonly words: string;
  run(): void;
}

export type NoticeBody =
  /** `about`: the work it ended. */
  | { readonly kind: 'fault'; readonly fault: Fault; readonly about?: string }
  /** A sentence of contract/messages. */
  | { readonly kind: 'notes'; readonly notes: readonly Note[] }
  /** A sentence of the locales. */
  | { readonly kind: 'words'; readonly words: string; readonly details?: Readonly<Record<string, string | number>>; readonly stays?: true }
  /** Settings that a picture offers; `layer`: as which it was placed. */
  | { readonly kind: 'recipe'; readonly recipe: CarriedRecipe; readonly layer?: LayerId };

export type Notice = NoticeBody & { readonly id: number; readonly action?: NoticeAction };

/** Faults, questions, offers and what could not be kept of a file stay until they are closed; of other notes, each has its time to be read. */
const shownMs = 7000;
const noteMs = 4000;
/** More would cover the picture: those that pass go first, then faults, then offers; questions and what could not be kept wait to be closed. */
const mostShown = 3;

export const useNotices = defineStore('notices', () => {
  const list = shallowRef<readonly Notice[]>([]);
  /** What the notices lie over, where it is in sight: the canvas, a comparison. */
  const stages = shallowRef<ReadonlySet<HTMLElement>>(new Set());
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let isHeld = false;
  let lastId = 0;

  function close(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
    list.value = list.value.filter((notice) => notice.id !== id);
  }

  function startTime({ id, ...body }: Notice): void {
    clearTimeout(timers.get(id));
    if (stays(body as NoticeBody) || isHeld) return;
    timers.set(id, setTimeout(() => close(id), body.kind === 'notes' ? shownMs + noteMs * body.notes.length : shownMs));
  }

  /** Of those before the newest. */
  function makeRoom(newest: number): void {
    const older = list.value.filter(({ id }) => id !== newest);
    const going = [...older.filter((notice) => !stays(notice)), ...older.filter(({ kind }) => kind === 'fault'), ...older.filter(({ kind }) => kind === 'recipe')];
    for (const { id } of going.slice(0, Math.max(0, list.value.length - mostShown))) close(id);
  }

  /** The same again is not said twice: it stays longer. */
  function show(body: NoticeBody, action?: NoticeAction): number {
    const same = list.value.find((notice) => isSame(notice, body));
    const more = same?.kind === 'fault' ? same : undefined; // Whoever says less takes nothing away.
    const notice: Notice = { ...(more?.about === undefined ? {} : { about: more.about }), ...body, id: same?.id ?? ++lastId, ...actionOf(action ?? more?.action) };
    list.value = same ? list.value.map((each) => (each === same ? notice : each)) : [...list.value, notice];
    makeRoom(notice.id);
    startTime(notice);
    return notice.id;
  }

  /** Nothing goes while somebody reads; afterwards each has its whole time again. */
  function hold(held: boolean): void {
    if (held === isHeld) return;
    isHeld = held;
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
    list.value.forEach(startTime);
  }

  function addStage(stage: HTMLElement): () => void {
    stages.value = new Set([...stages.value, stage]);
    return () => (stages.value = new Set([...stages.value].filter((each) => each !== stage)));
  }

  return {
    list,
    stages,
    show,
    close,
    hold,
    addStage,
    closeAll: () => list.value.forEach(({ id }) => close(id)),
    /** Any thrown value, as a sentence with its remedy; what the artist has stopped is none. */
    fault(thrown: unknown, action?: NoticeAction, about?: string): number | undefined {
      const fault = faultOf(thrown);
      return fault.code === 'job.cancelled' ? undefined : show({ kind: 'fault', fault, ...(about === undefined ? {} : { about }) }, action);
    },
    tell: (words: string, details?: Readonly<Record<string, string | number>>, action?: NoticeAction) =>
      show({ kind: 'words', words, ...(details ? { details } : {}) }, action),
    /** What a picture's file says of how it was made. */
    offer: (recipe: CarriedRecipe, layer?: LayerId) => show({ kind: 'recipe', recipe, ...(layer === undefined ? {} : { layer }) }),
    /** Waits for the artist: no time and no other notice takes it away. */
    ask: (words: string, details: Readonly<Record<string, string | number>>, action: NoticeAction) => show({ kind: 'words', words, details, stays: true }, action),
    notes: (notes: readonly Note[]) => (notes.length > 0 ? show({ kind: 'notes', notes }) : undefined),
  };
});

function stays(body: NoticeBody): boolean {
  if (body.kind === 'words') return body.stays === true;
  return body.kind !== 'notes' || body.notes.some(({ key }) => isLoss(key));
}

const actionOf = (action: NoticeAction | undefined): { readonly action?: NoticeAction } => (action ? { action } : {});

/** What one says of some work, and another without naming it, is the same. */
function isSame(a: NoticeBody, b: NoticeBody): boolean {
  if (a.kind === 'fault' && b.kind === 'fault' && a.about !== undefined && b.about !== undefined && a.about !== b.about) return false;
  return sentenceOf(a) === sentenceOf(b);
}

/** Equal for what would be read as the same. */
function sentenceOf(body: NoticeBody): string {
  if (body.kind === 'fault') return JSON.stringify(body.fault);
  if (body.kind === 'recipe') return JSON.stringify([body.recipe, body.layer]);
  return JSON.stringify(body.kind === 'notes' ? body.notes : [body.words, body.details]);
}
