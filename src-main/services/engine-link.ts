// The engine process as its owner holds it: started when first asked, started anew after it ended.
import type { EngineCall, EngineReply } from '../contract/engine-api.ts';
import type { EngineState } from '../contract/studio-api.ts';
import type { ProcessLink } from './platform.ts';

/** Loading the runtime takes part of a second; on a busy machine some more. */
const patienceMs = 10_000;

export interface EngineLink {
  /** Whether the engine answers `status`; takes as long as the engine does, at most ten seconds. */
  state(): Promise<EngineState>;
  close(): void;
}

function isReply(message: unknown): message is EngineReply {
  return typeof message === 'object' && message !== null && 'id' in message && 'result' in message;
}

/** start: how the host starts its engine process. */
export function createEngineLink(start: () => ProcessLink): EngineLink {
  const waiting = new Map<number, (state: EngineState) => void>();
  let link: ProcessLink | undefined;
  let lastId = 0;

  const settle = (id: number, state: EngineState): void => {
    waiting.get(id)?.(state);
    waiting.delete(id);
  };
  const open = (): ProcessLink => {
    const opened = start();
    opened.onMessage((message) => {
      if (isReply(message)) settle(message.id, message.result.ok ? 'answering' : 'silent');
    });
    opened.onExit(() => {
      if (link !== opened) return;
      link = undefined;
      for (const id of [...waiting.keys()]) settle(id, 'silent');
    });
    return opened;
  };

  return {
    state: () =>
      new Promise((resolve) => {
        link ??= open();
        const call: EngineCall = { id: ++lastId, method: 'status' };
        const timer = setTimeout(() => settle(call.id, 'silent'), patienceMs);
        waiting.set(call.id, (state) => {
          clearTimeout(timer);
          resolve(state);
        });
        link.send(call);
      }),
    close: () => link?.kill(),
  };
}
