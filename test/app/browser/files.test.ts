// The browser host's addresses for bytes: what goes in comes out, and nobody without the token gets near.
import { request } from 'node:http';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { StudioApi, StudioEvent } from '../../../src-main/contract/studio-api.ts';
import { startBrowserHost, type BrowserHost } from '../../../src-main/hosts/browser/server.ts';
import type { Studio } from '../../../src-main/services/host/studio.ts';
import { fileAttacks } from '../../support/file-attacks.ts';
import { fileSources, framed, openDocument, type TestFiles } from '../../support/file-sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'velatura-files-'));
const listeners = new Set<(event: StudioEvent) => void>();
let files: TestFiles;
let host: BrowserHost;
let address: URL;

beforeAll(async () => {
  files = fileSources(folder, 1000);
  mkdirSync(join(folder, 'page'));
  writeFileSync(join(folder, 'page/index.html'), 'hello');
  const onEvent = (listener: (event: StudioEvent) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const studio: Studio = { pages: { arrived: () => () => undefined }, api: {} as StudioApi, files, onEvent, close: () => Promise.resolve() };
  host = await startBrowserHost({ studio, pageFolder: join(folder, 'page') });
  address = new URL(host.address);
});

afterAll(async () => {
  await host.close();
  await files.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, unknown>>;
}

const token = (): string => address.hash.slice(1);

interface Asking {
  readonly method?: string;
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends the path as it is written; the token unless other headers are given. */
function ask(path: string, { method = 'GET', body, headers = { Authorization: `Bearer ${token()}` } }: Asking = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: address.port, path, headers, method, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, body: Buffer.concat(parts), headers: response.headers }));
    })
      .on('error', reject)
      .end(body);
  });
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('pixels', () => {
  test('come back by their hash, one by one and many at once, the missing ones marked', async () => {
    const put = await ask(`/assets/${openDocument}`, { method: 'POST', body: framed(bytes(1, 2, 3), bytes(4)) });
    const ids = JSON.parse(String(put.body)) as string[];
    expect([put.status, ids.length]).toEqual([200, 2]);
    expect((await ask(`/assets/${openDocument}/${ids[0]}`)).body).toEqual(Buffer.from([1, 2, 3]));
    const list = JSON.stringify([ids[1], 'f'.repeat(64), ids[0]]);
    const { body } = await ask(`/assets/${openDocument}/read`, { method: 'POST', body: Buffer.from(list) });
    expect([...body]).toEqual([1, 0, 0, 0, 4, 255, 255, 255, 255, 3, 0, 0, 0, 1, 2, 3]);
  });
});

describe('pictures', () => {
  test('come back with their type, which is read from the bytes', async () => {
    const png = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');
    const { status, body, headers } = await ask(`/pictures/${await files.pictures.put(png)}`);
    expect([status, body, headers['content-type'], headers['x-content-type-options']]).toEqual([200, png, 'image/png', 'nosniff']);
  });
});

describe('uploads', () => {
  test('lie on the disk under the name the artist gave them, with nothing of a path in it', async () => {
    const { body } = await ask('/uploads', { method: 'POST', body: Buffer.from('a painting') });
    const { upload } = JSON.parse(String(body)) as { upload: string };
    const path = await files.uploads.pathOf({ upload, name: '../../ünder the sea.PSD' });
    expect(readFileSync(path, 'utf8')).toBe('a painting');
    expect(path.startsWith(join(folder, 'work'))).toBe(true);
    expect(path).toMatch(/[^/]*ünder the sea\.PSD$/);
    await files.uploads.drop({ upload, name: '' });
    expect(existsSync(path)).toBe(false);
    await expect(files.uploads.pathOf({ upload, name: 'x.png' })).rejects.toMatchObject({ code: 'upload.missing' });
  });

  test('larger than is allowed are refused and leave nothing', async () => {
    const { status, body } = await ask('/uploads', { method: 'POST', body: new Uint8Array(200_000) });
    expect(status).toBe(413);
    expect(JSON.parse(String(body))).toMatchObject({ fault: { code: 'upload.too-large' } });
  });
});

describe('finished files', () => {
  test('are fetched once written, as attachments under their own name', async () => {
    const { address: at = '', name } = await files.kept.keep('Großer "Abend".png', async (path) => writeFileSync(path, 'a print'));
    const { status, body, headers } = await ask(at);
    expect([status, String(body)]).toEqual([200, 'a print']);
    expect(headers['content-disposition']).toBe(`attachment; filename="${name.replace('ß', '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`);
    expect((await ask(at.replace(/[^/]+$/, 'other.png'))).status).toBe(404);
  });
});

describe('a stranger', () => {
  test.each([
    ['without a token', {}],
    ['with a wrong token', { Authorization: 'Bearer wrong' }],
    ['with an empty token', { Authorization: 'Bearer ' }],
    ['with the token as another scheme', () => ({ Authorization: `Basic ${token()}` })],
    ['with the token twice', () => ({ Authorization: `Bearer ${token()} ${token()}` })],
  ])('%s gets 401 at every address', async (_, given) => {
    const headers = typeof given === 'function' ? given() : given;
    for (const { path, method, body } of fileAttacks.filter((each) => (each.body?.length ?? 0) < 1e6)) {
      expect([path, (await ask(path, { method, ...(body && { body }), headers })).status]).toEqual([path, 401]);
    }
  });

  test.each([
    ['page', { origin: 'http://evil.example' }],
    ['name for this machine', { host: 'evil.example' }],
  ])('from a foreign %s gets 403 even with the token', async (_, extra) => {
    const headers = { Authorization: `Bearer ${token()}`, ...extra };
    expect((await ask('/uploads', { method: 'POST', headers, body: bytes(1) })).status).toBe(403);
  });

  test.each(['/%61ssets/a/b', '//pictures/a', '/./uploads', '/page/../exports/1/a', '/ASSETS/a'])('finds nothing at %s', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });
});

test.each(fileAttacks)('$what gets $status', async ({ path, method, body, status }) => {
  const answer = await ask(path, { method, ...(body && { body }) });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-security-policy']).not.toContain("'unsafe-");
});

test('events reach every page that has shown its token, and no other', async () => {
  const heard: unknown[] = [];
  const open = (first: string): Promise<WebSocket> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`ws://${address.host}/studio`, { origin: address.origin });
      socket.on('open', () => socket.send(first));
      socket.on('message', (data) => {
        heard.push(JSON.parse(String(data)));
        resolve(socket);
      });
      socket.on('close', () => resolve(socket));
    });
  const pages = [await open(JSON.stringify({ token: token() })), await open(JSON.stringify({ token: token() })), await open('{"token":"wrong"}')];
  listeners.forEach((tell) => tell({ kind: 'styles.changed' }));
  await expect.poll(() => heard.length).toBe(4);
  expect(heard.slice(2)).toEqual([{ event: { kind: 'styles.changed' } }, { event: { kind: 'styles.changed' } }]);
  pages.forEach((page) => page.terminate());
  await expect.poll(() => listeners.size).toBe(0);
});
