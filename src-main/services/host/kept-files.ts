// Finished files: where the artist wants them, or kept for a page that has no disk of its own (GET /exports/ID/NAME).
import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { WrittenFile } from '../../contract/studio-api.ts';
import { diskFault, requireWritableFolder } from '../disk.ts';
import type { SessionFolder } from './session-folder.ts';
import { slugOf } from '../library/style-name.ts';

/** Files that are kept; the oldest go first. */
const mostKept = 32;

export interface KeptFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

export interface KeptFiles {
  /** Keeps what `write` writes to the path it is given. Throws disk.* and what `write` throws; nothing is left then. */
  keep(name: string, write: (path: string) => Promise<unknown>): Promise<WrittenFile>;
  get(id: string): KeptFile | undefined;
}

export function createKeptFiles(session: SessionFolder): KeptFiles {
  const kept = new Map<string, KeptFile>();
  const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true }).catch(() => undefined);
  const offer = async (name: string, path: string): Promise<WrittenFile> => {
    const bytes = await sizeOf(path);
    const id = randomUUID();
    kept.set(id, { name, path, bytes });
    for (const [oldest, file] of kept) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
      await removeFolder(dirname(file.path));
    }
    return { name, address: `/exports/${id}/${encodeURIComponent(name)}`, bytes };
  };
  return {
    async keep(wished, write) {
      const folder = await session.make();
      try {
        const name = slugOf(wished);
        const path = join(folder, name);
        await write(path);
        return await offer(name, path);
      } catch (thrown) {
        await removeFolder(folder);
        throw thrown;
      }
    },
    get: (id) => kept.get(id),
  };
}

/** Writes a file where the artist wants it, or keeps it under a name for a page that has no disk. Throws as `keep`. */
export async function writtenFile(kept: KeptFiles, { out, name }: { readonly out?: string | undefined; readonly name: string }, write: (path: string) => Promise<unknown>): Promise<WrittenFile> {
  if (out === undefined) return kept.keep(name, write);
  await requireWritableFolder(dirname(out));
  await write(out);
  return { name: basename(out), path: out, bytes: await sizeOf(out) };
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (thrown) {
    throw diskFault(thrown, path);
  }
}
