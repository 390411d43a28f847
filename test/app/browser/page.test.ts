// What npm start shows where Electron cannot be had: the real page in a real browser, from start to Ctrl-C, and strangers beside it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openChromium } from '../../support/chromium.ts';

const repository = resolve(import.meta.dirname, '../../..');
const home = mkdtempSync(join(tmpdir(), 'velatura-page-'));
let host: ChildProcess;
let output = '';
let address: string;
let browser: Browser;
let page: Page;
let complaints: string[] = [];

/** Waits for the address in what the host prints. */
function printedAddress(): Promise<string> {
  return new Promise((found, reject) => {
    host.once('exit', (code) => reject(new Error(`The host ended with ${code}: ${output}`)));
    const take = (part: Buffer): void => {
      output += String(part);
      const match = /http:\/\/127\.0\.0\.1:\d+\/#[\w-]+/.exec(output);
      if (match) found(match[0]);
    };
    host.stdout?.on('data', take);
    host.stderr?.on('data', take);
  });
}

async function openPage(url: string, locale = 'en-GB'): Promise<void> {
  page = await browser.newPage({ locale, viewport: { width: 1280, height: 800 } });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
}

const state = (line: 'connection' | 'engine', words: RegExp): Promise<void> => page.locator(`[data-state=${line}]`).filter({ hasText: words }).waitFor();

beforeAll(async () => {
  host = spawn(process.execPath, [join(repository, 'build/start.mjs'), '--browser', '--no-open'], { stdio: 'pipe', env: { ...process.env, VELATURA_HOME: home } });
  [address, browser] = await Promise.all([printedAddress(), openChromium()]);
});

afterEach(async () => {
  await page?.close();
  complaints = [];
});

afterAll(async () => {
  await browser?.close();
  // Handed on to the host behind it, which a harder end would leave running.
  if (host?.kill('SIGTERM') && host.exitCode === null) await once(host, 'exit');
  rmSync(home, { recursive: true, force: true });
});

describe('the page of the browser host', () => {
  test('connects, has an engine that answers, is isolated, and complains of nothing', async () => {
    await openPage(address);
    await state('engine', /Engine ready/);
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('shows the pictures of the gallery, which only its key opens', async () => {
    await openPage(address);
    await state('engine', /Engine ready/);
    const sizes = await page.evaluate(async (key) => {
      const socket = new WebSocket(`ws://${location.host}/studio`);
      const answer = await new Promise<{ result: { value: { thumbnail: string }[] } }>((found) => {
        socket.onopen = () => socket.send(JSON.stringify({ token: key }));
        socket.onmessage = ({ data }) => ('id' in JSON.parse(String(data)) ? found(JSON.parse(String(data))) : socket.send('{"id":1,"method":"styles.list"}'));
      });
      const at = `/pictures/${answer.result.value[0]?.thumbnail}`;
      const [without, withKey] = [await fetch(at), await fetch(at, { headers: { Authorization: `Bearer ${key}` } })];
      return [without.status, withKey.status, (await createImageBitmap(await withKey.blob())).width > 0];
    }, address.split('#')[1] ?? '');
    expect(sizes).toEqual([401, 200, true]);
  });

  test('says that it is refused when the key in the address is wrong', async () => {
    await openPage(address.replace(/#.*/, '#wrong'));
    await state('connection', /^Refused/);
    expect(await page.locator('[data-state=engine]').count()).toBe(0);
  });

  test('speaks Chinese to who reads Chinese', async () => {
    await openPage(address, 'zh-CN');
    await state('engine', /\p{Script=Han}/u);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(complaints).toEqual([]);
  });

  test('runs no script that is not its own, and asks nobody else', async () => {
    await openPage(address);
    const outcome = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.intruded = true';
      document.body.append(script);
      // Words as code, later: what runs within evaluate itself is let through.
      (setTimeout as (code: string) => void)('window.evaluated = true');
      await new Promise((done) => setTimeout(done, 100));
      const away = await fetch('http://127.0.0.1:9/').then(() => 'answered', () => 'refused');
      return ['intruded' in window, 'evaluated' in window, away];
    });
    expect(outcome).toEqual([false, false, 'refused']);
    expect(complaints.some((words) => words.includes('connect-src'))).toBe(true);
  });
});

describe('a foreign page in the same browser, even with the key', () => {
  let stranger: Server;
  let strange: string;

  beforeAll(async () => {
    stranger = createServer((_request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html>evil'));
    await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
    strange = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
  });

  afterAll(() => void stranger.close());

  test('reads nothing, sends nothing, opens no socket and shows no frame', async () => {
    await openPage(strange);
    const outcome = await page.evaluate(
      async ([own = '', key = '']) => {
        const headers = { Authorization: `Bearer ${key}` };
        const told = (asked: Promise<unknown>): Promise<string> => asked.then(() => 'answered', () => 'refused');
        const socket = await new Promise<string>((found) => {
          const line = new WebSocket(`${own.replace('http', 'ws')}studio`);
          line.onopen = () => found('opened');
          line.onerror = () => found('refused');
        });
        const frame = await new Promise<string>((found) => {
          const inner = document.createElement('iframe');
          inner.onload = () => found(inner.contentDocument === null ? 'refused' : 'shown');
          inner.src = own;
          document.body.append(inner);
        });
        const read = await told(fetch(`${own}pictures/${'a'.repeat(64)}`, { headers }));
        const page = await told(fetch(own));
        const simple = await fetch(`${own}uploads`, { method: 'POST', body: 'x', mode: 'no-cors' }).then(({ type }) => type, () => 'refused');
        return { read, page, simple, socket, frame };
      },
      [address.split('#')[0] ?? '', address.split('#')[1] ?? ''],
    );
    expect(outcome).toMatchObject({ read: 'refused', page: 'refused', socket: 'refused', frame: 'refused' });
    expect(['refused', 'opaque']).toContain(outcome.simple);
    expect(complaints.join('\n')).toMatch(/403|blocked|refused/i);
  });
});

test('the page says that the connection is lost when the host ends, which Ctrl-C does cleanly', async () => {
  await openPage(address);
  await state('engine', /Engine ready/);
  host.kill('SIGINT');
  const [code] = await once(host, 'exit');
  expect(code).toBe(0);
  expect(output).toContain('Closed.');
  await state('connection', /lost/);
});
