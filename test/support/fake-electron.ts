// Stands in for the electron module: records what the host sets up, so that a test can act as Electron and as the page.
import { EventEmitter } from 'node:events';

type Handler = (...args: never[]) => unknown;

/** A window's contents; a test emits navigation events on it. */
export class FakeContents extends EventEmitter {
  static count = 0;
  readonly id = ++FakeContents.count;
  /** What was sent to the page, as [channel, value]. */
  readonly heard: unknown[][] = [];
  url = '';
  reloads = 0;
  openHandler: ((details: { url: string }) => { action: string }) | undefined;
  getURL = (): string => this.url;
  isDestroyed = (): boolean => false;

  setWindowOpenHandler(handler: FakeContents['openHandler']): void {
    this.openHandler = handler;
  }

  send(channel: string, value: unknown): void {
    this.heard.push([channel, structuredClone(value)]);
  }

  reload(): void {
    this.reloads += 1;
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly opened: BrowserWindow[] = [];
  static getAllWindows = (): BrowserWindow[] => BrowserWindow.opened;
  static fromWebContents = (contents: unknown): BrowserWindow | null => BrowserWindow.opened.find(({ webContents }) => webContents === contents) ?? null;
  readonly options: { readonly webPreferences: Readonly<Record<string, unknown>>; readonly width?: number };
  readonly loaded: string[] = [];
  readonly webContents = new FakeContents();
  wasFocused = false;
  wasRestored = false;
  isMaximized = (): boolean => false;
  isDestroyed = (): boolean => false;
  getNormalBounds = () => ({ x: 10, y: 20, width: 900, height: 700 });

  constructor(options: BrowserWindow['options']) {
    super();
    this.options = options;
    BrowserWindow.opened.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    this.webContents.url = url;
    return Promise.resolve();
  }

  show(): void {}
  maximize(): void {}

  restore(): void {
    this.wasRestored = true;
  }

  isMinimized = (): boolean => false;

  focus(): void {
    this.wasFocused = true;
  }
}

class FakeApp extends EventEmitter {
  isFirst = true;
  isSandboxed = false;
  hasQuit = false;
  isPackaged = false;
  requestSingleInstanceLock = (): boolean => this.isFirst;
  programId = '';
  whenReady = (): Promise<void> => Promise.resolve();
  exit = (): void => undefined;
  relaunches = 0;
  relaunch = (): void => void (this.relaunches += 1);
  getLocale = (): string => 'en-GB';

  enableSandbox(): void {
    this.isSandboxed = true;
  }

  quit(): void {
    this.hasQuit = true;
  }

  setAppUserModelId(id: string): void {
    this.programId = id;
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
/** `on` for what the page sends without waiting for an answer. */
class FakeIpcMain extends Registry {
  readonly sent = new EventEmitter();
  on = (channel: string, listener: (...args: unknown[]) => void): unknown => this.sent.on(channel, listener);
}

export const ipcMain = new FakeIpcMain();
/** The menu that was set last; undefined where none was. */
export const Menu = {
  set: undefined as unknown,
  buildFromTemplate: (template: unknown): unknown => template,
  setApplicationMenu: (menu: unknown): void => void (Menu.set = menu),
};
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
/** What the artist will choose next, and what the dialogs were opened with. */
export const dialog = {
  next: [] as string[],
  shown: [] as unknown[],
  /** What the artist presses in message boxes, one after another. */
  pressed: [] as number[],
  showMessageBoxSync: (options: unknown): number => {
    dialog.shown.push(options);
    return dialog.pressed.shift() ?? 1;
  },
  showOpenDialog: (_window: unknown, options: unknown) => {
    dialog.shown.push(options);
    return Promise.resolve({ canceled: dialog.next.length === 0, filePaths: dialog.next });
  },
  showSaveDialog: (_window: unknown, options: unknown) => {
    dialog.shown.push(options);
    return Promise.resolve({ canceled: dialog.next.length === 0, filePath: dialog.next[0] ?? '' });
  },
};
/** A notification of the system; a test clicks it by emitting `click`. */
export class Notification extends EventEmitter {
  static readonly shown: Notification[] = [];
  static supported = true;
  static isSupported = (): boolean => Notification.supported;
  readonly options: { readonly title: string; readonly body: string };

  constructor(options: Notification['options']) {
    super();
    this.options = options;
  }

  show(): void {
    Notification.shown.push(this);
  }
}

export const schemes: { scheme: string; privileges: Readonly<Record<string, boolean>> }[] = [];
export const protocol = { registerSchemesAsPrivileged: (added: typeof schemes): void => void schemes.push(...added) };

/** A child that answers every question with the fixed result a test sets. */
class FakeChild extends EventEmitter {
  static answer: unknown = { ok: true, value: { runtime: 'test' } };
  readonly pid = 1;
  kill = (): boolean => this.emit('exit', 0);

  postMessage({ id }: { id: number }): void {
    queueMicrotask(() => this.emit('message', { kind: 'reply', id, result: FakeChild.answer }));
  }
}

export const forked: (readonly string[])[] = [];
export const utilityProcess = {
  fork: (script: string, args: readonly string[]): FakeChild => {
    forked.push([script, ...args]);
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
const toPage = new EventEmitter();
export const ipcRenderer = {
  invoke: (...args: unknown[]): Promise<unknown> => Promise.resolve(sent.push(args)),
  send: (...args: unknown[]): void => void sent.push(args),
  on: (channel: string, listener: (...args: unknown[]) => void): unknown => toPage.on(channel, listener),
  /** Sends to the page as the main process would. */
  deliver: (channel: string, value: unknown): boolean => toPage.emit(channel, {}, value),
};
export const webUtils = { getPathForFile: (file: { readonly path: string }): string => file.path };
