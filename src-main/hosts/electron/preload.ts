// Lends the page one function, call; runs sandboxed as a single CommonJS file.
import { contextBridge, ipcRenderer } from 'electron';
import type { StudioBridge, StudioReply } from '../../contract/studio-api.ts';
import { bridgeChannel } from './channel.ts';

const bridge: StudioBridge = {
  call: (call) => ipcRenderer.invoke(bridgeChannel, call) as Promise<StudioReply>,
};

contextBridge.exposeInMainWorld('velatura', bridge);
