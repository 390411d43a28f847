// Electron's entry: one instance, one window, the studio behind it.
import { join } from 'node:path';
import { app, BrowserWindow, session } from 'electron';
import { createEngineClient } from '../../services/engine-client.ts';
import { nodePlatform } from '../../services/node-platform.ts';
import type { Platform } from '../../services/platform.ts';
import { createStudio } from '../../services/studio.ts';
import { serveBridge } from './bridge.ts';
import { lockPermissions, lockWindows } from './lockdown.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { startUtilityProcess } from './utility-process.ts';
import { openWindow } from './window.ts';

function boot(): void {
  servePage(session.defaultSession, join(import.meta.dirname, '../renderer'));
  lockPermissions(session.defaultSession);
  const platform: Platform = { ...nodePlatform(), startProcess: startUtilityProcess };
  const engine = createEngineClient(() => startUtilityProcess('engine'));
  app.on('will-quit', engine.close);
  serveBridge(
    createStudio({ host: 'electron', runtime: `Electron ${process.versions.electron}`, platform: platform, engine }),
  );
  openWindow();
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow();
  });
}

function showFirstWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

if (app.requestSingleInstanceLock()) {
  app.enableSandbox();
  registerPageScheme();
  lockWindows(app);
  app.on('second-instance', showFirstWindow);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  // Awaited at the top level it would never be ready: an ES module main must end first (electron#40719).
  app.whenReady().then(boot, (reason: unknown) => {
    console.error('The studio cannot start:', reason);
    app.exit(1);
  });
} else {
  app.quit();
}
