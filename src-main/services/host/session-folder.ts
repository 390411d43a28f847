// One folder of work for as long as the studio runs: made when first asked for, removed at the end, swept when a killed one left it.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../disk.ts';
import { makeWorkFolder, sweepWorkFolders } from '../stylize/work-folder.ts';

export interface SessionFolder {
  /** A folder of its own for one purpose or file, below the session's. Throws disk.*. */
  make(): Promise<string>;
  remove(): Promise<void>;
}

export function createSessionFolder(parent: string): SessionFolder {
  let folder: Promise<string> | undefined;
  const open = async (): Promise<string> => {
    await makeFolder(parent);
    await sweepWorkFolders(parent);
    return makeWorkFolder(parent);
  };
  const opened = (): Promise<string> => {
    folder ??= open().catch((thrown: unknown) => {
      folder = undefined; // The disk may have room again at the next try.
      throw thrown;
    });
    return folder;
  };
  return {
    async make() {
      const place = join(await opened(), randomUUID());
      await makeFolder(place);
      return place;
    },
    async remove() {
      const made = await folder?.catch(() => undefined);
      folder = undefined;
      // What cannot be removed is swept at the next start.
      if (made !== undefined) await rm(made, { recursive: true, force: true }).catch(() => undefined);
    },
  };
}
