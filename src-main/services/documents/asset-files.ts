// Assets as files: one deflated file each, named by the sha-256 of what is in it, below the folder of a document.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import type { AssetId } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import { diskFault, errorCodeOf } from '../disk.ts';

const deflated = promisify(deflate);
const inflated = promisify(inflate);

/** A file that unpacks to more is not ours. */
const largestAssetBytes = 2 ** 30;

export function assetIdOf(bytes: Uint8Array): AssetId {
  return createHash('sha256').update(bytes).digest('hex');
}

export function assetPath(folder: string, id: AssetId): string {
  return join(folder, id.slice(0, 2), id);
}

/** Writes one asset; answers its size on disk. Throws disk.* and leaves no half file under its name. */
export async function writeAsset(folder: string, id: AssetId, bytes: Uint8Array): Promise<number> {
  const path = assetPath(folder, id);
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const packed = await deflated(bytes, { level: 1 });
  const write = (): Promise<void> => writeFile(temporary, packed, { flag: 'wx' });
  try {
    await write().catch(async (thrown: unknown) => {
      if (errorCodeOf(thrown) !== 'ENOENT') throw thrown;
      await mkdir(join(folder, id.slice(0, 2)), { recursive: true });
      await write();
    });
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw diskFault(thrown, path);
  }
  return packed.byteLength;
}

/** The bytes of one asset; undefined where there is none. Throws asset.corrupt where they are not what they are called | disk.*. */
export async function readAsset(folder: string, id: AssetId): Promise<Uint8Array | undefined> {
  const path = assetPath(folder, id);
  const packed = await readFile(path).catch((thrown: unknown) => {
    if (errorCodeOf(thrown) === 'ENOENT') return undefined;
    throw diskFault(thrown, path);
  });
  if (!packed) return undefined;
  const bytes = await inflated(packed, { maxOutputLength: largestAssetBytes }).catch(() => undefined);
  if (!bytes || assetIdOf(bytes) !== id) throw new StudioError('asset.corrupt', { asset: id.slice(0, 12) });
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Bytes of its file. Throws asset.missing | disk.*. */
export async function assetSize(folder: string, id: AssetId): Promise<number> {
  const path = assetPath(folder, id);
  try {
    return (await stat(path)).size;
  } catch (thrown) {
    throw errorCodeOf(thrown) === 'ENOENT' ? new StudioError('asset.missing', { asset: id.slice(0, 12) }) : diskFault(thrown, path);
  }
}

/** Many assets at once, for a composite: those that are there, by id. Throws as readAsset. */
export async function readAssets(folder: string, ids: Iterable<AssetId>): Promise<Map<AssetId, Uint8Array>> {
  const found = new Map<AssetId, Uint8Array>();
  await eachOf([...new Set(ids)], async (id) => {
    const bytes = await readAsset(folder, id);
    if (bytes) found.set(id, bytes);
  });
  return found;
}

/** Assets of a folder with their sizes on disk; half-written files of a process that died are removed. Throws disk.*. */
export async function listAssets(folder: string): Promise<Map<AssetId, number>> {
  const found = new Map<AssetId, number>();
  const shelves = await namesIn(folder);
  await eachOf(shelves.filter((name) => /^[0-9a-f]{2}$/.test(name)), async (shelf) => {
    for (const name of await namesIn(join(folder, shelf))) {
      const path = join(folder, shelf, name);
      if (name.endsWith('.tmp')) await rm(path, { force: true }).catch(() => undefined);
      else if (/^[0-9a-f]{64}$/.test(name)) found.set(name, (await stat(path)).size);
    }
  });
  return found;
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((thrown: unknown) => {
    if (errorCodeOf(thrown) === 'ENOENT') return [];
    throw diskFault(thrown, folder);
  });
}

/** As many at once as there are threads for files. */
const atOnce = 8;

/** Runs an action over items, several at a time; the first failure ends it, and is thrown once none goes on any more. */
export async function eachOf<T>(items: readonly T[], action: (item: T) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  let next = 0;
  const walk = async (): Promise<void> => {
    try {
      while (next < items.length && failures.length === 0) await action(items[next++]!);
    } catch (thrown) {
      failures.push(thrown);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, walk));
  if (failures.length > 0) throw failures[0];
}
