// Stands in for the electron module: records what the host sets up, so that a test can act as Electron and as the page.
import { EventEmitter } from 'node:events';

type Handler = (...args: never[]) => unknown;

/** A window's contents; a test emits navigation events on it. */
export class FakeContents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | undefined;

  setWindowOpenHandler(handler: FakeContents['openHandler']): void {
    this.openHandler = handler;
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly opened: BrowserWindow[] = [];
  static getAllWindows = (): BrowserWindow[] => BrowserWindow.opened;
  readonly options: { readonly webPreferences: Readonly<Record<string, unknown>> };
  readonly loaded: string[] = [];
  readonly webContents = new FakeContents();
  wasFocused = false;

  constructor(options: BrowserWindow['options']) {
    super();
    this.options = options;
    BrowserWindow.opened.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    return Promise.resolve();
  }

  show(): void {}
  restore(): void {}
  isMinimized = (): boolean => false;

  focus(): void {
    this.wasFocused = true;
  }
}

class FakeApp extends EventEmitter {
  isFirst = true;
  isSandboxed = false;
  hasQuit = false;
  requestSingleInstanceLock = (): boolean => this.isFirst;
  whenReady = (): Promise<void> => Promise.resolve();
  exit = (): void => undefined;

  enableSandbox(): void {
    this.isSandboxed = true;
  }

  quit(): void {
    this.hasQuit = true;
  }
}

/** Handlers by the name under which the host registered them. */
export class Registry {
  readonly handlers = new Map<string, Handler>();

  handle(name: string, handler: Handler): void {
    this.handlers.set(name, handler);
  }

  /** Calls a handler as Electron would. */
  call(name: string, ...args: unknown[]): unknown {
    const handler = this.handlers.get(name);
    if (!handler) throw new Error(`Nothing handles ${name}.`);
    return handler(...(args as never[]));
  }
}

export const app = new FakeApp();
export const ipcMain = new Registry();
export const schemes: { scheme: string; privileges: Readonly<Record<string, boolean>> }[] = [];
export const protocol = { registerSchemesAsPrivileged: (added: typeof schemes): void => void schemes.push(...added) };

/** A child that answers every question with the fixed result a test sets. */
class FakeChild extends EventEmitter {
  static answer: unknown = { ok: true, value: { runtime: 'test' } };
  readonly pid = 1;
  kill = (): boolean => this.emit('exit', 0);

  postMessage({ id }: { id: number }): void {
    queueMicrotask(() => this.emit('message', { id, result: FakeChild.answer }));
  }
}

export const forked: string[] = [];
export const utilityProcess = {
  fork: (script: string): FakeChild => {
    forked.push(script);
    return new FakeChild();
  },
};

export const permissions = new Registry();
export const session = {
  defaultSession: {
    protocol: new Registry(),
    setPermissionRequestHandler: (handler: Handler): void => permissions.handle('request', handler),
    setPermissionCheckHandler: (handler: Handler): void => permissions.handle('check', handler),
  },
};

/** What the preload script exposed to the page, and what the page then sent. */
export const exposed: Record<string, Record<string, Handler>> = {};
export const sent: unknown[][] = [];
export const contextBridge = {
  exposeInMainWorld: (name: string, api: Record<string, Handler>): void => void (exposed[name] = api),
};
export const ipcRenderer = { invoke: (...args: unknown[]): Promise<unknown> => Promise.resolve(sent.push(args)) };
