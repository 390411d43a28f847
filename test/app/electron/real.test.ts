// The real Electron, where its runtime is installed and there is a display: what the stand-in cannot show.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { electronProgram } from '../../../build/electron-runtime.mjs';
import { buildIfStale } from '../../../build/freshness.mjs';

const repository = resolve(import.meta.dirname, '../../..');
// Never by importing electron: outside of itself that would fetch the runtime.
const program = electronProgram();
const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);

describe.runIf(program !== undefined && hasDisplay)('the studio in Electron (skipped where its runtime or a display is missing)', () => {
  const home = mkdtempSync(join(tmpdir(), 'velatura-electron-'));
  const complaints: string[] = [];
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    buildIfStale('out/main/index.js');
    const env = { ...process.env, VELATURA_HOME: home, VELATURA_NODE: process.execPath } as Record<string, string>;
    app = await _electron.launch({ executablePath: program ?? '', args: [repository], env });
    page = await app.firstWindow();
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.waitForLoadState('domcontentloaded');
  });

  afterAll(async () => {
    await app?.close();
    rmSync(home, { recursive: true, force: true });
  });

  test('opens its page without Node in it, isolated from other origins', async () => {
    expect(page.url()).toMatch(/^velatura:\/\/studio\//);
    expect(await page.evaluate(() => [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process'), globalThis.crossOriginIsolated])).toEqual(['undefined', 'undefined', true]);
    expect(complaints).toEqual([]);
  });

  test('has an engine that answers over the bridge', async () => {
    const reply = await page.evaluate(() => window.velatura?.call({ id: 1, method: 'status' }));
    expect(reply?.result).toMatchObject({ ok: true, value: { host: 'electron', engine: 'answering' } });
  });

  test('takes pixels over its own scheme and gives them back', async () => {
    const back = await page.evaluate(async () => {
      const reply = await window.velatura?.call({ id: 2, method: 'documents.create', params: { name: 'T', width: 8, height: 8 } });
      if (!reply?.result.ok) return undefined;
      const { record } = reply.result.value as { record: { id: string } };
      const body = new Blob([Uint8Array.of(3, 0, 0, 0, 7, 8, 9)]);
      const [id] = (await (await fetch(`/assets/${record.id}`, { method: 'POST', body })).json()) as string[];
      return [...new Uint8Array(await (await fetch(`/assets/${record.id}/${id}`)).arrayBuffer())];
    });
    expect(back).toEqual([7, 8, 9]);
  });

  test('goes nowhere else', async () => {
    await page.evaluate(() => window.location.assign('https://example.invalid/'));
    expect(page.url()).toMatch(/^velatura:\/\/studio\//);
    expect(await page.evaluate(() => window.open('https://example.invalid/'))).toBeNull();
    expect(app.windows()).toHaveLength(1);
  });
});

test('the path of the runtime is read without loading it', () => {
  expect(program === undefined || existsSync(program)).toBe(true);
});
