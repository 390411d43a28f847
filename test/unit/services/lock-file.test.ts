// Locks of dead processes whose number another one has now; the rest of locks is tested with the library (library.test.ts).
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../src-main/contract/fault.ts';
import { withLockFile } from '../../../src-main/services/lock-file.ts';
import { isAlive, ownMark } from '../../../src-main/services/process-life.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const rules = { who: 'a test', patienceMs: 0, busy: ({ who }: { readonly who: string }) => new StudioError('library.locked', { who }) };
const lockOf = (owner: object): string => {
  const path = join(temporaryFolder(), 'lock');
  writeFileSync(path, JSON.stringify({ host: hostname(), who: 'another', since: '2026-01-01T00:00:00.000Z', ...owner }));
  return path;
};

describe.runIf(process.platform === 'linux')('a lock', () => {
  it('says when its process was started', async () => {
    const path = join(temporaryFolder(), 'lock');
    await withLockFile(path, rules, async () => expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject(ownMark()));
    expect(ownMark().started).toMatch(/^\d+$/);
  });

  it('is taken over where another process was given the number of a dead one, and only then', async () => {
    expect([isAlive({ pid: 1 }), isAlive(ownMark()), isAlive({ ...ownMark(), started: '1' })]).toEqual([true, true, false]);
    expect(await withLockFile(lockOf({ ...ownMark(), started: '1' }), rules, () => Promise.resolve('mine'))).toBe('mine');
    for (const owner of [ownMark(), { pid: process.pid }]) await expect(withLockFile(lockOf(owner), rules, () => Promise.resolve())).rejects.toMatchObject({ code: 'library.locked' });
  });
});
