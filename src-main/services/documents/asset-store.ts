// The pixels of one open document: durable ones as files, derived ones on a shelf, all named by their hash.
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { AssetId } from '../../contract/document.ts';
import { diskFault, errorCodeOf } from '../disk.ts';
import { assetIdOf, assetPath, assetSize, eachOf, listAssets, readAsset, writeAsset } from './asset-files.ts';
import { createPaintShelf, type PaintShelf } from './paint-shelf.ts';

export interface AssetStore {
  /** Where the files lie; the engine process reads them there. */
  readonly folder: string;
  /** Bytes of the files. */
  bytes(): number;
  /** Ids in order; the files are written when it answers, synced by `sync`. Throws disk.*. */
  put(pieces: readonly Uint8Array[]): Promise<AssetId[]>;
  /** Learns of files that the engine process has written. Throws asset.missing | disk.*. */
  adopt(ids: readonly AssetId[]): Promise<void>;
  /** Keeps derived paint on the shelf, until as many drops. */
  putTransient(pieces: readonly Uint8Array[]): AssetId[];
  dropTransient(ids: Iterable<AssetId>): void;
  /** Drops all derived paint: nobody looks at the document any more. */
  forgetPaint(): void;
  /** Throws asset.corrupt | disk.*. */
  get(id: AssetId): Promise<Uint8Array | undefined>;
  /** Whether a durable asset is there. */
  has(id: AssetId): boolean;
  /** Brings everything written so far safely to the disk. Throws disk.*. */
  sync(): Promise<void>;
  /** Removes files that nothing names, unless they are younger than `spareMs`; answers how many. */
  sweep(keep: ReadonlySet<AssetId>, spareMs: number): Promise<number>;
  sizeOf(id: AssetId): number;
}

/** `paint`: where derived paint is kept. Throws disk.*. */
export async function openAssetStore(folder: string, paint: PaintShelf = createPaintShelf()): Promise<AssetStore> {
  const sizes = await listAssets(folder);
  const putAt = new Map<AssetId, number>();
  /** What is being done to a file: one thing at a time. */
  const [writing, removing] = [new Map<AssetId, Promise<void>>(), new Map<AssetId, Promise<void>>()];
  /** Derived paint of this document, and how often it is held. */
  const transient = new Map<AssetId, number>();
  let unsynced = new Set<AssetId>();
  let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);

  const write = async (id: AssetId, bytes: Uint8Array): Promise<void> => {
    const size = await writeAsset(folder, id, bytes);
    sizes.set(id, size);
    total += size;
    unsynced.add(id);
  };
  /** The same pixels twice at once are written once. */
  const ensure = async (id: AssetId, bytes: Uint8Array): Promise<void> => {
    putAt.set(id, Date.now());
    await removing.get(id)?.catch(() => undefined);
    if (sizes.has(id)) return;
    const running = writing.get(id) ?? write(id, bytes).finally(() => writing.delete(id));
    writing.set(id, running);
    await running;
  };

  const dropTransient = (ids: Iterable<AssetId>): void => {
    for (const id of ids) {
      const count = transient.get(id) ?? 0;
      if (count === 0) continue;
      if (count === 1) transient.delete(id);
      else transient.set(id, count - 1);
      paint.drop(id);
    }
  };

  return {
    folder,
    bytes: () => total,
    async put(pieces) {
      const ids: AssetId[] = [];
      for (const piece of pieces) {
        ids.push(assetIdOf(piece));
        await breathe(); // hashing is done here: others get their turn between tiles
      }
      await eachOf(ids.map((_, i) => i), (i) => ensure(ids[i]!, pieces[i]!));
      return ids;
    },
    async adopt(ids) {
      await eachOf([...new Set(ids)], async (id) => {
        putAt.set(id, Date.now());
        unsynced.add(id); // a file that was there may have been replaced by the same bytes, not yet on the disk
        if (sizes.has(id)) return;
        const size = await assetSize(folder, id);
        if (sizes.has(id)) return;
        sizes.set(id, size);
        total += size;
      });
    },
    putTransient: (pieces) =>
      pieces.map((piece) => {
        const id = paint.put(piece);
        transient.set(id, (transient.get(id) ?? 0) + 1);
        return id;
      }),
    dropTransient,
    forgetPaint: () => {
      for (const [id, count] of [...transient]) dropTransient(Array.from({ length: count }, () => id));
    },
    get: async (id) => (await paint.get(id)) ?? (await readAsset(folder, id)),
    has: (id) => sizes.has(id),
    async sync() {
      const waiting = unsynced;
      unsynced = new Set();
      try {
        await syncAssets(folder, waiting);
      } catch (thrown) {
        unsynced = new Set([...waiting, ...unsynced]);
        throw thrown;
      }
    },
    async sweep(keep, spareMs) {
      const before = Date.now() - spareMs;
      const isSpare = (id: AssetId): boolean => !keep.has(id) && (putAt.get(id) ?? 0) <= before;
      let count = 0;
      await eachOf([...sizes.keys()].filter(isSpare), async (id) => {
        if (!isSpare(id)) return; // Put once more while others went.
        count += 1;
        total -= sizes.get(id) ?? 0;
        sizes.delete(id);
        unsynced.delete(id);
        const gone = rm(assetPath(folder, id), { force: true }).finally(() => removing.delete(id));
        removing.set(id, gone);
        await gone;
      });
      return count;
    },
    sizeOf: (id) => sizes.get(id) ?? 0,
  };
}

async function syncAssets(folder: string, ids: ReadonlySet<AssetId>): Promise<void> {
  await eachOf([...ids], (id) => syncPath(assetPath(folder, id), 'r+'));
  if (process.platform === 'win32') return; // Windows opens no folders
  await eachOf([...new Set([...ids].map((id) => id.slice(0, 2)))], (shelf) => syncPath(join(folder, shelf), 'r'));
  if (ids.size > 0) await syncPath(folder, 'r');
}

async function syncPath(path: string, flags: string): Promise<void> {
  try {
    const file = await open(path, flags);
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (thrown) {
    if (errorCodeOf(thrown) !== 'ENOENT') throw diskFault(thrown, path);
  }
}
