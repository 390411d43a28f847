// The browser host: the renderer and the studio's socket on 127.0.0.1, for whoever holds the token.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { longestCallBytes } from '../../contract/studio-api.ts';
import type { Studio } from '../../services/host/studio.ts';
import { answerRequest } from './answer-request.ts';
import { createToken, isOwnHost, isOwnOrigin } from './guard.ts';
import { serveSocket } from './socket.ts';

const socketPath = '/studio';

export interface BrowserHost {
  /** Where the studio opens, token included. */
  readonly address: string;
  readonly port: number;
  readonly token: string;
  close(): Promise<void>;
}

export interface BrowserHostOptions {
  readonly studio: Studio;
  /** Folder of the built renderer. */
  readonly pageFolder: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Absent: one that nobody knows yet. */
  readonly token?: string;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Starts serving; the promise is kept once the address answers. */
export async function startBrowserHost({ studio, pageFolder, port: wantedPort = 0, token = createToken() }: BrowserHostOptions): Promise<BrowserHost> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: longestCallBytes, perMessageDeflate: false });
  const server = createServer((request, response) => {
    answerRequest({ files: studio.files, pageFolder, port, token }, request, response).catch(() => response.destroy());
  });
  server.requestTimeout = 0; // A large upload through a slow tunnel takes as long as it takes.
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy()); // Node leaves it to whoever takes the socket; unheard it would end the process.
    const isOwn = isOwnHost(request.headers, port) && isOwnOrigin(request.headers, { required: true });
    if (!isOwn || request.url !== socketPath) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => serveSocket(opened, studio, token));
  });
  const port = await listen(server, wantedPort);
  return {
    address: `http://127.0.0.1:${port}/#${token}`,
    port,
    token,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
