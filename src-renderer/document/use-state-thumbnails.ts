// Keeps a small picture of the present state, once the hand rests and nothing waits to be painted; then of states that were passed too quickly.
import { watch } from 'vue';
import { firstState, type EntryId } from '../../src-main/contract/history.ts';
import { useCanvas } from '../canvas/canvas-store.ts';
import { keepAsset } from '../client/asset-pictures.ts';
import { useHost } from '../client/host-store.ts';
import { useJobs } from '../jobs/jobs-store.ts';
import { useGlazes } from '../layers/glaze/glazes-store.ts';
import { useDocument } from './document-store.ts';
import { smallState, stateWithoutPicture } from './missed-states.ts';

const restMs = 1200;
/** Beyond it a glaze that is still painting is shown as it is. */
const patienceMs = 10_000;
const longSidePx = 224;
/** So long the hand has rested before states that were passed are painted for their pictures. */
const idleMs = 5000;
/** Between one of them and the next, while the hand goes on resting. */
const nextMs = 300;

export function useStateThumbnails(): void {
  const host = useHost();
  const canvas = useCanvas();
  const document = useDocument();
  const glazes = useGlazes();
  const jobs = useJobs();
  /** States whose picture was asked for: one that fails is not asked for again. */
  const asked = new Set<EntryId>();
  let idle: ReturnType<typeof setTimeout> | undefined;
  let wait: ReturnType<typeof setTimeout> | undefined;
  let since = 0;

  /** A glaze that has not been heard of yet is painted soon. */
  const isAwaited = (): boolean =>
    Object.values(document.record?.layers ?? {}).some((layer) => layer.kind === 'glaze' && layer.visible && !glazes.states.has(layer.id) && layer.settings.styles.some(({ weight }) => weight > 0));
  const isPainting = (): boolean => canvas.waiting > 0 || isAwaited() || [...glazes.states.values()].some(({ painting, fault }) => painting !== 'fine' && !fault);

  function plan(): void {
    clearTimeout(wait);
    if (!document.record || document.readOnly) return;
    wait = setTimeout(() => {
      if (isPainting() && performance.now() - since < patienceMs) plan();
      else void take().catch(() => undefined); // Without it the panel shows no picture of this state; nothing is lost.
    }, restMs);
  }

  async function take(): Promise<void> {
    await canvas.settled(); // A stroke that is seen is a step by then.
    const { record, head } = document;
    if (!record || document.fault) return;
    const picture = await canvas.stateThumbnail(longSidePx);
    await document.settled();
    if (!picture || document.record !== record || document.head !== head) return;
    document.setThumbnail(head, await keepAsset(host.transport, record.id, picture));
  }

  function planMissed(afterMs = idleMs): void {
    clearTimeout(idle);
    idle = setTimeout(() => void makeMissed().catch(() => undefined), afterMs); // As above: only a picture is missing.
  }

  async function makeMissed(): Promise<void> {
    const { record, entries, head, redoLine } = document;
    if (!record || document.readOnly || document.fault) return;
    if (isPainting() || jobs.going.length > 0) return planMissed();
    const thumbnailOf = (state: EntryId): string | undefined => (state === firstState ? document.firstThumbnail : entries.get(state)?.thumbnail);
    const state = stateWithoutPicture({ entries, tip: redoLine.at(-1) ?? head, head }, (each) => asked.has(each) || thumbnailOf(each) !== undefined);
    if (state === undefined) return;
    asked.add(state);
    const picture = await smallState(host, record.id, state, longSidePx);
    if (document.record?.id !== record.id || (state !== firstState && !document.entries.has(state))) return;
    document.setThumbnail(state, await keepAsset(host.transport, record.id, picture));
    // the hand may have moved meanwhile: then it is waited for anew
    if (document.record === record && document.head === head) planMissed(nextMs);
  }

  document.onOpen(() => asked.clear());
  watch([() => document.record, () => document.head], () => {
    planMissed();
    since = performance.now();
    plan();
  });
  watch(() => glazes.states, (states, before) => {
    if ([...states].some(([layer, { painting }]) => painting === 'fine' && before.get(layer)?.painting !== 'fine')) plan();
  });
}
