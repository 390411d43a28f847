// Answers the questions of the page, once it is sure who asks.
import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { answerCall, type Studio } from '../../services/studio.ts';
import { bridgeChannel } from './channel.ts';
import { isOwnPage } from './lockdown.ts';

/** True where the studio's own page asks from the top of its window. */
function isTrusted({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url);
}

export function serveBridge(studio: Studio): void {
  ipcMain.handle(bridgeChannel, async (event, call: unknown) => {
    const reply = isTrusted(event) ? await answerCall(studio, call) : undefined;
    if (!reply) throw new Error('Not a question of the studio.'); // Reaches a stranger as a rejected promise.
    return reply;
  });
}
