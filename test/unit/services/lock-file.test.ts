// Locks of dead processes whose number another one has now, and of two who find one at once; the rest of locks is tested with the library (library.test.ts).
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { StudioError } from '../../../src-main/contract/fault.ts';
import { isAbandoned, withLockFile } from '../../../src-main/services/lock-file.ts';
import { isAlive, isThisMachine, ownMark } from '../../../src-main/services/process-life.ts';
import { beats } from '../../../src-main/services/pulse.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Whether this system tells when a process was started. */
const starts = vi.hoisted(() => ({ areTold: true }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  const readFile = ((path: string, encoding: 'utf8') => {
    if (!starts.areTold && path.startsWith('/proc/')) throw new Error('there is no such file');
    return real.readFileSync(path, encoding);
  }) as typeof real.readFileSync;
  return { ...real, readFileSync: readFile };
});
afterEach(() => void (starts.areTold = true));

const rules = { who: 'a test', patienceMs: 0, busy: ({ who }: { readonly who: string }) => new StudioError('library.locked', { who }) };
const wordsOf = (owner: object): string => JSON.stringify({ host: hostname(), who: 'another', since: '2026-01-01T00:00:00.000Z', ...owner });
const lockOf = (owner: object): string => {
  const path = join(temporaryFolder(), 'lock');
  writeFileSync(path, wordsOf(owner));
  return path;
};
const isTaken = (path: string): Promise<boolean> => withLockFile(path, rules, () => Promise.resolve(true)).catch(() => false);

describe.runIf(process.platform === 'linux')('a lock where starts are told', () => {
  it('says when its process was started', async () => {
    const path = join(temporaryFolder(), 'lock');
    await withLockFile(path, rules, async () => expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject(await ownMark()));
    expect((await ownMark()).started).toMatch(/^\d+$/);
  });

  it('is taken over where another process was given the number of a dead one, and only then', async () => {
    const own = await ownMark();
    expect([await isAlive({ pid: 1 }), await isAlive(own), await isAlive({ ...own, started: '1' })]).toEqual([true, true, false]);
    expect(await isTaken(lockOf({ ...own, started: '1' }))).toBe(true);
    for (const owner of [own, { pid: process.pid }]) await expect(withLockFile(lockOf(owner), rules, () => Promise.resolve())).rejects.toMatchObject({ code: 'library.locked' });
  });
});

describe.skipIf(process.platform === 'win32')('a lock where starts are not told', () => {
  /** Another process with a pulse. */
  async function living(): Promise<{ readonly pulse: string; readonly child: ChildProcess }> {
    const pulse = randomBytes(12).toString('hex');
    const path = join(tmpdir(), `velatura-${pulse}.sock`);
    const child = spawn(process.execPath, ['-e', `require('net').createServer().listen(${JSON.stringify(path)}, () => console.log('on'))`], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => (child.kill('SIGKILL'), rmSync(path, { force: true })));
    await once(child.stdout, 'data');
    return { pulse, child };
  }

  it('is held as long as the pulse beats, of a stopped process too, and not beyond, though the number was given again', async () => {
    starts.areTold = false;
    const { pulse, child } = await living();
    const path = lockOf({ pid: process.pid, pulse });
    expect([await beats(pulse), await isTaken(path), await isAbandoned(path)]).toEqual([true, false, false]);
    child.kill('SIGSTOP');
    expect([await beats(pulse), await isTaken(path)]).toEqual([true, false]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect([await beats(pulse), await isAbandoned(path), await isTaken(path)]).toEqual([false, true, true]);
  });

  it('bears the pulse of this process, which two at once do not share', async () => {
    starts.areTold = false;
    const path = join(temporaryFolder(), 'lock');
    await withLockFile(path, rules, async () => {
      const { pulse, started } = JSON.parse(readFileSync(path, 'utf8')) as { pulse?: string; started?: string };
      expect([started, await beats(pulse ?? '')]).toEqual([undefined, true]);
      expect(await isTaken(path)).toBe(false);
    });
    expect(existsSync(path)).toBe(false);
  });

  it('whose socket was cleared away is believed, unless the machine was started since', async () => {
    starts.areTold = false;
    const pulse = '0'.repeat(24);
    expect(await beats(pulse)).toBeUndefined();
    expect(await isTaken(lockOf({ pid: process.pid, pulse, since: new Date().toISOString() }))).toBe(false);
    expect(await isTaken(lockOf({ pid: process.pid, pulse, since: '2001-01-01T00:00:00.000Z' }))).toBe(true);
  });

  it('leads to no other place than a socket of this machine', async () => {
    for (const pulse of ['../../run/docker', '//elsewhere/pipe/x', '']) expect(await beats(pulse)).toBeUndefined();
  });
});

describe('a dead lock', () => {
  const dead = { pid: 2 ** 22 + 1 };

  it('that another is about to take over is left to it', async () => {
    const path = lockOf(dead);
    writeFileSync(`${path}.taking`, '');
    const second = isTaken(path);
    await pause(200);
    const taken = wordsOf({ pid: process.pid });
    writeFileSync(path, taken);
    rmSync(`${path}.taking`);
    expect(await second).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe(taken);
  });

  it('found by many lets in one at a time, and nothing is left beside it', async () => {
    const path = lockOf(dead);
    let [inside, most] = [0, 0];
    const enter = () =>
      withLockFile(path, { ...rules, patienceMs: 10_000 }, async () => {
        most = Math.max(most, (inside += 1));
        await pause(2);
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 12 }, enter));
    expect([most, existsSync(path), existsSync(`${path}.taking`)]).toEqual([1, false, false]);
  });

  it('is let go only by its owner', async () => {
    const path = lockOf(dead);
    await withLockFile(path, rules, () => Promise.resolve(writeFileSync(path, wordsOf({ pid: process.pid }))));
    expect(existsSync(path)).toBe(true);
  });
});

it('a machine is known by its name in whichever network', () => {
  const [name] = hostname().split('.');
  expect([isThisMachine(hostname()), isThisMachine(`${name}.fritz.box`), isThisMachine(`${name}-2.local`), isThisMachine(undefined)]).toEqual([true, true, false, false]);
});
