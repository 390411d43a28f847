// Notifications of the system for the page: it words them, a click on one brings its window to the front.
import { BrowserWindow, ipcMain, Notification } from 'electron';
import * as v from 'valibot';
import { noticeChannel } from './channel.ts';
import { requireTrusted } from './trust.ts';
import { bringToFront } from './window.ts';

const words = v.pipe(v.string(), v.minLength(1), v.maxLength(2000));
const noticeSchema = v.object({ title: words, body: words });

export function serveNotices(): void {
  /** One that nobody holds is not heard when it is clicked. */
  const shown = new Set<Notification>();
  ipcMain.handle(noticeChannel, async (event, notice: unknown) => {
    requireTrusted(event);
    const { title, body } = v.parse(noticeSchema, notice);
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!window || !Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    const forget = (): void => void shown.delete(notification);
    notification.on('click', () => {
      forget();
      if (!window.isDestroyed()) bringToFront(window);
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    shown.add(notification);
    notification.show();
  });
}
