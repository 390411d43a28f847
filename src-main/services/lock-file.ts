// A lock file: one owner at a time, named in it, and never outliving its process.
import { randomUUID } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { StudioError } from '../contract/fault.ts';
import { diskFault, errorCodeOf, makeFolder } from './disk.ts';
import { isAlive, isThisMachine, ownMark, type ProcessMark } from './process-life.ts';

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
/** An owner that is waited for is asked for its life no more often: what asks is taken in by a busy process later. */
const askAgainMs = 1000;
/** A lock file without readable words is one being written, until it is this old. */
const unreadableIsStaleMs = 10_000;

/** Runs an action as the only owner of a lock file; one whose process is dead is taken over. Throws what `busy` gives | disk.*. */
export async function withLockFile<T>(path: string, rules: LockRules, action: () => Promise<T>): Promise<T> {
  await makeFolder(dirname(path));
  const words = await acquire(path, rules, Date.now() + rules.patienceMs);
  try {
    return await action();
  } finally {
    // Not that of another, whoever removed ours.
    if ((await wordsAt(path).catch(() => words)) === words) await rm(path, { force: true });
  }
}

/** Whether a lock stands there whose process has ended. */
export async function isAbandoned(path: string): Promise<boolean> {
  const words = await wordsAt(path).catch(() => undefined);
  if (words === undefined) return false;
  const owner = ownerIn(words);
  return !owner || isDead(owner);
}

/** Who holds the lock that stands there; undefined where there is none, or its process has ended. Throws disk.*. */
export async function ownerOf(path: string): Promise<LockOwner | undefined> {
  const words = await wordsAt(path);
  const owner = words === undefined ? undefined : ownerIn(words);
  return owner && !(await isDead(owner)) ? owner : undefined;
}

/** Answers the words of the lock that was laid. */
async function acquire(path: string, { who, busy }: LockRules, deadline: number): Promise<string> {
  let seen = { words: '', at: -Infinity };
  for (;;) {
    const own = await tryCreate(path, who);
    if (own !== undefined) return own;
    const words = await wordsAt(path);
    // Let go in this very moment: try again.
    if (words === undefined) continue;
    const owner = ownerIn(words);
    if (words !== seen.words || Date.now() - seen.at >= askAgainMs) {
      if (await isStale(path, owner)) {
        await removeStale(path, words);
        continue;
      }
      seen = { words, at: Date.now() };
    }
    if (Date.now() >= deadline) throw busy(owner ?? { who: 'another program', since: '–' });
    await pause(retryMs);
  }
}

/** Undefined where one stands there already. */
async function tryCreate(path: string, who: string): Promise<string | undefined> {
  const owner: LockOwner & { readonly token: string } = { ...(await ownMark()), host: hostname(), who, since: new Date().toISOString(), token: randomUUID() };
  const words = JSON.stringify(owner);
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(words);
    } catch (thrown) {
      await rm(path, { force: true }); // Without words it would stand in the way of the next try.
      throw thrown;
    } finally {
      await file.close();
    }
    return words;
  } catch (thrown) {
    if (errorCodeOf(thrown) === 'EEXIST') return undefined;
    throw diskFault(thrown, path);
  }
}

async function wordsAt(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((thrown: unknown) => {
    if (errorCodeOf(thrown) === 'ENOENT') return undefined;
    throw diskFault(thrown, path);
  });
}

function ownerIn(words: string): LockOwner | undefined {
  try {
    const { pid, started, pulse, host, who, since } = JSON.parse(words) as Record<string, unknown>;
    if (typeof pid !== 'number' || typeof host !== 'string') return undefined;
    const mark = { pid, ...(typeof started === 'string' && { started }), ...(typeof pulse === 'string' && { pulse }) };
    return { ...mark, host, who: String(who).slice(0, 200), since: String(since).slice(0, 40) };
  } catch {
    return undefined;
  }
}

async function isStale(path: string, owner: LockOwner | undefined): Promise<boolean> {
  return owner ? isDead(owner) : isOlder(path, unreadableIsStaleMs);
}

/** On a shared disk another machine's processes cannot be seen: its lock is believed. */
async function isDead(owner: LockOwner): Promise<boolean> {
  return isThisMachine(owner.host) && !(await isAlive(owner));
}

async function isOlder(path: string, ms: number): Promise<boolean> {
  const written = await stat(path).catch(() => undefined);
  return written !== undefined && Date.now() - written.mtimeMs > ms;
}

/** Of those who find a dead lock one at a time may remove it, and only while it still says the same: the next owner's is never touched. */
async function removeStale(path: string, words: string): Promise<void> {
  const turn = `${path}.taking`;
  try {
    await (await open(turn, 'wx')).close();
  } catch (thrown) {
    if (errorCodeOf(thrown) !== 'EEXIST') throw diskFault(thrown, path);
    // Left by a process that ended in these few lines.
    if (await isOlder(turn, unreadableIsStaleMs)) await rm(turn, { force: true });
    return pause(retryMs);
  }
  try {
    if ((await wordsAt(path)) === words) await rm(path, { force: true });
  } finally {
    await rm(turn, { force: true });
  }
}
