// The engine process as its owner holds it: started when first asked, started anew after it ended.
import type { EngineAnswer, EngineCall, EngineEvent, EngineMessage, EngineMethod, EngineParams } from '../../contract/engine-api.ts';
import { StudioError } from '../../contract/fault.ts';
import type { JobProgress } from '../../contract/job.ts';
import type { Result } from '../../contract/result.ts';
import type { EngineState } from '../../contract/studio-status.ts';
import type { ProcessLink } from '../platform.ts';

/** Loading the runtime takes part of a second; on a busy machine some more. */
const patienceMs = 10_000;

export interface AskOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: JobProgress) => void;
}

export interface EngineClient {
  /** Throws what the engine answers, engine.lost where it ends before it does, job.cancelled. */
  ask<M extends EngineMethod>(method: M, params: EngineParams<M>, options?: AskOptions): Promise<EngineAnswer<M>>;
  onEvent(listener: (event: EngineEvent) => void): () => void;
  /** Called when the process has ended unasked; it starts anew at the next question. */
  onLost(listener: () => void): () => void;
  /** Whether the engine answers `status`; takes as long as the engine does, at most ten seconds. */
  state(): Promise<EngineState>;
  close(): void;
}

interface Waiting {
  settle(result: Result<unknown>): void;
  progress(progress: JobProgress): void;
}

/** start: how the host starts its engine process. */
export function createEngineClient(start: () => ProcessLink): EngineClient {
  const waiting = new Map<number, Waiting>();
  const [eventListeners, lostListeners] = [new Set<(event: EngineEvent) => void>(), new Set<() => void>()];
  let link: ProcessLink | undefined;
  let lastId = 0;
  let isClosed = false;

  const receive = (message: EngineMessage): void => {
    if (message.kind === 'event') return eventListeners.forEach((listener) => listener(message.event));
    const asked = waiting.get(message.id);
    if (message.kind === 'progress') return asked?.progress(message.progress);
    waiting.delete(message.id);
    asked?.settle(message.result);
  };
  const open = (): ProcessLink => {
    const opened = start();
    opened.onMessage((message) => receive(message as EngineMessage));
    opened.onExit(() => {
      if (link !== opened) return;
      link = undefined;
      const lost = [...waiting.values()];
      waiting.clear();
      for (const { settle } of lost) settle({ ok: false, fault: { code: 'engine.lost', details: {} } });
      if (!isClosed) lostListeners.forEach((listener) => listener());
    });
    return opened;
  };

  const ask: EngineClient['ask'] = (method, params, { signal, onProgress } = {}) =>
    new Promise((resolve, reject) => {
      if (isClosed) return reject(new StudioError('engine.lost'));
      if (signal?.aborted) return reject(new StudioError('job.cancelled'));
      link ??= open();
      const id = ++lastId;
      const cancel = (): void => link?.send({ kind: 'cancel', id });
      signal?.addEventListener('abort', cancel, { once: true });
      waiting.set(id, {
        progress: (progress) => onProgress?.(progress),
        settle: (result) => {
          signal?.removeEventListener('abort', cancel);
          if (result.ok) resolve(result.value as EngineAnswer<typeof method>);
          else reject(new StudioError(result.fault.code, result.fault.details));
        },
      });
      link.send({ kind: 'call', id, method, params } as EngineCall);
    });
  const subscribe = <T>(listeners: Set<T>, listener: T) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };

  return {
    ask,
    onEvent: (listener) => subscribe(eventListeners, listener),
    onLost: (listener) => subscribe(lostListeners, listener),
    state: async () => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const silent = new Promise<EngineState>((resolve) => (timer = setTimeout(() => resolve('silent'), patienceMs)));
      const answers = ask('status', null).then((): EngineState => 'answering', (): EngineState => 'silent');
      return Promise.race([answers, silent]).finally(() => clearTimeout(timer));
    },
    close: () => {
      isClosed = true;
      link?.kill();
    },
  };
}
