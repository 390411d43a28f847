// Teaching as the page sees it: the draft, the runs, the one that is watched, and what the artist tells it.
import { defineStore } from 'pinia';
import { computed, reactive, ref, shallowRef, watch } from 'vue';
import type { FileRef, PreviewMark, StudioParams } from '../../src-main/contract/studio-api.ts';
import type { MarkKind } from '../../src-main/contract/style.ts';
import { useHost } from '../client/host-store.ts';
import { uploadFile } from '../client/upload.ts';
import { useDocument } from '../document/document-store.ts';
import { seenAt, stylePlace } from '../layers/glaze/style-place.ts';
import { useNotices } from '../shell/notices-store.ts';
import { createTeachDraft, isAll, type DraftPainting } from './teach-draft.ts';
import { createTeachRuns } from './teach-runs.ts';

/** Sliders are told when they have rested for so long. */
const adjustPauseMs = 250;

interface TeachOrder {
  name: string;
  minutes: number;
  balance: number;
  strokePercent: number;
  practise: boolean;
  /** What greys are broken into; '' as the painting suggests. */
  brokenInto: MarkKind | '';
}

export const useTeach = defineStore('teach', () => {
  const host = useHost();
  const studio = useDocument();
  const notices = useNotices();
  const draft = createTeachDraft(host.studio, notices);
  const order = reactive<TeachOrder>({ name: '', minutes: 5, balance: 0.5, strokePercent: 100, practise: true, brokenInto: '' });
  const { runs, series, watched, take, readRuns, tell, goOn, discard, takeState, onEnded } = createTeachRuns(host.studio, notices);
  const marks = shallowRef<readonly PreviewMark[]>([]);
  const wishes = reactive({ balance: 0.5, strokePercent: 100 });
  const starting = ref(false);
  let adjusting: ReturnType<typeof setTimeout> | undefined;

  const run = computed(() => (watched.value === undefined ? undefined : runs.value.get(watched.value)));
  const leftBehind = computed(() => [...runs.value.values()].filter(({ state }) => state === 'left'));
  const finished = computed(() => [...runs.value.values()].filter(({ state }) => state === 'done'));
  const isReady = computed(() => draft.paintings.value.length > 0 && draft.paintings.value.every(({ file }) => file) && order.name.trim() !== '');

  function addFile(file: File): void {
    if (order.name === '') order.name = file.name.replace(/\.[^.]+$/, '');
    void draft.add(file.name, () => uploadFile(host.transport, file));
  }

  function addChosen(name: string, file: FileRef): void {
    if (order.name === '') order.name = name.replace(/\.[^.]+$/, '');
    void draft.add(name, () => Promise.resolve(file));
  }

  async function start(): Promise<void> {
    if (!isReady.value || starting.value) return;
    starting.value = true;
    try {
      const { record } = studio;
      const seen = record && { document: record.id, ...seenAt(stylePlace(record, studio.chosen)) };
      await studio.settled();
      const { run: id } = await host.studio.ask('teach.start', orderOf(draft.paintings.value, order, seen));
      Object.assign(wishes, { balance: order.balance, strokePercent: order.strokePercent });
      marks.value = [];
      watched.value = id;
    } catch (thrown) {
      notices.fault(thrown);
    } finally {
      starting.value = false;
    }
  }

  /** Both sliders and the marks, when they have rested. */
  function adjust(): void {
    const id = watched.value;
    if (id === undefined) return;
    clearTimeout(adjusting);
    adjusting = setTimeout(() => void tell('teach.adjust', { run: id, ...wishes, marks: [...marks.value] }), adjustPauseMs);
  }

  function setMarks(next: readonly PreviewMark[]): void {
    marks.value = next;
    adjust();
  }

  /** Back to the draft; a run that goes on goes on. */
  function leave(): void {
    watched.value = undefined;
    draft.clear();
    order.name = '';
  }

  // A run that another window began, or that was left, is steered on from where it stands.
  watch(watched, () => {
    const known = run.value?.wishes;
    if (!known) return;
    Object.assign(wishes, { balance: known.balance, strokePercent: known.strokePercent });
    marks.value = known.marks;
  });

  host.transport.onEvent((event) => {
    if (event.kind === 'teach') take(event.run);
  });
  watch(() => host.connection, (connection) => connection === 'connected' && void readRuns(), { immediate: true });

  return {
    paintings: draft.paintings, removePainting: draft.remove, addPart: draft.addPart, setPart: draft.setPart, removePart: draft.removePart, addFile, addChosen,
    order, runs, run, series, watched, marks, wishes, starting, leftBehind, finished, isReady, start, adjust, setMarks, tell, goOn, discard, takeState, leave, onEnded,
  };
});

function orderOf(drafted: readonly DraftPainting[], { name, minutes, balance, strokePercent, practise, brokenInto }: TeachOrder, seen: Pick<StudioParams<'teach.start'>, 'document' | 'beneath' | 'above'> | undefined): StudioParams<'teach.start'> {
  const paintings = drafted.flatMap((painting) => (painting.file ? [{ file: painting.file, ...(isAll(painting) ? {} : { crops: painting.parts.map(({ crop }) => crop) }) }] : []));
  return { name: name.trim(), paintings, seconds: Math.round(minutes * 60), balance, strokePercent, ...(brokenInto ? { brokenInto } : {}), ...(seen ? { ...seen, practise } : {}) };
}
