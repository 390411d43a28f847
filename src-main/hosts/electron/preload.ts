// Lends the page its line to the studio; runs sandboxed as a single CommonJS file.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { StudioBridge, StudioEvent, StudioReply } from '../../contract/studio-api.ts';
import { bridgeChannel, eventChannel, openChannel, saveChannel, takenChannel } from './channel.ts';

const bridge: StudioBridge = {
  call: (call) => ipcRenderer.invoke(bridgeChannel, call) as Promise<StudioReply>,
  onEvent: (listener) =>
    void ipcRenderer.on(eventChannel, (_event, news: StudioEvent) => {
      listener(news);
      ipcRenderer.send(takenChannel);
    }),
  pathOf: (file) => webUtils.getPathForFile(file as File),
  chooseOpen: (options) => ipcRenderer.invoke(openChannel, options) as Promise<readonly string[] | undefined>,
  chooseSave: (options) => ipcRenderer.invoke(saveChannel, options) as Promise<string | undefined>,
};

contextBridge.exposeInMainWorld('velatura', bridge);
