// The page's line to the browser host, over a real socket: what it does with a question that the host would not take.
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { longestCallBytes } from '../../../../src-main/contract/studio-api.ts';
import { createSocketTransport } from '../../../../src-renderer/client/socket-transport.ts';

it('refuses a question that is too long by a fault of its own, and the line holds', async () => {
  vi.stubGlobal('WebSocket', WebSocket); // Node 20 has none.
  const server = new WebSocketServer({ port: 0, maxPayload: longestCallBytes });
  onTestFinished(() => {
    for (const each of server.clients) each.terminate();
    server.close();
    vi.unstubAllGlobals();
  });
  const lengths: number[] = [];
  server.on('connection', (socket) =>
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as { id?: number };
      if (message.id === undefined) return socket.send(JSON.stringify({ welcome: true }));
      lengths.push((data as Buffer).byteLength);
      socket.send(JSON.stringify({ id: message.id, result: { ok: true, value: null } }));
    }),
  );
  await once(server, 'listening');
  const states: string[] = [];
  const transport = createSocketTransport(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, 'token');
  transport.onState((state) => states.push(state));
  await vi.waitUntil(() => states.at(-1) === 'connected');
  const call = (id: number, words: string) => transport.call({ id, method: 'documents.commit', params: { words } });
  await expect(call(1, 'x'.repeat(longestCallBytes))).rejects.toMatchObject({ code: 'document.step-too-large', details: { limit: '256 MB' } });
  await expect(call(2, 'é'.repeat(longestCallBytes / 2))).rejects.toMatchObject({ code: 'document.step-too-large' });
  await expect(call(3, 'x'.repeat(70 * 2 ** 20))).resolves.toMatchObject({ id: 3 });
  expect(lengths).toHaveLength(1);
  expect(states.filter((state) => state === 'lost')).toEqual([]);
});
