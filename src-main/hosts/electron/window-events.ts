// Events of the studio to its windows, no more on the way than a page keeps up with.
import { ipcMain, type BrowserWindow } from 'electron';
import { createEventOutlet, type EventOutlet } from '../../services/host/event-outlet.ts';
import type { Studio } from '../../services/host/studio.ts';
import { eventChannel, takenChannel } from './channel.ts';
import { isOwnPage } from './lockdown.ts';
import { isTrusted, pageOf } from './trust.ts';

/** Events on the way to a page beyond which others wait. */
const mostUntaken = 32;

interface Line {
  readonly outlet: EventOutlet;
  taken(): void;
}

/** Answers how a window is told from now on. */
export function serveEvents(studio: Studio): (window: BrowserWindow) => void {
  const lines = new Map<number, Line>();
  ipcMain.on(takenChannel, (event) => {
    if (isTrusted(event)) lines.get(event.sender.id)?.taken();
  });
  return ({ webContents }) => {
    const { id } = webContents;
    let untaken = 0;
    const outlet = createEventOutlet({
      isFull: () => untaken >= mostUntaken,
      send: (event) => {
        if (webContents.isDestroyed() || !isOwnPage(webContents.getURL())) return;
        untaken += 1;
        webContents.send(eventChannel, event);
      },
    });
    const stop = studio.onEvent(outlet.tell);
    const ended = studio.pages.arrived(pageOf(webContents));
    lines.set(id, {
      outlet,
      taken: () => {
        untaken = Math.max(0, untaken - 1);
        outlet.drain();
      },
    });
    // A page that is loaded anew takes nothing of what was sent to the one before.
    webContents.on('did-finish-load', () => {
      untaken = 0;
      outlet.drain();
    });
    webContents.once('destroyed', () => {
      stop();
      ended(true);
      lines.delete(id);
    });
  };
}
