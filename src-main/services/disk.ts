// Whole small files written safely, and what went wrong with a file.
import { access, constants, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StudioError } from '../contract/fault.ts';
import { diskFault, replaceFile } from '../engine/image/disk.ts';

export { diskFault, replaceFile } from '../engine/image/disk.ts';

/** Replaces a file by new bytes, or leaves it as it was. Throws disk.full | disk.read-only | disk.failed. */
export async function writeSafely(path: string, bytes: Uint8Array): Promise<void> {
  await replaceFile(path, (temporary) => writeFile(temporary, bytes, { flag: 'wx' }));
}

/** Makes sure, before long work begins, that its result can be written. Throws disk.read-only | disk.failed. */
export async function requireWritableFolder(folder: string): Promise<void> {
  await makeFolder(folder);
  await access(folder, constants.W_OK).catch((thrown: unknown) => {
    throw diskFault(thrown, folder);
  });
}

/** A folder and those above it, where they are missing. Throws disk.full | disk.read-only | disk.failed. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch(async (thrown: unknown) => {
    throw await folderFault(folder, thrown);
  });
}

/** Made in one go, folders on a read-only disk are merely "not there": the first missing one, by itself, says why. */
async function folderFault(folder: string, thrown: unknown): Promise<StudioError> {
  const above = dirname(folder);
  const hasPlace = above === folder || (await stat(above).then(() => true, () => false));
  if (!hasPlace) return folderFault(above, thrown);
  return mkdir(folder).then(() => diskFault(thrown, folder), (own: unknown) => diskFault(own, folder));
}

/** 'ENOENT', 'EEXIST' … of an error of the file system. */
export function errorCodeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
