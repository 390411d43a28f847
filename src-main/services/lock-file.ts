// A lock file: one owner at a time, named in it, and never outliving its process.
import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { StudioError } from '../contract/fault.ts';
import { diskFault, errorCodeOf, makeFolder } from './disk.ts';
import { isAlive, ownMark, type ProcessMark } from './process-life.ts';

export interface LockOwner extends ProcessMark {
  readonly host: string;
  /** Which program holds it, for people: 'velatura teach', 'the studio'. */
  readonly who: string;
  /** ISO 8601. */
  readonly since: string;
}

export interface LockRules {
  /** Names this program to others. */
  readonly who: string;
  /** How long another owner is waited for. */
  readonly patienceMs: number;
  /** The fault when patience ends. */
  busy(owner: Pick<LockOwner, 'who' | 'since'>): StudioError;
}

const retryMs = 50;
/** A lock file without readable words is one being written, until it is this old. */
const unreadableIsStaleMs = 10_000;

/** Runs an action as the only owner of a lock file; one whose process is dead is taken over. Throws what `busy` gives | disk.*. */
export async function withLockFile<T>(path: string, rules: LockRules, action: () => Promise<T>): Promise<T> {
  await makeFolder(dirname(path));
  await acquire(path, rules, Date.now() + rules.patienceMs);
  try {
    return await action();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string, { who, busy }: LockRules, deadline: number): Promise<void> {
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
    if (Date.now() >= deadline) throw busy(owner ?? { who: 'another program', since: '–' });
    await pause(retryMs);
  }
}

async function tryCreate(path: string, who: string): Promise<boolean> {
  const owner: LockOwner = { ...ownMark(), host: hostname(), who, since: new Date().toISOString() };
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(JSON.stringify(owner));
    } catch (thrown) {
      await rm(path, { force: true }); // Without words it would stand in the way of the next try.
      throw thrown;
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
    const { pid, started, host, who, since } = JSON.parse(words) as Record<string, unknown>;
    if (typeof pid !== 'number' || typeof host !== 'string') return undefined;
    return { pid, ...(typeof started === 'string' && { started }), host, who: String(who).slice(0, 200), since: String(since).slice(0, 40) };
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
  return owner.host === hostname() && !isAlive(owner);
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
