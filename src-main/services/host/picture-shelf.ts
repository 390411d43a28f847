// Encoded pictures the host keeps for its pages, by what they hold; the longest unused ones go first.
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PictureId } from '../../contract/studio-records.ts';
import { diskFault, errorCodeOf } from '../disk.ts';
import type { SessionFolder } from './session-folder.ts';

const types: readonly (readonly [string, RegExp])[] = [
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/webp', /^RIFF....WEBP/s],
];
const MiB = 1 << 20;

export interface ShelvedPicture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

export interface PictureShelf {
  /** Keeps a PNG, JPEG or WebP; equal bytes have one id. Throws disk.*. */
  put(bytes: Uint8Array): Promise<PictureId>;
  /** Throws disk.*. */
  get(id: PictureId): Promise<ShelvedPicture | undefined>;
  /** Its file, for the engine process; undefined where it is kept no more. */
  pathOf(id: PictureId): string | undefined;
}

interface Entry {
  readonly path: string;
  readonly type: string;
  readonly bytes: number;
  /** Settles once the file is whole. */
  readonly written: Promise<void>;
}

export function createPictureShelf(session: SessionFolder, budgetBytes = 512 * MiB): PictureShelf {
  /** In the order of their last use. */
  const entries = new Map<PictureId, Entry>();
  let folder: Promise<string> | undefined;
  let held = 0;

  const touch = (id: PictureId): Entry | undefined => {
    const entry = entries.get(id);
    if (!entry) return undefined;
    entries.delete(id);
    entries.set(id, entry);
    return entry;
  };
  const drop = (id: PictureId, { path, bytes }: Entry): void => {
    if (!entries.delete(id)) return;
    held -= bytes;
    void rm(path, { force: true }).catch(() => undefined);
  };
  const place = (): Promise<string> =>
    (folder ??= session.make().catch((thrown: unknown) => {
      folder = undefined; // The disk may have room again at the next try.
      throw thrown;
    }));
  const makeRoom = (): void => {
    for (const [id, entry] of entries) {
      if (held <= budgetBytes || entries.size === 1) return;
      drop(id, entry);
    }
  };

  return {
    async put(bytes) {
      const id = createHash('sha256').update(bytes).digest('hex');
      const path = join(await place(), `${id}.picture`);
      const known = touch(id);
      if (known) {
        await known.written;
        return id;
      }
      const written = writeFile(path, bytes).catch((thrown: unknown) => {
        drop(id, entry);
        throw diskFault(thrown, 'pictures');
      });
      const entry: Entry = { path, type: typeOf(bytes), bytes: bytes.length, written };
      entries.set(id, entry);
      held += bytes.length;
      makeRoom();
      await written;
      return id;
    },
    async get(id) {
      const entry = touch(id);
      if (!entry) return undefined;
      await entry.written;
      const bytes = await readFile(entry.path).catch((thrown: unknown) => {
        if (errorCodeOf(thrown) === 'ENOENT') return undefined; // It made room for another meanwhile.
        throw diskFault(thrown, 'pictures');
      });
      return bytes && { bytes: new Uint8Array(bytes), type: entry.type };
    },
    pathOf: (id) => touch(id)?.path,
  };
}

function typeOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(16, bytes.length)).toString('latin1');
  return types.find(([, mark]) => mark.test(head))?.[0] ?? 'application/octet-stream';
}
