// The studio's page in a Chromium of its own for bench/canvas, spoken to directly: a test driver keeps 100 MB of what each thread has sent.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { chromiumCommand } from '../test/support/chromium.ts';

export interface CanvasPage {
  /** What a JavaScript expression comes to, awaited. Throws an Error with what it throws. */
  evaluate<T>(expression: string): Promise<T>;
  mouse(type: 'mouseMoved' | 'mousePressed' | 'mouseReleased', x: number, y: number): Promise<void>;
  /** Collects what is no longer used on the page and in its workers; bytes of the page's heap after it. */
  collectGarbage(): Promise<number>;
  /** Processes that show pages. */
  renderers(): Promise<number[]>;
  close(): Promise<void>;
}

/** Nothing of its own to do beside the page, no throttling, colours as they are. */
const quietSwitches = [
  '--disable-background-networking', '--disable-component-update', '--disable-extensions', '--disable-breakpad', '--disable-field-trial-config', '--no-first-run',
  '--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding', '--disable-hang-monitor', '--disable-ipc-flooding-protection',
  '--force-color-profile=srgb', '--accept-lang=en-GB',
];

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly sessionId?: string };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Evaluated {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
}

interface Wire {
  ask<T>(method: string, params?: object, session?: string): Promise<T>;
  /** Sessions of workers, as they come. */
  readonly workers: ReadonlySet<string>;
  close(): void;
}

/** Opens a page of this size in CSS px. */
export async function openCanvasPage(address: string, width: number, height: number): Promise<CanvasPage> {
  const profile = mkdtempSync(join(tmpdir(), 'velatura-chromium-'));
  const { path, args } = chromiumCommand();
  const extra = ['--remote-debugging-port=0', `--user-data-dir=${profile}`, ...quietSwitches, 'about:blank'];
  const browser = spawn(path, [...args, ...extra], { stdio: ['ignore', 'ignore', 'pipe'] });
  const wire = await openWire(await printedAddress(browser.stderr));
  const { targetInfos } = await wire.ask<{ targetInfos: { targetId: string; type: string }[] }>('Target.getTargets');
  const { sessionId } = await wire.ask<{ sessionId: string }>('Target.attachToTarget', { targetId: targetInfos.find(({ type }) => type === 'page')?.targetId, flatten: true });
  const onPage = <T>(method: string, params: object = {}): Promise<T> => wire.ask<T>(method, params, sessionId);
  await onPage('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
  await onPage('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
  await onPage('Page.navigate', { url: address });
  let buttons = 0;

  return {
    evaluate: async <T>(expression: string): Promise<T> => {
      const { result, exceptionDetails } = await onPage<Evaluated>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value as T;
    },
    mouse: async (type, x, y) => {
      if (type !== 'mouseMoved') buttons = type === 'mousePressed' ? 1 : 0;
      await onPage('Input.dispatchMouseEvent', { type, x, y, button: type === 'mouseMoved' ? 'none' : 'left', buttons, clickCount: type === 'mouseMoved' ? 0 : 1 });
    },
    collectGarbage: async () => {
      for (const session of [sessionId, ...wire.workers]) await wire.ask('HeapProfiler.collectGarbage', {}, session);
      return (await onPage<{ usedSize: number }>('Runtime.getHeapUsage')).usedSize;
    },
    renderers: async () => {
      const { processInfo } = await wire.ask<{ processInfo: { type: string; id: number }[] }>('SystemInfo.getProcessInfo');
      return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    },
    close: async () => {
      const ended = once(browser, 'exit');
      wire.close();
      browser.kill('SIGKILL');
      await ended;
      await wait(100); // Its children end with it.
      rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

function printedAddress(output: NodeJS.ReadableStream): Promise<string> {
  return new Promise((found, reject) => {
    let text = '';
    output.on('data', (part) => {
      text += String(part);
      const [, address] = /listening on (ws:\/\/\S+)/.exec(text) ?? [];
      if (address) found(address);
    });
    output.on('end', () => reject(new Error(`Chromium did not start: ${text}`)));
  });
}

async function openWire(address: string): Promise<Wire> {
  const socket = new WebSocket(address, { perMessageDeflate: false, maxPayload: 2 ** 28 });
  await once(socket, 'open');
  const waiting = new Map<number, (message: Message) => void>();
  const workers = new Set<string>();
  let lastId = 0;
  const send = (method: string, params: object, sessionId?: string): number => {
    const id = ++lastId;
    socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
    return id;
  };
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    const session = message.params?.sessionId;
    if (session === undefined) return;
    if (message.method === 'Target.attachedToTarget') {
      workers.add(session);
      send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true }, session); // Workers of workers.
    } else if (message.method === 'Target.detachedFromTarget') workers.delete(session);
  });
  return {
    workers,
    ask: <T>(method: string, params: object = {}, session?: string): Promise<T> =>
      new Promise((resolve, reject) => {
        const id = send(method, params, session);
        waiting.set(id, ({ result, error }) => {
          waiting.delete(id);
          if (error) reject(new Error(`${method}: ${error.message}`));
          else resolve(result as T);
        });
      }),
    close: () => socket.close(),
  };
}
