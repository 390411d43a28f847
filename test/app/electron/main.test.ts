// The Electron host, run against a stand-in for Electron: what a window may and may not do.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from 'electron';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { program } from '../../../src-main/contract/program.ts';
import * as electron from '../../support/fake-electron.ts';

vi.mock('electron', () => electron);

const ownPage = 'velatura://studio/index.html';
let window: electron.BrowserWindow;

beforeAll(async () => {
  await import('../../../src-main/hosts/electron/main.ts');
  await vi.waitFor(() => expect(electron.BrowserWindow.opened).toHaveLength(1));
  [window] = electron.BrowserWindow.opened as [electron.BrowserWindow];
});

/** Emits a navigation and tells whether the host prevented it. */
function isPrevented(event: string, url: string): boolean {
  let prevented = false;
  window.webContents.emit(event, { url, preventDefault: () => (prevented = true) });
  return prevented;
}

function ask(senderFrame: unknown, call: unknown): unknown {
  return electron.ipcMain.call('studio', { senderFrame }, call);
}

describe('the window', () => {
  test('is sandboxed, isolated and without Node', () => {
    expect(electron.app.isSandboxed).toBe(true);
    expect(window.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  test('loads the page from its own scheme', () => {
    expect(window.loaded).toEqual([ownPage]);
    expect(electron.schemes).toEqual([expect.objectContaining({ scheme: 'velatura' })]);
  });

  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('stays on its page at %s', (event) => {
    expect(isPrevented(event, 'https://evil.example/')).toBe(true);
    expect(isPrevented(event, 'file:///etc/passwd')).toBe(true);
    expect(isPrevented(event, 'velatura://studio.evil.example/')).toBe(true);
    expect(isPrevented(event, ownPage)).toBe(false);
  });

  test('opens no other window and embeds none', () => {
    expect(window.webContents.openHandler?.({ url: ownPage })).toEqual({ action: 'deny' });
    expect(isPrevented('will-attach-webview', ownPage)).toBe(true);
  });

  test('may write to the clipboard and nothing else', () => {
    const granted = ['media', 'geolocation', 'notifications', 'clipboard-read', 'clipboard-sanitized-write'].filter((permission) =>
      electron.permissions.call('check', window.webContents, permission),
    );
    expect(granted).toEqual(['clipboard-sanitized-write']);
  });

  test('comes to the front when the program is started once more', () => {
    electron.app.emit('second-instance');
    expect(window.wasFocused).toBe(true);
  });
});

describe('a question', () => {
  const call = { id: 3, method: 'status' };

  test('of the page is answered', async () => {
    expect(await ask({ url: ownPage, parent: null }, call)).toMatchObject({
      id: 3,
      result: { ok: true, value: { version: program.version, host: 'electron', engine: 'answering' } },
    });
    expect(electron.forked).toEqual([expect.stringMatching(/engine\.js$/)]);
  });

  test.each([
    ['a foreign page', { url: 'https://evil.example/', parent: null }, call],
    ['a frame within the page', { url: ownPage, parent: {} }, call],
    ['a frame that is gone', null, call],
    ['the page, when it is no question', { url: ownPage, parent: null }, { id: 1, method: 'constructor' }],
  ])('of %s is refused', async (_, frame, asked) => {
    await expect(ask(frame, asked)).rejects.toThrow('Not a question of the studio.');
  });
});

describe('the page scheme', () => {
  const folder = mkdtempSync(join(tmpdir(), 'velatura-page-'));
  const served = new electron.Registry();
  const get = (url: string): Promise<Response> => served.call('velatura', { url, method: 'GET' }) as Promise<Response>;

  beforeAll(async () => {
    writeFileSync(join(folder, 'index.html'), 'hello');
    const { servePage } = await import('../../../src-main/hosts/electron/page-protocol.ts');
    servePage({ protocol: served } as unknown as Session, folder);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('serves the page under its policy', async () => {
    const answer = await get(ownPage);
    expect(await answer.text()).toBe('hello');
    expect(answer.headers.get('Content-Security-Policy')).toContain("script-src 'self'");
    expect(answer.headers.get('Content-Type')).toContain('text/html');
  });

  test.each(['velatura://studio/..%2f..%2fetc/passwd', 'velatura://studio/absent.js', 'velatura://other/index.html'])(
    'serves nothing at %s',
    async (url) => {
      expect((await get(url)).status).toBe(404);
    },
  );
});

test('the preload script lends the page one function', async () => {
  await import('../../../src-main/hosts/electron/preload.ts');
  expect(Object.keys(electron.exposed)).toEqual(['velatura']);
  expect(Object.keys(electron.exposed['velatura'] ?? {})).toEqual(['call']);
  await electron.exposed['velatura']?.['call']?.(...([{ id: 1, method: 'status' }] as never[]));
  expect(electron.sent).toEqual([['studio', { id: 1, method: 'status' }]]);
});

test('a second instance quits and opens nothing', async () => {
  vi.resetModules();
  electron.app.isFirst = false;
  await import('../../../src-main/hosts/electron/main.ts');
  expect(electron.app.hasQuit).toBe(true);
  expect(electron.BrowserWindow.opened).toHaveLength(1);
});
