// Keeps a small picture of the present state, once the hand rests and nothing waits to be painted.
import { watch } from 'vue';
import { useCanvas } from '../canvas/canvas-store.ts';
import { keepAsset } from '../client/asset-pictures.ts';
import { useHost } from '../client/host-store.ts';
import { useGlazes } from '../layers/glaze/glazes-store.ts';
import { useDocument } from './document-store.ts';

const restMs = 1200;
/** Beyond it a glaze that is still painting is shown as it is. */
const patienceMs = 10_000;
const longSidePx = 224;

export function useStateThumbnails(): void {
  const host = useHost();
  const canvas = useCanvas();
  const document = useDocument();
  const glazes = useGlazes();
  let wait: ReturnType<typeof setTimeout> | undefined;
  let since = 0;

  const isPainting = (): boolean => canvas.waiting > 0 || [...glazes.states.values()].some(({ painting, fault }) => painting !== 'fine' && !fault);

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

  watch([() => document.record, () => document.head], () => {
    since = performance.now();
    plan();
  });
  watch(() => glazes.states, (states, before) => {
    if ([...states].some(([layer, { painting }]) => painting === 'fine' && before.get(layer)?.painting !== 'fine')) plan();
  });
}
