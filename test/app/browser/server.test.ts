// The browser host as a stranger meets it: wrong tokens, foreign origins, addresses that lead out of the folder.
import { once } from 'node:events';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { existsSync, mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { program } from '../../../src-main/contract/program.ts';
import { socketClosed } from '../../../src-main/contract/studio-api.ts';
import { startBrowserHost, type BrowserHost } from '../../../src-main/hosts/browser/server.ts';
import { nodePlatform } from '../../../src-main/services/node-platform.ts';
import { createStudio } from '../../../src-main/services/host/studio.ts';
import { answeringEngine } from '../../support/answering-engine.ts';
import { openStudioWire } from '../../support/studio-wire.ts';

const folder = mkdtempSync(join(tmpdir(), 'velatura-page-'));
const studio = createStudio({ host: 'browser', runtime: 'test', platform: nodePlatform({ environment: { VELATURA_HOME: join(folder, 'home') } }), engine: answeringEngine() });
let host: BrowserHost;
let address: URL;

beforeAll(async () => {
  mkdirSync(join(folder, 'page'));
  writeFileSync(join(folder, 'page/index.html'), '<!doctype html>hello');
  writeFileSync(join(folder, 'page/secret.env'), 'a file of no type that is served');
  writeFileSync(join(folder, 'outside.html'), 'not yours');
  symlinkSync(join(folder, 'outside.html'), join(folder, 'page/link.html'));
  host = await startBrowserHost({ studio, pageFolder: join(folder, 'page') });
  address = new URL(host.address);
});

afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

/** Sends the path as it is written: fetch would tidy it up first. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: address.port, path, headers, method }, (response) => {
      let body = '';
      response.on('data', (part) => (body += String(part)));
      response.on('end', () => resolve({ status: response.statusCode, body, headers: response.headers }));
    })
      .on('error', reject)
      .end();
  });
}

/** Opens a socket, sends the messages and collects what comes back until it closes or `wanted` messages are there. */
function converse(messages: readonly (string | Buffer)[], { wanted = Infinity, origin = address.origin, path = '/studio' } = {}) {
  return new Promise<{ code: number; heard: unknown[] }>((resolve) => {
    const heard: unknown[] = [];
    const socket = new WebSocket(`ws://${address.host}${path}`, { origin });
    socket.on('open', () => messages.forEach((message) => socket.send(message)));
    socket.on('message', (data) => {
      heard.push(JSON.parse(String(data)));
      if (heard.length === wanted) socket.close();
    });
    socket.on('error', () => undefined);
    socket.on('close', (code) => resolve({ code, heard }));
  });
}

const token = (): string => JSON.stringify({ token: address.hash.slice(1) });

describe('the page', () => {
  test('is served under a policy without unsafe scripts', async () => {
    const { status, body, headers } = await get('/');
    expect([status, body]).toEqual([200, '<!doctype html>hello']);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';");
    expect(headers['content-security-policy']).not.toContain("'unsafe-");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test.each([
    '/../outside.html',
    '/%2e%2e/outside.html',
    '/..%2foutside.html',
    '/%2e%2e%5coutside.html',
    '//../outside.html',
    '/page/../../outside.html',
    '/link.html',
    '/index.html%00.png',
    '/%',
    '/secret.env',
    '/absent.html',
    '/page',
  ])('at %s is not there', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(404);
    expect(body).toBe('There is no such page.');
  });

  test('is refused under a foreign name that leads to this machine', async () => {
    expect(await get('/', { host: 'evil.example' })).toMatchObject({ status: 403 });
  });

  test('is refused to a foreign page', async () => {
    expect(await get('/', { origin: 'http://evil.example' })).toMatchObject({ status: 403 });
  });

  test('takes no POST', async () => {
    expect(await get('/', {}, 'POST')).toMatchObject({ status: 405 });
  });
});

describe('the socket', () => {
  test('answers its status to the right token', async () => {
    const { heard } = await converse([token(), '{"id":7,"method":"status"}'], { wanted: 2 });
    expect(heard[1]).toMatchObject({
      id: 7,
      result: { ok: true, value: { version: program.version, host: 'browser', runtime: 'test', engine: 'answering', device: { provider: 'cpu' } } },
    });
  });

  test.each([
    ['a wrong token', '{"token":"x"}'],
    ['an empty token', '{"token":""}'],
    ['a question before the token', '{"id":1,"method":"status"}'],
    ['no JSON', 'hello'],
    ['bytes', Buffer.from('{"token":"x"}')],
  ])('refuses %s and says nothing', async (_, message) => {
    expect(await converse([message])).toEqual({ code: socketClosed.wrongToken, heard: [] });
  });

  test.each(['{"id":1,"method":"constructor"}', '{"id":"1","method":"status"}', '[]', 'null', '{'])(
    'closes on %s, which is no question',
    async (message) => {
      expect(await converse([token(), message])).toEqual({ code: socketClosed.notUnderstood, heard: [{ welcome: true }] });
    },
  );

  test.each([
    ['a foreign origin', { origin: 'http://evil.example' }],
    ['no origin', { origin: '' }],
    ['another path', { path: '/other' }],
  ])('is not opened for %s', async (_, options) => {
    expect(await converse([token()], options)).toEqual({ code: 1006, heard: [] });
  });

  test('outlives a stranger who breaks off while the socket is refused', async () => {
    const stranger = connect(Number(address.port), '127.0.0.1').on('error', () => undefined);
    stranger.write(`GET /other HTTP/1.1\r\nHost: ${address.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    await once(stranger, 'data');
    stranger.resetAndDestroy();
    await once(stranger, 'close');
    expect(await get('/')).toMatchObject({ status: 200 });
  });
});

test('a document closed in one tab stays with the other, and its lock goes with the last', async () => {
  const [one, two] = await Promise.all([openStudioWire(host.address), openStudioWire(host.address)]);
  const { id } = (await one.ask('documents.create', { name: 'Lake', width: 8, height: 8 })).record;
  await two.ask('documents.open', { document: id });
  await one.ask('documents.close', { document: id });
  expect(await two.ask('documents.snapshot', { document: id, entry: 'first', name: 'still here' })).toHaveLength(1);
  await two.ask('documents.close', { document: id });
  expect(existsSync(join(folder, 'home/documents', id, 'base.json'))).toBe(true);
  expect(existsSync(join(folder, 'home/documents', id, 'lock'))).toBe(false);
  one.close();
  two.close();
});
