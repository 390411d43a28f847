// Where the scales and passes of glazes are kept: in memory while there is room, on disk beyond that.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { memorySpool } from '../../engine/image/memory-spool.ts';
import { createSpool, spoolBytes, type Spool, type SpoolShape } from '../../engine/image/spool.ts';
import { makeFolder } from '../disk.ts';
import { makeWorkFolder } from '../stylize/work-folder.ts';

/** Bytes of the scales, and of the passes, of one glaze held in memory. */
export const spoolMemoryBytes = 512 * 2 ** 20;

export interface SpoolShelf {
  /** A spool, all zero. Throws disk.* where it goes to disk. */
  make(shape: SpoolShape): Promise<Spool>;
  /** Gives back everything that was made. */
  close(): Promise<void>;
}

/** A shelf over a folder for work that may be thrown away; up to `memoryBytes` stay in memory. */
export function spoolShelf(workFolder: string, memoryBytes: number): SpoolShelf {
  const made: Spool[] = [];
  let held = 0;
  let folder: Promise<string> | undefined;
  const onDisk = async (shape: SpoolShape): Promise<Spool> => {
    folder ??= makeFolder(workFolder).then(() => makeWorkFolder(workFolder));
    return createSpool(join(await folder, `scale-${made.length}-${Math.random().toString(36).slice(2)}.tif`), shape);
  };
  return {
    async make(shape) {
      const bytes = spoolBytes(shape);
      const fits = held + bytes <= memoryBytes;
      if (fits) held += bytes;
      const spool = fits ? memorySpool(shape) : await onDisk(shape);
      made.push(spool);
      return spool;
    },
    async close() {
      for (const spool of made.splice(0)) spool.close();
      held = 0;
      if (folder) await rm(await folder, { recursive: true, force: true });
      folder = undefined;
    },
  };
}
