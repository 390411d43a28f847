// Writing that never damages what was there: a whole new file beside the old one, synced, then renamed over it.
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StudioError } from '../contract/fault.ts';

/** The four acts of a safe write; tests lend a disk that fails at each. */
export interface Disk {
  /** Writes a file that must not exist yet, and syncs it. */
  create(path: string, bytes: Uint8Array): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Makes the folder's entries durable. */
  syncFolder(folder: string): Promise<void>;
  remove(path: string): Promise<void>;
}

export const nodeDisk: Disk = {
  async create(path, bytes) {
    const file = await fs.open(path, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  rename: (from, to) => fs.rename(from, to),
  async syncFolder(folder) {
    // Windows opens no folders; its rename is durable once the file is.
    if (process.platform === 'win32') return;
    const handle = await fs.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  remove: (path) => fs.rm(path, { force: true }),
};

/** Replaces a file by new bytes, or leaves it as it was. Throws disk.full | disk.read-only | disk.failed. */
export async function writeSafely(path: string, bytes: Uint8Array, disk: Disk = nodeDisk): Promise<void> {
  const folder = dirname(path);
  const part = join(folder, `.${basename(path).slice(0, 60)}.${randomUUID()}.part`);
  try {
    await disk.create(part, bytes);
    await disk.rename(part, path);
  } catch (thrown) {
    await disk.remove(part).catch(() => undefined);
    throw diskFault(thrown, path);
  }
  // The new file is already in place: a folder that cannot be synced is no reason to call it lost.
  await disk.syncFolder(folder).catch(() => undefined);
}

/** An error of the file system as the fault the artist is told. */
export function diskFault(thrown: unknown, path: string): StudioError {
  if (thrown instanceof StudioError) return thrown;
  const file = basename(path);
  const reason = errorCodeOf(thrown) ?? (thrown instanceof Error ? thrown.message : String(thrown));
  if (reason === 'ENOSPC' || reason === 'EDQUOT') return new StudioError('disk.full', { file }, { cause: thrown });
  if (reason === 'EROFS' || reason === 'EACCES' || reason === 'EPERM') return new StudioError('disk.read-only', { file }, { cause: thrown });
  return new StudioError('disk.failed', { file, reason }, { cause: thrown });
}

/** 'ENOENT', 'EEXIST' … of an error of the file system. */
export function errorCodeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
