// Writing files so that nothing is damaged: space asked for first, a file beside, synced, then renamed.
import { randomBytes } from 'node:crypto';
import { open, rename, rm, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StudioError, type FaultCode } from '../../contract/fault.ts';

const faultOfErrno: Readonly<Record<string, FaultCode>> = {
  ENOSPC: 'disk.full',
  EDQUOT: 'disk.full',
  EFBIG: 'disk.full',
  EROFS: 'disk.read-only',
  EACCES: 'disk.read-only',
  EPERM: 'disk.read-only',
};

/** Sentences in which the image library wraps the same causes. */
const faultOfText: readonly (readonly [RegExp, FaultCode])[] = [
  [/No space left|disk quota|File too large/i, 'disk.full'],
  [/Read-only file system|Permission denied|Operation not permitted/i, 'disk.read-only'],
];

/** A failed read or write of `path` as a StudioError disk.*, one that a signal has stopped as job.cancelled; a StudioError stays what it is. */
export function diskFault(thrown: unknown, path: string): StudioError {
  if (thrown instanceof StudioError) return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const errno = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : '';
  if (errno === 'ABORT_ERR') return new StudioError('job.cancelled');
  const code = faultOfErrno[errno] ?? faultOfText.find(([text]) => text.test(reason))?.[1] ?? 'disk.failed';
  return new StudioError(code, { file: basename(path), reason: reason.split('\n')[0]!.replaceAll(path, basename(path)) }, { cause: thrown });
}

/** Throws disk.full when the disk of `folder` has less than `bytes` free, disk.failed when there is no such folder. */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  const disk = await statfs(folder).catch((thrown: unknown) => {
    throw diskFault(thrown, folder);
  });
  const free = disk.bavail * disk.bsize;
  if (free < bytes) {
    throw new StudioError('disk.full', { file: basename(folder), neededMb: Math.ceil(bytes / 1e6), freeMb: Math.floor(free / 1e6) });
  }
}

/**
 * Makes or replaces the file `path`: `write` fills a file beside it, which is synced and renamed.
 * Throws disk.* and leaves what was there untouched; errors of `write` that are StudioErrors pass through.
 */
export async function replaceFile(path: string, write: (temporary: string) => Promise<unknown>): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await write(temporary);
    await syncFile(temporary);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw diskFault(thrown, path);
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return; // Windows opens no folders; its rename is durable by itself
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
