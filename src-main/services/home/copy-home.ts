// Everything of the artist's in another folder: copied, compared, and there whole or not at all.
import { randomUUID } from 'node:crypto';
import { chmod, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
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

export interface CopyWatch {
  /** Heard until everything is copied and compared. */
  readonly signal: AbortSignal;
  /** What is copied and what is compared count one half each. */
  progress(doneBytes: number, totalBytes: number): void;
}

/** Copies what is the studio's from one folder into another that has none of it; the first stays as it is. Throws home.not-copied | job.cancelled | disk.*; the other is then as it was. */
export async function copyHome(from: string, to: string, { signal, progress }: CopyWatch): Promise<void> {
  const files = (await Promise.all(homeEntries.map((name) => filesBelow(from, name)))).flat();
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const aside = join(to, `.velatura-moving-${randomUUID().slice(0, 8)}`);
  await makeFolder(aside);
  try {
    await requireSpace(aside, total);
    let passed = 0;
    const pass = ({ byteLength }: Uint8Array): void => {
      requireGoing(signal);
      progress(Math.min(total, (passed += byteLength) / 2), total);
    };
    await eachOf(files, ({ path }) => copyOne(join(from, path), join(aside, path), pass));
    requireGoing(signal);
    progress(total, total);
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

/** With its time and who may read it; `pass` gets the bytes as they are copied, and again as they are compared. */
async function copyOne(from: string, to: string, pass: (piece: Uint8Array) => void): Promise<void> {
  const { atime, mtime, mode } = await stat(from).catch((thrown: unknown) => {
    throw diskFault(thrown, from);
  });
  await makeFolder(dirname(to));
  const read = await copyBytes(from, to, pass);
  try {
    await chmod(to, mode);
    await utimes(to, atime, mtime);
  } catch (thrown) {
    throw diskFault(thrown, to);
  }
  if (read !== (await fileHash(to, pass))) throw new StudioError('home.not-copied', { file: basename(from) });
}

/** Synced. Answers the hash of what was read. */
async function copyBytes(from: string, to: string, pass: (piece: Uint8Array) => void): Promise<string> {
  const file = await open(to, 'wx').catch((thrown: unknown) => {
    throw diskFault(thrown, to);
  });
  try {
    const hash = await fileHash(from, async (piece) => {
      pass(piece);
      await file.writeFile(piece);
    });
    await file.sync();
    return hash;
  } catch (thrown) {
    throw diskFault(thrown, to);
  } finally {
    await file.close();
  }
}

function requireGoing(signal: AbortSignal): void {
  if (signal.aborted) throw new StudioError('job.cancelled');
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
