// What npm start shows where Electron cannot be had: the real page in a real browser, from start to Ctrl-C.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { program } from '../../../src-main/contract/program.ts';
import { openChromium } from '../../support/chromium.ts';

const repository = resolve(import.meta.dirname, '../../..');
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

/** The words of one line of the host's panel, once they are no longer `transient`. */
async function stateOf(line: 'connection' | 'engine', transient: RegExp): Promise<string> {
  const place = page.locator(`[data-state=${line}]`);
  await place.filter({ hasNotText: transient }).waitFor();
  return (await place.innerText()).trim();
}

beforeAll(async () => {
  host = spawn(process.execPath, [join(repository, 'build/start.mjs'), '--browser', '--no-open'], { stdio: 'pipe' });
  [address, browser] = await Promise.all([printedAddress(), openChromium()]);
});

afterEach(async () => {
  await page?.close();
  complaints = [];
});

afterAll(async () => {
  await browser?.close();
  host?.kill('SIGKILL');
});

describe('the page of the browser host', () => {
  test('connects, tells the state of the host and complains of nothing', async () => {
    await openPage(address);
    expect(await stateOf('connection', /connecting/)).toBe('connected');
    expect(await stateOf('engine', /not known/)).toBe('answers');
    const text = await page.locator('main').innerText();
    expect(text).toContain(program.version);
    expect(text).toContain(`Node ${process.versions.node}`);
    expect(complaints).toEqual([]);
  });

  test('says that it is refused when the key in the address is wrong', async () => {
    await openPage(address.replace(/#.*/, '#wrong'));
    expect(await stateOf('connection', /connecting/)).toMatch(/^refused/);
    expect(await page.locator('[data-state=engine]').innerText()).toBe('not known');
    expect(complaints).toEqual([]);
  });

  test('copies a command', async () => {
    await openPage(address);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy' }).first().click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^npm run velatura -- teach /);
  });

  test('speaks Chinese to who reads Chinese, and English on request', async () => {
    await openPage(address, 'zh-CN');
    await page.getByRole('heading', { name: '现在能做什么' }).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'What works today' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(complaints).toEqual([]);
  });

  test('fits a narrow window without scrolling sideways', async () => {
    await openPage(address);
    await page.setViewportSize({ width: 420, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(420);
  });

  test('runs no script that is not its own', async () => {
    await openPage(address);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.intruded = true';
      document.body.append(script);
      return 'intruded' in window;
    });
    expect(ran).toBe(false);
  });

  test('says that the connection is lost when the host ends, which Ctrl-C does cleanly', async () => {
    await openPage(address);
    expect(await stateOf('connection', /connecting/)).toBe('connected');
    host.kill('SIGINT');
    const [code] = await once(host, 'exit');
    expect(code).toBe(0);
    expect(output).toContain('Closed.');
    expect(await stateOf('connection', /^connected|connecting/)).toMatch(/^lost/);
  });
});
