// A studio whose answers a test writes down: the page's own files over HTTP, calls and events over a socket, nothing behind it.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import { faultOf, StudioError } from '../../src-main/contract/fault.ts';
import type { StudioAnswers, StudioCall, StudioEvent, StudioMethod, StudioParams } from '../../src-main/contract/studio-api.ts';

/** What a test answers; what it leaves out fails as internal. */
export type ScriptedAnswers = { [M in StudioMethod]?: (params: StudioParams<M>) => StudioAnswers[M] | Promise<StudioAnswers[M]> };

export interface ScriptedStudio {
  /** Of the page, with its token. */
  readonly address: string;
  /** Everything that was asked, in order; a test may clear it. */
  readonly calls: { readonly method: StudioMethod; readonly params: unknown }[];
  readonly answers: ScriptedAnswers;
  /** Encoded pictures by id. */
  readonly pictures: Map<string, Uint8Array>;
  /** Pixels of the document by asset id: what a test lays there. */
  readonly assets: Map<string, Uint8Array>;
  /** Bytes that were sent, by upload id. */
  readonly uploads: Map<string, Uint8Array>;
  emit(event: StudioEvent): void;
  callsOf<M extends StudioMethod>(method: M): StudioParams<M>[];
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

/** Serves the built renderer in `page`. */
export async function openScriptedStudio(page: string, answers: ScriptedAnswers): Promise<ScriptedStudio> {
  const calls: { method: StudioMethod; params: unknown }[] = [];
  const [pictures, assets, uploads, sockets] = [new Map<string, Uint8Array>(), new Map<string, Uint8Array>(), new Map<string, Uint8Array>(), new Set<WebSocket>()];
  const server = createServer((request, response) => void answerAddress(page, { pictures, assets, uploads }, request, response));
  const line = new WebSocketServer({ server, path: '/studio' });
  line.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (data) => void hear(socket, JSON.parse(String(data)) as StudioCall | { token: string }));
  });

  async function hear(socket: WebSocket, message: StudioCall | { token: string }): Promise<void> {
    if ('token' in message) return socket.send(JSON.stringify({ connected: true }));
    const { id, method, params } = message;
    calls.push({ method, params });
    socket.send(JSON.stringify({ id, result: await resultOf(answers, method, params) }));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/#scripted`,
    calls,
    answers,
    pictures,
    assets,
    uploads,
    emit: (event) => sockets.forEach((socket) => socket.send(JSON.stringify({ event }))),
    callsOf: <M extends StudioMethod>(method: M) => calls.filter((call) => call.method === method).map(({ params }) => params as StudioParams<M>),
    close: async () => {
      sockets.forEach((socket) => socket.terminate());
      line.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function resultOf(answers: ScriptedAnswers, method: StudioMethod, params: unknown): Promise<unknown> {
  const answer = answers[method] as ((params: unknown) => unknown) | undefined;
  if (!answer) return { ok: false, fault: { code: 'internal', details: { reason: `${method} is not scripted` } } };
  try {
    return { ok: true, value: await answer(params) };
  } catch (thrown) {
    return { ok: false, fault: faultOf(thrown instanceof StudioError ? thrown : new Error(String(thrown))) };
  }
}

type KeptBytes = Readonly<Record<'pictures' | 'assets' | 'uploads', Map<string, Uint8Array>>>;

async function answerAddress(page: string, { pictures, assets, uploads }: KeptBytes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (pathname === '/uploads') {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const upload = `upload-${uploads.size + 1}`;
    uploads.set(upload, Buffer.concat(parts));
    return void response.end(JSON.stringify({ upload }));
  }
  if (pathname.startsWith('/assets/')) return answerAssets(assets, request, response, pathname.endsWith('/read'));
  const kept = /^\/(?:pictures|exports)\/([^/]+)/.exec(pathname)?.[1];
  if (kept !== undefined) {
    const bytes = pictures.get(decodeURIComponent(kept));
    return void (bytes ? response.end(bytes) : response.writeHead(404).end());
  }
  try {
    const file = join(page, normalize(pathname === '/' ? '/index.html' : pathname));
    const bytes = await readFile(file);
    response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
    // As strict as the hosts are: what they forbid fails here too.
    response.setHeader('Content-Security-Policy', "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' blob: data:; style-src 'self'; connect-src 'self' ws:; worker-src 'self'; font-src 'self'");
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

/** Pixels are taken and named, and never given back: there are none of this document but those that a test lays there. */
async function answerAssets(assets: ReadonlyMap<string, Uint8Array>, request: IncomingMessage, response: ServerResponse, isRead: boolean): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  if (isRead) return void response.end(Buffer.concat((JSON.parse(String(body)) as string[]).map((id) => framed(assets.get(id)))));
  const ids: string[] = [];
  for (let at = 0; at < body.length; ) {
    const length = body.readUInt32LE(at);
    ids.push(createHash('sha256').update(body.subarray(at + 4, at + 4 + length)).digest('hex'));
    at += 4 + length;
  }
  response.end(JSON.stringify(ids));
}

/** As the host answers: length and bytes; where there are none, a length of 2³² − 1. */
function framed(bytes: Uint8Array | undefined): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes?.length ?? 0xffffffff);
  return Buffer.concat([length, bytes ?? new Uint8Array()]);
}
