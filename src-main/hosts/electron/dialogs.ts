// The system's dialogs for the page: which files to open, where to save one, which folder to take.
import { BrowserWindow, dialog, ipcMain, type IpcMainInvokeEvent } from 'electron';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { Settings } from '../../contract/schema.ts';
import { folderChannel, openChannel, saveChannel } from './channel.ts';
import { requireTrusted } from './trust.ts';

/** File name endings. */
const kind = v.pipe(v.string(), v.regex(/^[a-z0-9]{1,8}$/));
const openSchema = v.object({ multiple: v.boolean(), kinds: v.pipe(v.array(kind), v.maxLength(40)) });
const saveSchema = v.object({ name: v.pipe(v.string(), v.minLength(1), v.maxLength(255), v.regex(/^[^/\\\0]+$/)) });

/** Where the folder of the last dialog is kept. */
export interface RecentFolder {
  read(): Promise<Settings['recentFolder']>;
  remember(folder: string): Promise<void>;
}

/** Runs a dialog over the window that asks; one at a time for each. */
async function ask<T>(event: IpcMainInvokeEvent, show: (window: BrowserWindow) => Promise<T>): Promise<T | undefined> {
  requireTrusted(event);
  const window = BrowserWindow.fromWebContents(event.sender);
  return window ? show(window) : undefined;
}

export function serveDialogs(recent: RecentFolder): void {
  ipcMain.handle(openChannel, (event, options: unknown) =>
    ask(event, async (window) => {
      const { multiple, kinds } = v.parse(openSchema, options);
      const folder = await recent.read();
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        properties: multiple ? ['openFile', 'multiSelections'] : ['openFile'],
        ...(kinds.length > 0 && { filters: [{ name: kinds.map((each) => `.${each}`).join(' '), extensions: kinds }] }),
        ...(folder !== undefined && { defaultPath: folder }),
      });
      const [first] = filePaths;
      if (canceled || first === undefined) return undefined;
      await recent.remember(dirname(first));
      return filePaths;
    }),
  );
  ipcMain.handle(saveChannel, (event, options: unknown) =>
    ask(event, async (window) => {
      const { name } = v.parse(saveSchema, options);
      const folder = await recent.read();
      const defaultPath = folder === undefined ? name : join(folder, name);
      const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath, properties: ['showOverwriteConfirmation', 'createDirectory'] });
      if (canceled || !filePath) return undefined;
      await recent.remember(dirname(filePath));
      return filePath;
    }),
  );
  ipcMain.handle(folderChannel, (event) =>
    ask(event, async (window) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: ['openDirectory', 'createDirectory', 'promptToCreate'] });
      return canceled ? undefined : filePaths[0];
    }),
  );
}
