// The line to the browser host: a WebSocket that shows its token first and mends itself.
import { StudioError } from '../../src-main/contract/fault.ts';
import { longestCallBytes, socketClosed, type StudioCall, type StudioEvent, type StudioReply } from '../../src-main/contract/studio-api.ts';
import type { ConnectionState, Transport } from './transport.ts';

const firstPauseMs = 500;
const longestPauseMs = 8000;

interface Waiting {
  resolve(reply: StudioReply): void;
  reject(reason: Error): void;
}

function isReply(message: unknown): message is StudioReply {
  return typeof message === 'object' && message !== null && 'id' in message && 'result' in message;
}

function isEvent(message: unknown): message is { readonly event: StudioEvent } {
  return typeof message === 'object' && message !== null && 'event' in message;
}

/** The host would break off a line on which more comes, and with it everything that is on the way. Throws document.step-too-large: nothing else is so long. */
function written(call: StudioCall): string {
  const tooLarge = new StudioError('document.step-too-large', { limit: `${longestCallBytes >> 20} MB` });
  try {
    const text = JSON.stringify(call);
    if (new Blob([text]).size <= longestCallBytes) return text;
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown; // Longer than any string.
  }
  throw tooLarge;
}

/** address: "ws://127.0.0.1:4000/studio". Connects at once. */
export function createSocketTransport(address: string, token: string): Transport {
  const waiting = new Map<number, Waiting>();
  const eventListeners = new Set<(event: StudioEvent) => void>();
  const listeners = new Set<(state: ConnectionState) => void>();
  /** The same over all connections of this page. */
  const page = crypto.randomUUID();
  let state: ConnectionState = 'connecting';
  let pauseMs = firstPauseMs;
  let socket: WebSocket;

  const enter = (next: ConnectionState): void => {
    state = next;
    for (const listener of listeners) listener(next);
  };
  const settle = (text: string): void => {
    const message: unknown = JSON.parse(text);
    if (isReply(message)) {
      waiting.get(message.id)?.resolve(message);
      waiting.delete(message.id);
    } else if (isEvent(message)) {
      for (const listener of eventListeners) listener(message.event);
    } else {
      pauseMs = firstPauseMs;
      enter('connected');
    }
  };
  const close = (code: number): void => {
    for (const { reject } of waiting.values()) reject(new StudioError('host.lost'));
    waiting.clear();
    if (code === socketClosed.wrongToken) return enter('refused');
    enter('lost');
    setTimeout(connect, pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  };
  const connect = (): void => {
    socket = new WebSocket(address);
    socket.addEventListener('open', () => socket.send(JSON.stringify({ token, page })));
    socket.addEventListener('message', ({ data }) => settle(String(data)));
    socket.addEventListener('close', ({ code }) => close(code));
  };
  connect();

  return {
    call: (call) => {
      if (state !== 'connected') return Promise.reject(new StudioError('host.lost'));
      return new Promise((resolve, reject) => {
        const text = written(call);
        waiting.set(call.id, { resolve, reject });
        socket.send(text);
      });
    },
    onEvent: (listener) => void eventListeners.add(listener),
    headers: { Authorization: `Bearer ${token}` },
    onState: (listener) => {
      listeners.add(listener);
      listener(state);
    },
  };
}
