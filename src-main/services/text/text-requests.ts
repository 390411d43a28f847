// What windows ask of text: its fonts, font files of the artist's own, and text as pixels.
import { randomUUID } from 'node:crypto';
import { copyFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { StudioApi } from '../../contract/studio-api.ts';
import { diskFault, makeFolder } from '../disk.ts';
import { fileHash } from '../file-hash.ts';
import { freePath } from '../free-path.ts';
import type { StudioContext } from '../host/studio-context.ts';
import { ownFontsFolder } from './font-book.ts';

export function textRequests({ documents, engine, platform, uploads }: StudioContext): Pick<StudioApi, 'text.fonts' | 'text.addFont' | 'text.ownFont' | 'text.removeFont' | 'text.render'> {
  const { home } = platform.folders;
  /** The render in progress of each layer. */
  const running = new Map<string, AbortController>();
  return {
    'text.fonts': () => engine.ask('text.fonts', { home }),
    'text.addFont': async ({ file }) => {
      const path = await uploads.pathOf(file);
      try {
        const found = await engine.ask('text.inspect', { path });
        await keepFont(path, ownFontsFolder(home));
        return found;
      } finally {
        void uploads.drop(file);
      }
    },
    'text.ownFont': async ({ font }) => {
      const { files, families } = await engine.ask('text.ownFiles', { home, font });
      return { files: files.map((path) => basename(path)), families };
    },
    'text.removeFont': async ({ font }) => {
      const { files, families } = await engine.ask('text.ownFiles', { home, font });
      for (const path of files) {
        await rm(path, { force: true }).catch((thrown: unknown) => {
          throw diskFault(thrown, basename(path));
        });
      }
      return { families };
    },
    'text.render': async ({ document: id, layer, settings }) => {
      const document = documents.get(id);
      const { width, height, depth } = document.record();
      const key = `${id}/${layer}`;
      running.get(key)?.abort();
      const controller = new AbortController();
      running.set(key, controller);
      try {
        const { signal } = controller;
        const rendered = await engine.ask('text.render', { settings, home, canvas: { width, height }, depth, assets: document.assets.folder }, { signal });
        await document.assets.adopt(Object.values(rendered.pixels.tiles));
        return rendered;
      } finally {
        if (running.get(key) === controller) running.delete(key);
      }
    },
  };
}

/** Whole or not at all; a file of that name is replaced. Throws disk.*. */
async function keepFont(path: string, folder: string): Promise<void> {
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    await makeFolder(folder);
    await copyFile(path, temporary);
    const hash = await fileHash(path);
    // another font may come in a file of the same name
    await rename(temporary, await freePath(join(folder, basename(path)), async (taken) => (await fileHash(taken)) === hash));
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw diskFault(thrown, basename(path));
  }
}
