// Finished files kept for a page that has no disk of its own: GET /exports/ID/NAME.
import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { WrittenFile } from '../../contract/studio-api.ts';
import { diskFault } from '../disk.ts';
import type { SessionFolder } from './session-folder.ts';
import { slugOf } from '../library/style-name.ts';

/** Files that are kept; the oldest go first. */
const mostKept = 32;

export interface KeptFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/** A place for one file; it is written to `path` and then offered. */
export interface KeptPlace {
  readonly path: string;
  /** Offers the written file to the page. Throws disk.*. */
  offer(): Promise<WrittenFile>;
  /** Removes what was written so far. */
  discard(): Promise<void>;
}

export interface KeptFiles {
  place(name: string): Promise<KeptPlace>;
  get(id: string): KeptFile | undefined;
}

export function createKeptFiles(session: SessionFolder): KeptFiles {
  const kept = new Map<string, KeptFile>();
  const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true }).catch(() => undefined);
  return {
    async place(wished) {
      const folder = await session.make();
      const name = slugOf(wished);
      const path = join(folder, name);
      return {
        path,
        async offer() {
          const { size: bytes } = await stat(path).catch((thrown: unknown) => {
            throw diskFault(thrown, path);
          });
          const id = randomUUID();
          kept.set(id, { name, path, bytes });
          for (const [oldest, file] of kept) {
            if (kept.size <= mostKept) break;
            kept.delete(oldest);
            await removeFolder(dirname(file.path));
          }
          return { name, address: `/exports/${id}/${encodeURIComponent(name)}`, bytes };
        },
        discard: () => removeFolder(folder),
      };
    },
    get: (id) => kept.get(id),
  };
}
