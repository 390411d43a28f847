// Everything of the artist's in another folder: copied, compared, and there whole or not at all.
import { randomUUID } from 'node:crypto';
import { copyFile, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import { requireSpace } from '../../engine/image/disk.ts';
import { diskFault, errorCodeOf, makeFolder } from '../disk.ts';
import { eachOf } from '../documents/asset-files.ts';
import { fileHash } from '../file-hash.ts';
import { homeEntries } from './home-content.ts';

/** Locks are their owner's, half-written files nobody's. */
const leftOut = /^lock$|\.lock$|\.taking$|\.tmp$/;

interface Found {
  /** Below the folder. */
  readonly path: string;
  readonly bytes: number;
}

/** Copies what is the studio's from one folder into another that has none of it; the first stays as it is. Throws home.not-copied | disk.*; the other is then as it was. */
export async function copyHome(from: string, to: string, progress: (doneBytes: number, totalBytes: number) => void): Promise<void> {
  const files = (await Promise.all(homeEntries.map((name) => filesBelow(from, name)))).flat();
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const aside = join(to, `.velatura-moving-${randomUUID().slice(0, 8)}`);
  await makeFolder(aside);
  try {
    await requireSpace(aside, total);
    let done = 0;
    await eachOf(files, async ({ path, bytes }) => {
      await copyOne(join(from, path), join(aside, path));
      progress((done += bytes), total);
    });
    await takePlace(aside, to);
  } finally {
    await rm(aside, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function filesBelow(root: string, path: string): Promise<Found[]> {
  const full = join(root, path);
  try {
    const found = await stat(full);
    if (found.isFile()) return [{ path, bytes: found.size }];
    if (!found.isDirectory()) return [];
    const names = (await readdir(full)).filter((name) => !leftOut.test(name));
    return (await Promise.all(names.map((name) => filesBelow(root, join(path, name))))).flat();
  } catch (thrown) {
    if (errorCodeOf(thrown) === 'ENOENT') return [];
    throw diskFault(thrown, full);
  }
}

/** With its time and who may read it. */
async function copyOne(from: string, to: string): Promise<void> {
  const { atime, mtime } = await stat(from).catch((thrown: unknown) => {
    throw diskFault(thrown, from);
  });
  await makeFolder(dirname(to));
  try {
    await copyFile(from, to);
    await utimes(to, atime, mtime);
    await syncFile(to);
  } catch (thrown) {
    throw diskFault(thrown, to);
  }
  if ((await fileHash(from)) !== (await fileHash(to))) throw new StudioError('home.not-copied', { file: basename(from) });
}

async function syncFile(path: string): Promise<void> {
  // Windows syncs only what may be written.
  const file = await open(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function takePlace(aside: string, to: string): Promise<void> {
  const moved: string[] = [];
  try {
    for (const name of await readdir(aside)) {
      await rename(join(aside, name), join(to, name));
      moved.push(name);
    }
  } catch (thrown) {
    for (const name of moved) await rename(join(to, name), join(aside, name)).catch(() => undefined);
    throw diskFault(thrown, to);
  }
}
