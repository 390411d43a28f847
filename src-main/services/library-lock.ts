// One writer at a time: a lock file that names its owner and outlives no process.
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StudioError } from '../contract/fault.ts';
import { diskFault, errorCodeOf } from './disk.ts';

export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** Which program writes, for people: 'velatura teach', 'the studio'. */
  readonly who: string;
  /** ISO 8601. */
  readonly since: string;
}

const lockName = 'library.lock';
const retryMs = 50;
/** A lock file without readable words is one being written, until it is this old. */
const unreadableIsStaleMs = 10_000;

/**
 * Runs an action as the only writer below a folder; waits for another one up to `patienceMs`.
 * A lock whose process is dead is taken over. Throws library.locked {who, since} | disk.*.
 */
export async function withLibraryLock<T>(home: string, who: string, action: () => Promise<T>, patienceMs = 5000): Promise<T> {
  const path = join(home, lockName);
  await mkdir(home, { recursive: true }).catch((thrown: unknown) => {
    throw diskFault(thrown, home);
  });
  await acquire(path, who, Date.now() + patienceMs);
  try {
    return await action();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string, who: string, deadline: number): Promise<void> {
  while (!(await tryCreate(path, who))) {
    const words = await readFile(path, 'utf8').catch((thrown: unknown) => {
      if (errorCodeOf(thrown) === 'ENOENT') return undefined;
      throw diskFault(thrown, path);
    });
    // Let go in this very moment: try again.
    if (words === undefined) continue;
    const owner = ownerIn(words);
    if (await isStale(path, owner)) {
      await removeStale(path, words);
      continue;
    }
    if (Date.now() >= deadline) throw new StudioError('library.locked', { who: owner?.who ?? 'another program', since: owner?.since ?? '–' });
    await pause(retryMs);
  }
}

async function tryCreate(path: string, who: string): Promise<boolean> {
  const owner: LockOwner = { pid: process.pid, host: hostname(), who, since: new Date().toISOString() };
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(JSON.stringify(owner));
    } finally {
      await file.close();
    }
    return true;
  } catch (thrown) {
    if (errorCodeOf(thrown) === 'EEXIST') return false;
    throw diskFault(thrown, path);
  }
}

function ownerIn(words: string): LockOwner | undefined {
  try {
    const { pid, host, who, since } = JSON.parse(words) as Record<string, unknown>;
    if (typeof pid !== 'number' || typeof host !== 'string') return undefined;
    return { pid, host, who: String(who).slice(0, 200), since: String(since).slice(0, 40) };
  } catch {
    return undefined;
  }
}

async function isStale(path: string, owner: LockOwner | undefined): Promise<boolean> {
  if (!owner) {
    const written = await stat(path).catch(() => undefined);
    return written !== undefined && Date.now() - written.mtimeMs > unreadableIsStaleMs;
  }
  // On a shared disk another machine's processes cannot be seen: its lock is believed.
  return owner.host === hostname() && !isAlive(owner.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return errorCodeOf(thrown) === 'EPERM';
  }
}

/** Takes the dead lock aside by rename, so that of two finders one wins; a live one caught by mistake is put back. */
async function removeStale(path: string, words: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (thrown) {
    if (errorCodeOf(thrown) === 'ENOENT') return;
    throw diskFault(thrown, path);
  }
  const taken = await readFile(aside, 'utf8').catch(() => words);
  if (taken === words) await rm(aside, { force: true });
  else await rename(aside, path);
}
