// The built Electron program with its real engine process, run against a stand-in for Electron: assets, events, an end.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildIfStale } from '../../../build/freshness.mjs';
import type { OpenedDocument, GalleryStyle } from '../../../src-main/contract/studio-records.ts';
import type { StudioMethod } from '../../../src-main/contract/studio-api.ts';
import { tileSidePx } from '../../../src-main/contract/document.ts';
import * as electron from '../../support/fake-electron.ts';
import { framed } from '../../support/file-sources.ts';

vi.mock('electron', () => electron);

const built = resolve(import.meta.dirname, '../../../out/main');
const origin = 'velatura://studio';
const home = mkdtempSync(join(tmpdir(), 'velatura-electron-'));
const frame = { url: `${origin}/index.html`, parent: null };
let window: electron.BrowserWindow;

beforeAll(async () => {
  buildIfStale('out/main/index.js');
  vi.stubEnv('VELATURA_HOME', home);
  vi.stubEnv('VELATURA_NODE', process.execPath);
  await import(pathToFileURL(join(built, 'index.js')).href);
  await vi.waitUntil(() => electron.BrowserWindow.opened.length === 1, { timeout: 60_000 });
  [window] = electron.BrowserWindow.opened as [electron.BrowserWindow];
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

async function ask<T>(method: StudioMethod, params?: unknown): Promise<T> {
  const reply = (await electron.ipcMain.call('studio', { senderFrame: frame, sender: window.webContents }, { id: 1, method, params })) as { result: { ok: true; value: T } | { ok: false; fault: unknown } };
  if (!reply.result.ok) throw new Error(`${method}: ${JSON.stringify(reply.result.fault)}`);
  return reply.result.value;
}

function fetchOf(path: string, body?: Uint8Array<ArrayBuffer>): Promise<Response> {
  const request = { url: origin + path, method: body ? 'POST' : 'GET', headers: new Headers(), body: body ? new Blob([body]).stream() : null };
  return electron.session.defaultSession.protocol.call('velatura', request) as Promise<Response>;
}

/** Packages that a built entry loads before it runs. */
function packagesOf(entry: string): string[] {
  const [seen, packages] = [new Set<string>(), new Set<string>()];
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, from, bare] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s[^'";]*?from\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]/gm)) {
      const name = from ?? bare ?? '';
      if (name.startsWith('.')) visit(resolve(dirname(file), name));
      else packages.add(name);
    }
  };
  visit(join(built, entry));
  return [...packages];
}

describe.runIf(process.platform === 'linux')('the built program', () => {
  test('has an engine that answers', async () => {
    expect(await ask('status')).toMatchObject({ host: 'electron', engine: 'answering' });
  });

  test('keeps pixels of a document and gives them back', async () => {
    const { record } = await ask<OpenedDocument>('documents.create', { name: 'Test', width: 300, height: 200 });
    const tile = new Uint8Array(tileSidePx * tileSidePx * 4).fill(7);
    const [id] = (await (await fetchOf(`/assets/${record.id}`, framed(tile))).json()) as string[];
    const back = new Uint8Array(await (await fetchOf(`/assets/${record.id}/${id}`)).arrayBuffer());
    expect(Buffer.from(back).equals(Buffer.from(tile))).toBe(true);
    expect(existsSync(join(home, 'documents', record.id))).toBe(true);
  });

  test('shows the shipped gallery with its pictures', async () => {
    const styles = await ask<GalleryStyle[]>('styles.list');
    expect(styles.length).toBeGreaterThan(20);
    const picture = await fetchOf(`/pictures/${styles[0]?.thumbnail}`);
    expect([picture.status, picture.headers.get('Content-Type')]).toEqual([200, 'image/png']);
  });

  test('tells its window what changes', async () => {
    window.webContents.heard.length = 0;
    await ask('settings.change', { theme: 'light' });
    expect(window.webContents.heard).toEqual([['studio:event', { kind: 'settings', settings: { formatVersion: 1, theme: 'light' } }]]);
  });

  test('names whose work it stands on', async () => {
    const names = (await ask<{ name: string; text: string }[]>('licences')).map(({ name, text }) => [name.split(' ')[0], text.length > 100]);
    for (const name of ['Velatura', 'vue', 'reka-ui', 'sharp', 'onnxruntime-node', '@fontsource-variable/inter']) expect(names).toContainEqual([name, true]);
  });

  test('closes before it quits, and leaves nothing of its session behind', async () => {
    electron.app.emit('will-quit', { preventDefault: () => undefined });
    await expect.poll(() => electron.app.hasQuit).toBe(true);
    expect(existsSync(join(home, 'work')) ? createRequire(import.meta.url)('node:fs').readdirSync(join(home, 'work')) : []).toEqual([]);
  });
});

test('no native library is loaded into the main process', () => {
  expect(packagesOf('index.js')).not.toEqual(expect.arrayContaining(['sharp']));
  expect(packagesOf('index.js')).not.toEqual(expect.arrayContaining(['onnxruntime-node']));
  expect(packagesOf('engine.js')).toEqual(expect.arrayContaining(['sharp', 'onnxruntime-node']));
});

test('the preload script is one file that asks for nothing but electron', () => {
  const script = readFileSync(resolve(built, '../preload/index.cjs'), 'utf8');
  expect([...script.matchAll(/require\((["'])(.*?)\1\)/g)].map(([, , name]) => name)).toEqual(['electron']);
});

test.runIf(process.platform === 'linux')('a child on Linux never finds the native build of the image library', () => {
  const { stderr, status } = spawnSync(process.execPath, [join(built, 'child.js'), 'engine'], { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], timeout: 60_000 });
  const hasOther = existsSync(resolve(built, '../../node_modules/@img/sharp-wasm32'));
  if (hasOther) expect(status).toBe(0);
  else expect(stderr).toContain('Could not load the "sharp" module');
});
