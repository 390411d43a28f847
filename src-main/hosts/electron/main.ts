// Electron's entry: one instance, one window, the studio behind it.
import { join } from 'node:path';
import { app, BrowserWindow, session } from 'electron';
import { createEngineClient } from '../../services/host/engine-client.ts';
import { nodePlatform } from '../../services/node-platform.ts';
import type { Platform } from '../../services/platform.ts';
import { readSettings } from '../../services/host/settings.ts';
import { closingMs, createStudio, type Studio } from '../../services/host/studio.ts';
import { serveBridge } from './bridge.ts';
import { startChild } from './child-process.ts';
import { serveDialogs } from './dialogs.ts';
import { findHome } from './find-home.ts';
import { lockPermissions, lockWindows } from './lockdown.ts';
import { setMenu } from './menu.ts';
import { serveNotices } from './notices.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { serveRestart } from './restart.ts';
import { serveEvents } from './window-events.ts';
import { readWindowPlace, rememberPlace } from './window-state.ts';
import { bringToFront, openWindow } from './window.ts';

/** As the package names it: Windows shows no notification of a program it cannot name. */
const programId = 'org.velatura.studio';

async function boot(): Promise<void> {
  const platform = findHome(electronPlatform);
  if (!platform) return app.quit();
  const { home } = platform.folders;
  // One request that fails in an unforeseen way must not take the artist's session with it.
  process.on('unhandledRejection', (reason) => platform.log('error', String(reason)));
  const engine = createEngineClient(() => startChild('engine'));
  const studio = createStudio({ host: 'electron', runtime: `Electron ${process.versions.electron}`, platform, engine });
  servePage(session.defaultSession, join(import.meta.dirname, '../renderer'), studio.files);
  lockPermissions(session.defaultSession);
  setMenu();
  serveBridge(studio);
  serveDialogs({
    read: async () => (await readSettings(home)).settings.recentFolder,
    remember: async (recentFolder) => void (await studio.api['settings.change']?.({ recentFolder })),
  });
  serveRestart();
  serveNotices();
  const tellEvents = serveEvents(studio);
  const open = async (): Promise<void> => {
    const window = openWindow(await readWindowPlace(home));
    tellEvents(window);
    rememberPlace(window, home, (thrown) => platform.log('warn', String(thrown)));
  };
  closeBeforeQuit(studio);
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void open();
  });
  await open();
}

function electronPlatform(): Platform {
  const platform = nodePlatform({ log: (level, message) => console.error(`${level}: ${message}`) });
  const { resources } = platform.folders;
  // Native code cannot read the archive; resources lie beside it too.
  const folders = { ...platform.folders, resources: resources.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked') };
  return { ...platform, folders, startProcess: startChild };
}

/** Documents and runs are brought to the disk before the program ends. */
function closeBeforeQuit(studio: Studio): void {
  let closing: Promise<unknown> | undefined;
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    closing ??= Promise.race([studio.close(), new Promise((resolve) => setTimeout(resolve, closingMs))])
      .catch(() => undefined)
      .then(() => {
        isClosed = true;
        app.quit();
      });
  });
}

function showFirstWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window) bringToFront(window);
}

if (app.requestSingleInstanceLock()) {
  app.enableSandbox();
  app.setAppUserModelId(programId);
  registerPageScheme();
  lockWindows(app);
  app.on('second-instance', showFirstWindow);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  // Awaited at the top level it would never be ready: an ES module main must end first (electron#40719).
  app.whenReady().then(boot).catch((reason: unknown) => {
    console.error('The studio cannot start:', reason);
    app.exit(1);
  });
} else {
  app.quit();
}
