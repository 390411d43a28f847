// Drives the real studio in a real browser as a person does: by the names of its controls, waiting for what is seen.
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Download, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterEach, vi } from 'vitest';
import { openChromium } from './chromium.ts';
import { startStudioHost, type StudioHost } from './studio-host.ts';
import { openStudioWire, type StudioWire } from './studio-wire.ts';

/** Generous: two cores may be busy with other things. */
export const patienceMs = Number(process.env['STUDIO_PATIENCE_MS'] ?? 60_000);

// Every step of a journey has that patience; a whole one has some of them.
vi.setConfig({ testTimeout: 5 * patienceMs, hookTimeout: 5 * patienceMs });

export interface PenPoint {
  /** Document px. */
  readonly x: number;
  readonly y: number;
  /** 0..1 */
  readonly pressure?: number;
}

export interface RawPicture {
  readonly width: number;
  readonly height: number;
  /** 8-bit RGB, row by row. */
  readonly data: Uint8Array;
}

export interface StudioDriver {
  readonly host: StudioHost;
  readonly page: Page;
  /** Errors and warnings of the page's console, and exceptions nobody caught. */
  readonly complaints: string[];
  /** Opens the page anew at the host's address; a host that was started again has another. */
  reopen(): Promise<void>;
  /** A second line to the host, for what a person cannot see. */
  wire(): Promise<StudioWire>;
  /** Drops a file as from the desktop. */
  drop(name: string, bytes: Uint8Array, onto?: Locator): Promise<void>;
  /** Drops a picture onto the start screen and waits for the canvas. */
  openPicture(name: string, bytes: Uint8Array): Promise<void>;
  /** "Paint", "Compare" or "Teach". */
  workspace(name: string): Promise<void>;
  /** Chooses from the menus, e.g. "Layer", "New layer", "New paint layer". */
  menu(...names: readonly string[]): Promise<void>;
  /** Types into a number's field. */
  setNumber(label: string, value: number, within?: Locator): Promise<void>;
  chooseLayer(name: string): Promise<void>;
  /** A click on a card of the gallery. */
  addGlaze(style: RegExp): Promise<void>;
  /** One stroke of a pen with pressure, which is told to the host. */
  stroke(points: readonly PenPoint[]): Promise<void>;
  /** The pen alone: the stroke may still be on its way into the document. */
  pen(points: readonly PenPoint[]): Promise<void>;
  /** Does something that makes a step, or goes to one, some time later; the host has been told of it when the promise is kept. */
  tells(action: () => Promise<unknown>): Promise<void>;
  /** All steps are on disk. */
  saved(): Promise<void>;
  /** Names in the history panel, oldest first. */
  steps(): Promise<string[]>;
  download(action: () => Promise<unknown>): Promise<{ readonly name: string; readonly bytes: Buffer }>;
  /** The document as the screen shows it, at 1:1. */
  screen(): Promise<RawPicture>;
  /** The document as the host flattens it, nothing waiting to be painted. */
  flattened(): Promise<RawPicture>;
  /** Waits until the screen and a whole render differ nowhere by more than 1/255. */
  agrees(): Promise<void>;
  /** A picture of the window, for people to look at. */
  shoot(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface DriverOptions {
  readonly locale?: string;
  readonly home?: string;
  /** Below `home`, as on an artist's machine. */
  readonly inStandardFolder?: boolean;
}

/** Where pictures of the window go: $VELATURA_SCREENS, else .work/screens. */
const screens = process.env['VELATURA_SCREENS'] ?? resolve(import.meta.dirname, '../../.work/screens');

/** Starts a host and opens its page; the engine has answered when the promise is kept. */
export async function openStudio({ locale = 'en-GB', home, inStandardFolder = false }: DriverOptions = {}): Promise<StudioDriver> {
  const [host, browser] = await Promise.all([startStudioHost(home, { inStandardFolder }), openChromium()]);
  const context = await browser.newContext({ locale, viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  const complaints: string[] = [];
  page.on('console', (message) => {
    const isLostLine = message.text().startsWith('WebSocket connection to'); // The host is being started again.
    if (['error', 'warning'].includes(message.type()) && !isLostLine) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  const studio = { ...driverOf(host, browser, page, countSteps(page)), complaints };
  await studio.reopen();
  return studio;
}

/** Counts the steps, and the moves between them, that the page tells its host. */
function countSteps(page: Page): () => number {
  let count = 0;
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => (count += Number(/"documents\.(commit|move)"/.test(String(payload))))));
  return () => count;
}

function driverOf(host: StudioHost, browser: Browser, page: Page, steps: () => number): Omit<StudioDriver, 'complaints'> {
  let line: StudioWire | undefined;
  const surface = page.locator('.surface[role=application]');
  const byName = (role: 'button' | 'textbox', name: string, within: Page | Locator = page): Locator => within.getByRole(role, { name, exact: true });
  const wire = async (): Promise<StudioWire> => {
    if (!line?.isOpen()) line = await openStudioWire(host.address()); // The host was started again.
    return line;
  };
  const saved = (): Promise<void> => page.locator('[data-state=saved]').filter({ hasText: /^(saved|已保存)$/ }).waitFor();

  async function drop(name: string, bytes: Uint8Array, onto: Locator = page.locator('.window')): Promise<void> {
    const transfer = await page.evaluateHandle(
      ([label = '', text = '']) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], label));
        return data;
      },
      [name, Buffer.from(bytes).toString('base64')],
    );
    for (const type of ['dragenter', 'dragover', 'drop']) await onto.dispatchEvent(type, { dataTransfer: transfer });
  }

  const flattened = async (): Promise<RawPicture> => {
    const [{ width, height }, wired] = [await extent(page), await wire()];
    const document = await openDocumentId(wired);
    const { picture } = await wired.ask('pictures.flatten', { document, longSidePx: Math.max(width, height) });
    return rawOf(await wired.fetch(`/pictures/${picture}`));
  };
  const screen = async (): Promise<RawPicture> => {
    const place = await placing(page, surface);
    if (place.zoom !== 1) throw new Error(`The picture stands at ${place.zoom}, not at 1:1.`);
    const { left, top, width, height } = place;
    return rawOf(await page.screenshot({ clip: { x: left, y: top, width, height } }));
  };

  async function pen(points: readonly PenPoint[]): Promise<void> {
    const place = await placing(page, surface);
    const pen = await page.context().newCDPSession(page);
    const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', { x, y, pressure = 0.5 }: PenPoint, buttons: number) =>
      pen.send('Input.dispatchMouseEvent', { type, x: place.left + x * place.zoom, y: place.top + y * place.zoom, button: 'left', buttons, force: pressure, pointerType: 'pen', clickCount: 1 });
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last) return;
    await send('mousePressed', first, 1);
    for (const point of points.slice(1)) await send('mouseMoved', point, 1);
    await send('mouseReleased', last, 0);
    await pen.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x: 2, y: 790, button: 'none', buttons: 0, pointerType: 'pen' }); // Its outline leaves the picture.
    await pen.detach();
  }

  async function tells(action: () => Promise<unknown>): Promise<void> {
    const before = steps();
    await action();
    await vi.waitUntil(() => steps() > before, { timeout: patienceMs });
  }

  return {
    host,
    page,
    wire,
    drop,
    saved,
    screen,
    flattened,
    reopen: async () => {
      await page.goto('about:blank');
      await page.goto(host.address());
      await page.locator('[data-state=engine].answering').waitFor();
    },
    openPicture: async (name, bytes) => {
      await drop(name, bytes);
      await surface.filter({ visible: true }).waitFor();
    },
    workspace: (name) => page.locator('nav').getByRole('button', { name, exact: true }).click(),
    menu: async (...names) => {
      // Keys stand beside the words.
      for (const name of names) await page.getByText(name, { exact: true }).and(page.locator('[role=menuitem], [role=menuitem] span')).last().click();
    },
    setNumber: async (label, value, within) => {
      const field = byName('textbox', label, within);
      await field.fill(String(value));
      await field.press('Enter');
    },
    chooseLayer: (name) => page.getByRole('treeitem', { name: new RegExp(`^${name}[,，]`) }).locator('.name').click(),
    addGlaze: (style) => tells(() => page.locator('[data-style-card]').and(page.getByRole('button', { name: style })).first().click()),
    pen,
    tells,
    stroke: (points) => tells(() => pen(points)),
    steps: async () => (await page.getByRole('list', { name: /Steps of history|历史/ }).locator('.step .words').allTextContents()).map((words) => words.trim()),
    download: async (action) => {
      const [file] = await Promise.all([page.waitForEvent('download'), action()]);
      return { name: file.suggestedFilename(), bytes: await bytesOf(file) };
    },
    agrees: async () => {
      const deadline = Date.now() + patienceMs;
      for (let difference = Infinity; difference > 1; ) {
        if (Date.now() > deadline) throw new Error(`The screen stays ${difference}/255 away from a whole render.`);
        const [whole, shown] = [await flattened(), await screen()];
        difference = largestDifference(whole, shown);
      }
    },
    shoot: async (name) => {
      mkdirSync(screens, { recursive: true });
      await page.screenshot({ path: join(screens, `${name}.png`) });
    },
    close: async () => {
      line?.close();
      await browser.close();
      await host.close();
    },
  };
}

/** A picture of the window beside every test that fails. */
export function shootFailures(studio: () => StudioDriver | undefined): void {
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await studio()?.shoot(`failed ${task.name}`.replaceAll(/\W+/g, '-').slice(0, 80));
  });
}

/** Largest difference of any channel, in 1/255; infinite where the sizes differ. */
export function largestDifference(a: RawPicture, b: RawPicture): number {
  if (a.width !== b.width || a.height !== b.height) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.data.length; i++) largest = Math.max(largest, Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0)));
  return largest;
}

/** Over white where it is see-through. */
export async function rawOf(encoded: Uint8Array): Promise<RawPicture> {
  // Its values as they stand: through a profile the library takes 16 bits by way of Display P3.
  const picture = sharp(encoded, { ignoreIcc: true }).flatten({ background: '#fff' }).removeAlpha();
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

async function bytesOf(file: Download): Promise<Buffer> {
  return readFileSync(await file.path());
}

/** Size of the open document as the status bar says it. */
async function extent(page: Page): Promise<{ readonly width: number; readonly height: number }> {
  const words = (await page.locator('.status > span').first().textContent()) ?? '';
  const [, width = '', height = ''] = /(\d+) × (\d+)/.exec(words) ?? [];
  return { width: Number(width), height: Number(height) };
}

/** Where the document lies on the screen: it is fitted, so its middle is the canvas's. */
async function placing(page: Page, surface: Locator) {
  const box = await surface.boundingBox();
  const { width, height } = await extent(page);
  const zoom = Number(await page.locator('.status select').inputValue());
  if (!box) throw new Error('There is no canvas to be seen.');
  return { left: box.x + box.width / 2 - (width * zoom) / 2, top: box.y + box.height / 2 - (height * zoom) / 2, width, height, zoom };
}

/** The one that the page shows: opened last. */
async function openDocumentId(wire: StudioWire): Promise<string> {
  const [latest] = await wire.ask('documents.list');
  if (!latest) throw new Error('There is no document.');
  return latest.id;
}
