// The program ended and started again, where the page asks for it.
import { app, ipcMain } from 'electron';
import { restartChannel } from './channel.ts';
import { requireTrusted } from './trust.ts';

export function serveRestart(): void {
  ipcMain.handle(restartChannel, (event) => {
    requireTrusted(event);
    app.relaunch();
    app.quit();
  });
}
