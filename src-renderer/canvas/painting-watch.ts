// Knows whether the canvas worker paints what is no step of the document yet: a stroke in hand, or one on its way to the disk.
import type { CanvasWorker } from './worker-client.ts';
import type { CanvasMethod } from './worker/protocol.ts';

const painting: ReadonlySet<CanvasMethod> = new Set(['fill', 'flood', 'gradient', 'transform']);

/** The worker with its paint counted; `tell` hears how many things are being painted, and 0 once all of them are committed. */
export function watchPainting(worker: CanvasWorker, tell: (count: number) => void): CanvasWorker {
  let count = 0;
  let isInHand = false;

  function add(by: 1 | -1): void {
    count += by;
    tell(count);
  }

  /** Until the steps made so far have come; the worker tells them before it answers. */
  function settle(): void {
    add(1);
    void worker.ask('settle', null).then(() => add(-1), () => add(-1)); // What goes wrong is told by the one who asked.
  }

  function take(inHand: boolean): void {
    if (inHand === isInHand) return;
    isInHand = inHand;
    add(inHand ? 1 : -1);
  }

  return {
    ...worker,
    send: (message, transfer) => {
      worker.send(message, transfer);
      if (message.kind === 'stroke') take(true);
      if (message.kind === 'lift') settle();
      if (message.kind === 'lift' || message.kind === 'abandon' || message.kind === 'open') take(false);
    },
    ask: async (method, params) => {
      if (!painting.has(method)) return worker.ask(method, params);
      add(1);
      try {
        const answer = await worker.ask(method, params);
        settle();
        return answer;
      } finally {
        add(-1);
      }
    },
  };
}
