// velatura://studio/: the page under its policy, the studio's bytes, and nothing else.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from 'electron';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as electron from '../../support/fake-electron.ts';
import { fileAttacks } from '../../support/file-attacks.ts';
import { fileSources, framed, openDocument } from '../../support/file-sources.ts';

vi.mock('electron', () => electron);

const origin = 'velatura://studio';
const folder = mkdtempSync(join(tmpdir(), 'velatura-page-'));
const files = fileSources(folder);
const served = new electron.Registry();

interface Asking {
  readonly method?: string;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As Electron hands a request on: a Request has no way to hold such an address with a body otherwise. */
function ask(url: string, { method = 'GET', body, headers = {} }: Asking = {}): Promise<Response> {
  const request = { url, method, headers: new Headers(headers), body: body ? new Blob([body]).stream() : null };
  return served.call('velatura', request) as Promise<Response>;
}

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), 'hello');
  const { servePage } = await import('../../../src-main/hosts/electron/page-protocol.ts');
  servePage({ protocol: served } as unknown as Session, folder, files);
});

afterAll(async () => {
  await files.close();
  rmSync(folder, { recursive: true });
});

describe('the page', () => {
  test('is served under its policy, isolated from others', async () => {
    const answer = await ask(`${origin}/index.html`);
    expect(await answer.text()).toBe('hello');
    expect(answer.headers.get('Content-Security-Policy')).toContain("script-src 'self'");
    expect(answer.headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
    expect(answer.headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
    expect(answer.headers.get('Content-Type')).toContain('text/html');
  });

  test.each([`${origin}/..%2f..%2fetc/passwd`, `${origin}/absent.js`, 'velatura://other/index.html', `velatura://other/assets/${openDocument}`])('is not at %s', async (url) => {
    expect((await ask(url)).status).toBe(404);
  });

  test('is not there for a foreign origin, nor are the bytes', async () => {
    const headers = { Origin: 'https://evil.example' };
    expect((await ask(`${origin}/index.html`, { headers })).status).toBe(404);
    expect((await ask(`${origin}/uploads`, { method: 'POST', body: new Uint8Array(1), headers })).status).toBe(404);
  });
});

describe('bytes', () => {
  test('of assets go in and come out', async () => {
    const put = await ask(`${origin}/assets/${openDocument}`, { method: 'POST', body: framed(Uint8Array.of(1, 2, 3)) });
    const [id] = (await put.json()) as string[];
    expect([...new Uint8Array(await (await ask(`${origin}/assets/${openDocument}/${id}`)).arrayBuffer())]).toEqual([1, 2, 3]);
    const list = new TextEncoder().encode(JSON.stringify([id]));
    const many = await ask(`${origin}/assets/${openDocument}/read`, { method: 'POST', body: list });
    expect([...new Uint8Array(await many.arrayBuffer())]).toEqual([3, 0, 0, 0, 1, 2, 3]);
  });

  test('of a finished file stream as an attachment', async () => {
    const { address } = await files.kept.keep('print.png', async (path) => writeFileSync(path, 'a print'));
    const answer = await ask(`${origin}${address}`);
    expect(await answer.text()).toBe('a print');
    expect(answer.headers.get('Content-Disposition')).toContain('filename="print.png"');
  });
});

// The address parser of the browser resolves dots before the host sees them.
test.each(fileAttacks)('$what gets $status', async ({ path, method, body, status }) => {
  expect((await ask(`${origin}${path}`, { method, ...(body && { body }) })).status).toBe(status);
});
