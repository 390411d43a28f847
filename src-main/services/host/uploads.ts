// Files the page has sent, and files it names on this disk: both as paths for whoever reads them.
import { randomUUID } from 'node:crypto';
import { copyFile, link, open, rm } from 'node:fs/promises';
import { extname, isAbsolute, join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import type { FileRef } from '../../contract/studio-api.ts';
import { diskFault, errorCodeOf } from '../disk.ts';
import type { SessionFolder } from './session-folder.ts';
import { slugOf } from '../library/style-name.ts';

const largestBytes = 16 * 2 ** 30;
/** Uploads that are kept; the oldest go first. */
const mostKept = 200;

export interface Uploads {
  /** Streams a file to disk. Throws upload.too-large | disk.*. */
  receive(body: AsyncIterable<Uint8Array>): Promise<string>;
  /** Where a file lies that a page means, under the name it has there. Throws upload.missing | usage.invalid | disk.*. */
  pathOf(file: FileRef): Promise<string>;
  /** Forgets a file that has been read. */
  drop(file: FileRef): Promise<void>;
}

export function createUploads(session: SessionFolder, limitBytes = largestBytes): Uploads {
  /** Folder by upload. */
  const kept = new Map<string, string>();

  const remove = async (id: string): Promise<void> => {
    const folder = kept.get(id);
    kept.delete(id);
    if (folder !== undefined) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  };

  return {
    async receive(body) {
      const folder = await session.make();
      try {
        await writeStream(join(folder, 'upload'), body, limitBytes);
      } catch (thrown) {
        await rm(folder, { recursive: true, force: true }).catch(() => undefined);
        throw diskFault(thrown, 'upload');
      }
      const id = randomUUID();
      kept.set(id, folder);
      for (const oldest of kept.keys()) {
        if (kept.size <= mostKept) break;
        await remove(oldest);
      }
      return id;
    },
    async pathOf(file) {
      if ('path' in file) {
        if (!isAbsolute(file.path) || file.path.includes('\0')) throw new StudioError('usage.invalid', { reason: 'a file is named by its whole path' });
        return file.path;
      }
      const folder = kept.get(file.upload);
      if (folder === undefined) throw new StudioError('upload.missing', { upload: file.name });
      return namedAs(join(folder, 'upload'), join(folder, fileNameOf(file.name)));
    },
    drop: async (file) => ('upload' in file ? remove(file.upload) : undefined),
  };
}

async function writeStream(path: string, body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<void> {
  const file = await open(path, 'wx');
  try {
    let bytes = 0;
    for await (const part of body) {
      bytes += part.length;
      if (bytes > limitBytes) throw new StudioError('upload.too-large', { limit: `${limitBytes / 2 ** 30} GB` });
      await file.writeFile(part);
    }
  } finally {
    await file.close();
  }
}

/** A name that every system takes, its ending kept. */
function fileNameOf(name: string): string {
  const ending = extname(name);
  return slugOf(ending ? name.slice(0, -ending.length) : name) + slugOf(`x${ending.slice(0, 20)}`).slice(1);
}

/** Gives a file a second name: faults then speak of the artist's file. */
async function namedAs(path: string, named: string): Promise<string> {
  try {
    // Not every disk has links.
    await link(path, named).catch((thrown: unknown) => (errorCodeOf(thrown) === 'EEXIST' ? undefined : copyFile(path, named)));
    return named;
  } catch (thrown) {
    throw diskFault(thrown, named);
  }
}
