// One page's connection: first its token, then questions, each answered in turn.
import type { WebSocket } from 'ws';
import { socketClosed } from '../../contract/studio-api.ts';
import { answerCall, type Studio } from '../../services/studio.ts';
import { isToken } from './guard.ts';

const tokenWaitMs = 5000;

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

async function answer(socket: WebSocket, studio: Studio, message: unknown): Promise<void> {
  const reply = await answerCall(studio, message);
  if (!reply) socket.close(socketClosed.notUnderstood);
  else if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(reply));
}

/** Serves one connection until it closes. */
export function serveSocket(socket: WebSocket, studio: Studio, token: string): void {
  let isTrusted = false;
  const wait = setTimeout(() => socket.close(socketClosed.wrongToken), tokenWaitMs);
  socket.on('close', () => clearTimeout(wait));
  socket.on('error', () => socket.terminate());
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? undefined : parse(String(data));
    if (isTrusted) {
      void answer(socket, studio, message);
      return;
    }
    clearTimeout(wait);
    isTrusted = isToken(token, tokenIn(message));
    if (isTrusted) socket.send(JSON.stringify({ welcome: true }));
    else socket.close(socketClosed.wrongToken);
  });
}
