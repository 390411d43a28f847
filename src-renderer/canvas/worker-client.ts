// The window's end of the canvas worker: messages there, answers and news back.
import { StudioError } from '../../src-main/contract/fault.ts';
import type { Result } from '../../src-main/contract/result.ts';
import type { CanvasCall, CanvasMethod, CanvasRequests, FromWorker, ToWorker } from './worker/protocol.ts';

export interface CanvasWorker {
  send(message: Exclude<ToWorker, CanvasCall>, transfer?: Transferable[]): void;
  /** Throws StudioError with the worker's fault. */
  ask<M extends CanvasMethod>(method: M, params: CanvasRequests[M]['params']): Promise<CanvasRequests[M]['answer']>;
  close(): void;
}

export type CanvasNews = Exclude<FromWorker, { kind: 'reply' }>;

export function openCanvasWorker(worker: Pick<Worker, 'postMessage' | 'terminate' | 'onmessage'>, listen: (news: CanvasNews) => void): CanvasWorker {
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  let lastId = 0;
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind !== 'reply') return listen(data);
    waiting.get(data.id)?.(data.result);
    waiting.delete(data.id);
  };
  return {
    send: (message, transfer = []) => worker.postMessage(message, transfer),
    ask: (method, params) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, (result) => {
          if (result.ok) resolve(result.value as CanvasRequests[typeof method]['answer']);
          else reject(new StudioError(result.fault.code, result.fault.details));
        });
        worker.postMessage({ kind: 'call', id, method, params });
      }),
    close: () => worker.terminate(),
  };
}
