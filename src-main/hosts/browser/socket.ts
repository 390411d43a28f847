// One page's connection: first its token, then questions, each answered when it is done, and events in between.
import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { socketClosed, type PageId, type StudioReply } from '../../contract/studio-api.ts';
import { createEventOutlet } from '../../services/host/event-outlet.ts';
import { answerCall, type Studio } from '../../services/host/studio.ts';
import { isToken } from './guard.ts';

const tokenWaitMs = 5000;
/** What browsers close with when a page is left or loaded anew (RFC 6455, 7.4.1). */
const goingAway = 1001;
/** Bytes on the way to a page beyond which events wait. */
const fullBytes = 1 << 20;
/** The first message holds a token and the page's name, and nothing else. */
const longestTokenMessage = 1000;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function tokenIn(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'token' in message ? message.token : undefined;
}

/** One that has no name is new with every connection. */
function pageIn(message: unknown): PageId {
  const page = typeof message === 'object' && message !== null && 'page' in message ? message.page : undefined;
  return typeof page === 'string' && /^[\w-]{1,64}$/.test(page) ? page : randomUUID();
}

async function answer(socket: WebSocket, studio: Studio, message: unknown, page: PageId | undefined): Promise<void> {
  const reply = await answerCall(studio, message, page);
  if (!reply) socket.close(socketClosed.notUnderstood);
  else if (socket.readyState === socket.OPEN) socket.send(written(reply));
}

/** An answer longer than any string is told as what stands in its way: only a history is so long. */
function written(reply: StudioReply): string {
  try {
    return JSON.stringify(reply);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    const fault = { code: 'document.corrupt', details: { document: '…', reason: 'its history is longer than a page can take' } } as const;
    return JSON.stringify({ id: reply.id, result: { ok: false, fault } } satisfies StudioReply);
  }
}

/** Tells a page what happens until its connection closes. */
function tellEvents(socket: WebSocket, studio: Studio): void {
  const outlet = createEventOutlet({
    isFull: () => socket.bufferedAmount > fullBytes,
    send: (event) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ event }), () => outlet.drain());
    },
  });
  socket.on('close', studio.onEvent(outlet.tell));
}

/** Serves one connection until it closes. */
export function serveSocket(socket: WebSocket, studio: Studio, token: string): void {
  let [isTrusted, page]: [boolean, PageId | undefined] = [false, undefined];
  const wait = setTimeout(() => socket.close(socketClosed.wrongToken), tokenWaitMs);
  socket.on('close', () => clearTimeout(wait));
  socket.on('error', () => socket.terminate());
  socket.on('message', (data, isBinary) => {
    const words = isBinary ? '' : String(data);
    if (isTrusted) {
      void answer(socket, studio, parse(words), page);
      return;
    }
    clearTimeout(wait);
    const first = words.length <= longestTokenMessage ? parse(words) : undefined;
    isTrusted = isToken(token, tokenIn(first));
    if (!isTrusted) return socket.close(socketClosed.wrongToken);
    page = pageIn(first);
    const ended = studio.pages.arrived(page);
    socket.on('close', (code) => ended(code === goingAway));
    socket.send(JSON.stringify({ welcome: true }));
    tellEvents(socket, studio);
  });
}
