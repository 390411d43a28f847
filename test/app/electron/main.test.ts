// The Electron host, run against a stand-in for Electron: what a window may and may not do.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { program } from '../../../src-main/contract/program.ts';
import * as electron from '../../support/fake-electron.ts';

vi.mock('electron', () => electron);

const ownPage = 'velatura://studio/index.html';
const home = mkdtempSync(join(tmpdir(), 'velatura-electron-'));
let window: electron.BrowserWindow;

beforeAll(async () => {
  vi.stubEnv('VELATURA_HOME', home);
  vi.stubEnv('VELATURA_NODE', '');
  await import('../../../src-main/hosts/electron/main.ts');
  await vi.waitUntil(() => electron.BrowserWindow.opened.length === 1, { timeout: 60_000 });
  [window] = electron.BrowserWindow.opened as [electron.BrowserWindow];
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Emits a navigation and tells whether the host prevented it. */
function isPrevented(event: string, url: string): boolean {
  let prevented = false;
  window.webContents.emit(event, { url, preventDefault: () => (prevented = true) });
  return prevented;
}

const pageFrame = { url: ownPage, parent: null };
const strangers: readonly (readonly [string, unknown])[] = [
  ['a foreign page', { url: 'https://evil.example/', parent: null }],
  ['a frame within the page', { url: ownPage, parent: {} }],
  ['a frame that is gone', null],
];

function ask(senderFrame: unknown, call: unknown, channel = 'studio'): unknown {
  return electron.ipcMain.call(channel, { senderFrame, sender: window.webContents }, call);
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

  test('leaves the keys of painting to the page', async () => {
    expect(electron.Menu.set).toBeNull();
    const { setMenu } = await import('../../../src-main/hosts/electron/menu.ts');
    setMenu('darwin');
    expect(JSON.stringify(electron.Menu.set)).not.toMatch(/undo|redo|reload|zoom|viewMenu/i);
  });

  test('loads its page again when it crashed, and not when it was closed', () => {
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(window.webContents.reloads).toBe(0);
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(window.webContents.reloads).toBe(1);
  });

  test('remembers where it stood, and stands there again where a screen shows it', async () => {
    window.emit('close');
    await expect.poll(() => existsSync(join(home, 'window.json'))).toBe(true);
    const { readWindowPlace } = await import('../../../src-main/hosts/electron/window-state.ts');
    expect(await readWindowPlace(home)).toEqual({ bounds: { x: 10, y: 20, width: 900, height: 700 }, isMaximized: false });
    vi.spyOn(electron.screen, 'getAllDisplays').mockReturnValueOnce([{ workArea: { x: 5000, y: 0, width: 800, height: 600 } }]);
    expect((await readWindowPlace(home)).bounds).not.toHaveProperty('x');
  });
});

describe('a question', () => {
  const call = { id: 3, method: 'status' };

  test('of the page is answered', async () => {
    expect(await ask(pageFrame, call)).toMatchObject({
      id: 3,
      result: { ok: true, value: { version: program.version, host: 'electron', engine: 'answering' } },
    });
    expect(electron.forked).toEqual([[expect.stringMatching(/child\.js$/), 'engine']]);
  });

  test.each([...strangers.map(([who, frame]) => [who, frame, call] as const), ['the page, when it is no question', pageFrame, { id: 1, method: 'constructor' }] as const])(
    'of %s is refused',
    async (_, frame, asked) => {
      await expect(ask(frame, asked)).rejects.toThrow('Not a question of the studio.');
    },
  );
});

describe('a dialog', () => {
  test('answers what the artist chose, and opens in that folder the next time', async () => {
    electron.dialog.next = ['/pictures/a.png', '/pictures/b.png'];
    expect(await ask(pageFrame, { multiple: true, kinds: ['png', 'jpg'] }, 'studio:choose-open')).toEqual(['/pictures/a.png', '/pictures/b.png']);
    expect(electron.dialog.shown.at(-1)).toMatchObject({ properties: ['openFile', 'multiSelections'], filters: [{ extensions: ['png', 'jpg'] }] });
    electron.dialog.next = [];
    expect(await ask(pageFrame, { name: 'print.png' }, 'studio:choose-save')).toBeUndefined();
    expect(electron.dialog.shown.at(-1)).toMatchObject({ defaultPath: join('/pictures', 'print.png') });
    expect(JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'))).toMatchObject({ recentFolder: '/pictures' });
  });

  test('chooses a folder, or a new one', async () => {
    electron.dialog.next = ['/disk/art'];
    expect(await ask(pageFrame, undefined, 'studio:choose-folder')).toBe('/disk/art');
    expect(electron.dialog.shown.at(-1)).toEqual({ properties: ['openDirectory', 'createDirectory', 'promptToCreate'] });
    electron.dialog.next = [];
    expect(await ask(pageFrame, undefined, 'studio:choose-folder')).toBeUndefined();
  });

  test.each([
    ['studio:choose-open', { multiple: true, kinds: ['*'] }],
    ['studio:choose-open', null],
    ['studio:choose-save', { name: '../../.bashrc' }],
    ['studio:choose-save', { name: '' }],
  ])('%s is not opened for %o', async (channel, options) => {
    const before = electron.dialog.shown.length;
    await expect(ask(pageFrame, options, channel)).rejects.toThrow();
    expect(electron.dialog.shown).toHaveLength(before);
  });

  test.each(strangers)('is not opened for %s', async (_, frame) => {
    await expect(ask(frame, { multiple: false, kinds: [] }, 'studio:choose-open')).rejects.toThrow('Not a question of the studio.');
    await expect(ask(frame, { name: 'a.png' }, 'studio:choose-save')).rejects.toThrow('Not a question of the studio.');
    await expect(ask(frame, undefined, 'studio:choose-folder')).rejects.toThrow('Not a question of the studio.');
  });
});

describe('a notification of the system', () => {
  const notice = { title: 'Export: Large print', body: 'Exported to /prints/large.png.' };

  test('says what the page says, and brings the window to the front when it is clicked', async () => {
    await ask(pageFrame, notice, 'studio:notice');
    const shown = electron.Notification.shown.at(-1);
    expect(shown?.options).toEqual(notice);
    window.isMinimized = () => true;
    window.wasFocused = false;
    shown?.emit('click');
    expect([window.wasRestored, window.wasFocused]).toEqual([true, true]);
    expect(electron.app.programId).toBe('org.velatura.studio');
  });

  test.each([...strangers.map(([who, frame]) => [who, frame, notice] as const), ['the page, without words', pageFrame, { title: '', body: 'x' }], ['the page, endlessly', pageFrame, { title: 'x', body: 'x'.repeat(5000) }]] as const)('of %s is not shown', async (_, frame, asked) => {
    const before = electron.Notification.shown.length;
    await expect(ask(frame, asked, 'studio:notice')).rejects.toThrow();
    expect(electron.Notification.shown).toHaveLength(before);
  });

  test('is left out where the system has none', async () => {
    const before = electron.Notification.shown.length;
    electron.Notification.supported = false;
    await ask(pageFrame, notice, 'studio:notice');
    electron.Notification.supported = true;
    expect(electron.Notification.shown).toHaveLength(before);
  });
});

describe('events', () => {
  const change = (theme: string) => ask(pageFrame, { id: 1, method: 'settings.change', params: { theme } });
  const heard = () => window.webContents.heard.map(([, event]) => event);
  const takeAll = (from: unknown): void => {
    for (let i = 0; i < 100; i++) electron.ipcMain.sent.emit('studio:taken', { sender: window.webContents, senderFrame: from });
  };

  test('reach the page, and no more at once than it takes', async () => {
    takeAll(pageFrame);
    window.webContents.heard.length = 0;
    for (let i = 0; i < 50; i++) await change(i % 2 ? 'dark' : 'light');
    expect(heard()).toHaveLength(32);
    takeAll({ url: 'https://evil.example/', parent: null });
    expect(heard()).toHaveLength(32);
    takeAll(pageFrame);
    expect(heard()).toHaveLength(33);
    expect(heard().at(-1)).toMatchObject({ kind: 'settings', settings: { theme: 'dark' } });
  });

  test('go nowhere while the window shows anything else', async () => {
    takeAll(pageFrame);
    window.webContents.heard.length = 0;
    window.webContents.url = 'https://evil.example/';
    await change('dark');
    expect(heard()).toEqual([]);
    window.webContents.url = ownPage;
  });
});

test('the preload script lends the page its calls, events, paths and dialogs, and nothing else', async () => {
  await import('../../../src-main/hosts/electron/preload.ts');
  const bridge = electron.exposed['velatura'] ?? {};
  expect(Object.keys(electron.exposed)).toEqual(['velatura']);
  expect(Object.keys(bridge).sort()).toEqual(['call', 'chooseFolder', 'chooseOpen', 'chooseSave', 'notify', 'onEvent', 'pathOf', 'restart']);
  await bridge['call']?.(...([{ id: 1, method: 'status' }] as never[]));
  expect(electron.sent).toEqual([['studio', { id: 1, method: 'status' }]]);
  const events: unknown[] = [];
  bridge['onEvent']?.(...([(event: unknown) => events.push(event)] as never[]));
  electron.ipcRenderer.deliver('studio:event', { kind: 'styles.changed' });
  expect([events, electron.sent.at(-1)]).toEqual([[{ kind: 'styles.changed' }], ['studio:taken']]);
});

test('the page, and nobody else, has the program end and start again', () => {
  for (const [, frame] of strangers) expect(() => ask(frame, undefined, 'studio:restart')).toThrow('Not a question of the studio.');
  expect([electron.app.relaunches, electron.app.hasQuit]).toEqual([0, false]);
  ask(pageFrame, undefined, 'studio:restart');
  expect([electron.app.relaunches, electron.app.hasQuit]).toEqual([1, true]);
  electron.app.hasQuit = false;
});

describe('a folder of the artist’s that is gone', () => {
  const gone = () => Promise.all([import('../../../src-main/hosts/electron/find-home.ts'), import('../../../src-main/contract/fault.ts')]);

  test('is said, and looked for again as often as they ask', async () => {
    const [{ findHome }, { StudioError }] = await gone();
    electron.dialog.pressed = [0, 0];
    let looks = 0;
    const found = findHome(() => {
      if (++looks < 3) throw new StudioError('home.gone', { place: '/disk/art', pointer: '/p/home.json' });
      return 'there';
    });
    expect([found, looks]).toEqual(['there', 3]);
    expect(electron.dialog.shown.at(-1)).toMatchObject({ message: expect.stringContaining('/disk/art is not there') as string, detail: expect.stringContaining('/p/home.json') as string, buttons: ['Look again', 'Close'] });
  });

  test('ends the program where they give up, and other failures are thrown on', async () => {
    const [{ findHome }, { StudioError }] = await gone();
    electron.dialog.pressed = [1];
    expect(findHome(() => { throw new StudioError('home.gone', { place: '/disk/art', pointer: '/p' }); })).toBeUndefined();
    expect(() => findHome(() => { throw new TypeError('no'); })).toThrow(TypeError);
  });
});

test('the program waits with its end until the studio has closed, however often it is asked', async () => {
  let waits = 0;
  const ask = (): void => void electron.app.emit('will-quit', { preventDefault: () => (waits += 1) });
  ask();
  ask();
  expect([waits, electron.app.hasQuit]).toEqual([2, false]);
  await expect.poll(() => electron.app.hasQuit).toBe(true);
  ask();
  expect(waits).toBe(2);
});

test('a second instance quits and opens nothing', async () => {
  vi.resetModules();
  electron.app.isFirst = false;
  electron.app.hasQuit = false;
  await import('../../../src-main/hosts/electron/main.ts');
  expect(electron.app.hasQuit).toBe(true);
  expect(electron.BrowserWindow.opened).toHaveLength(1);
});

test('a step of megabytes reaches the studio whole', async () => {
  type Answer = { readonly result: { readonly ok: boolean; readonly value: { readonly record: { readonly id: string; readonly name: string } } } };
  const created = (await ask(pageFrame, { id: 1, method: 'documents.create', params: { name: 'n0', width: 64, height: 64 } })) as Answer;
  const { id } = created.result.value.record;
  const names = Array.from({ length: 4001 }, (_, index) => `n${index}`.padEnd(index === 0 ? 0 : 400, '.'));
  const changes = names.slice(1).map((after, index) => ({ path: ['name'], before: names[index], after }));
  const entry = { id: 'large', parent: 'first', label: { key: 'document.rename' }, at: new Date().toISOString(), changes };
  expect(JSON.stringify(entry).length).toBeGreaterThan(3_000_000);
  expect(await ask(pageFrame, { id: 2, method: 'documents.commit', params: { document: id, entry } })).toMatchObject({ result: { ok: true } });
  const opened = (await ask(pageFrame, { id: 3, method: 'documents.open', params: { document: id } })) as Answer;
  expect(opened.result.value.record.name).toBe(names.at(-1));
});
