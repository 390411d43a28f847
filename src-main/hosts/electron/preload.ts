// Lends the page its line to the studio; runs sandboxed as a single CommonJS file.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { StudioEvent, StudioReply } from '../../contract/studio-api.ts';
import type { StudioBridge } from '../../contract/studio-bridge.ts';
import { bridgeChannel, eventChannel, folderChannel, noticeChannel, openChannel, restartChannel, saveChannel, takenChannel } from './channel.ts';

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
  chooseFolder: () => ipcRenderer.invoke(folderChannel) as Promise<string | undefined>,
  restart: () => ipcRenderer.invoke(restartChannel) as Promise<void>,
  notify: (notice) => ipcRenderer.invoke(noticeChannel, notice) as Promise<void>,
};

contextBridge.exposeInMainWorld('velatura', bridge);
