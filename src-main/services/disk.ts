// Whole small files written safely, and what went wrong with a file.
import { access, constants, mkdir, writeFile } from 'node:fs/promises';
import { diskFault, replaceFile } from '../engine/image/disk.ts';

export { diskFault } from '../engine/image/disk.ts';

/** Replaces a file by new bytes, or leaves it as it was. Throws disk.full | disk.read-only | disk.failed. */
export async function writeSafely(path: string, bytes: Uint8Array): Promise<void> {
  await replaceFile(path, (temporary) => writeFile(temporary, bytes, { flag: 'wx' }));
}

/** Makes sure, before long work begins, that its result can be written. Throws disk.read-only | disk.failed. */
export async function requireWritableFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (thrown) {
    throw diskFault(thrown, folder);
  }
}

/** 'ENOENT', 'EEXIST' … of an error of the file system. */
export function errorCodeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
