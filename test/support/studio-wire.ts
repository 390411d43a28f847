// A window without a window: speaks the browser host's socket and addresses as the page does.
import { WebSocket } from 'ws';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { Result } from '../../src-main/contract/result.ts';
import type { StudioAnswers, StudioEvent, StudioMethod, StudioParams } from '../../src-main/contract/studio-api.ts';
import { framed } from './file-sources.ts';

export interface StudioWire {
  /** Throws an Error that names the fault. */
  ask<M extends StudioMethod>(method: M, ...params: undefined extends StudioParams<M> ? [] : [StudioParams<M>]): Promise<StudioAnswers[M]>;
  /** Keeps pixels; their ids in order. */
  put(document: string, ...parts: readonly Uint8Array[]): Promise<string[]>;
  /** Bytes of an address below the page's own. */
  fetch(path: string): Promise<Buffer>;
  onEvent(listener: (event: StudioEvent) => void): void;
  /** False once the host has ended or `close` was called. */
  isOpen(): boolean;
  /** Kept as soon as an event fits; asks for no earlier ones. */
  event<T extends StudioEvent>(fits: (event: StudioEvent) => event is T): Promise<T>;
  close(): void;
}

/** As long as a string can be: browsers set no bound. */
const longestAnswerBytes = 2 ** 29;

/** address: of a host, with its token. */
export async function openStudioWire(address: string): Promise<StudioWire> {
  const { host, origin, hash } = new URL(address);
  const token = hash.slice(1);
  const headers = { Authorization: `Bearer ${token}` };
  const socket = new WebSocket(`ws://${host}/studio`, { origin, maxPayload: longestAnswerBytes });
  const waiting = new Map<number, { resolve(result: Result<unknown>): void; reject(reason: Error): void }>();
  const listeners = new Set<(event: StudioEvent) => void>();
  let lastId = 0;
  await new Promise<void>((welcomed, reject) => {
    socket.on('open', () => socket.send(JSON.stringify({ token })));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as { readonly event?: StudioEvent; readonly id?: number; readonly result?: Result<unknown>; readonly welcome?: true };
      if (message.welcome) welcomed();
      if (message.event) for (const listener of listeners) listener(message.event);
      if (message.id !== undefined && message.result) waiting.get(message.id)?.resolve(message.result);
    });
    socket.on('error', reject);
    socket.on('close', () => waiting.forEach((each) => each.reject(new Error('The connection broke.'))));
  });

  const fetched = async (path: string, init: RequestInit = {}): Promise<Buffer> => {
    const answer = await fetch(`${origin}${path}`, { ...init, headers });
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  };

  return {
    ask: async (method, ...[params]) => {
      if (socket.readyState !== socket.OPEN) throw new Error(`${method}: the connection is closed.`);
      const id = ++lastId;
      const result = await new Promise<Result<unknown>>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        socket.send(JSON.stringify({ id, method, ...(params === undefined ? {} : { params }) }));
      });
      if (!result.ok) throw new Error(`${method}: ${faultWords(result.fault)}`);
      return result.value as StudioAnswers[typeof method];
    },
    put: async (document, ...parts) => JSON.parse(String(await fetched(`/assets/${document}`, { method: 'POST', body: new Uint8Array(framed(...parts)) }))) as string[],
    fetch: (path) => fetched(path),
    onEvent: (listener) => void listeners.add(listener),
    event: (fits) =>
      new Promise((resolve) => {
        const listener = (event: StudioEvent): void => {
          if (!fits(event)) return;
          listeners.delete(listener);
          resolve(event);
        };
        listeners.add(listener);
      }),
    isOpen: () => socket.readyState === socket.OPEN,
    close: () => socket.terminate(),
  };
}

function faultWords({ code, details }: Fault): string {
  return `${code} ${JSON.stringify(details)}`;
}
