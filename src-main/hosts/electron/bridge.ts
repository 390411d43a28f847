// Answers the questions of the page, once it is sure who asks.
import { ipcMain } from 'electron';
import { answerCall, type Studio } from '../../services/host/studio.ts';
import { bridgeChannel } from './channel.ts';
import { pageOf, requireTrusted } from './trust.ts';

export function serveBridge(studio: Studio): void {
  ipcMain.handle(bridgeChannel, async (event, call: unknown) => {
    requireTrusted(event);
    const reply = await answerCall(studio, call, pageOf(event.sender));
    if (!reply) throw new Error('Not a question of the studio.');
    return reply;
  });
}
