// Jobs that a program has left behind: listed by the next one, tried again where it knows how, never lost.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createJobJournal } from '../../../../src-main/services/host/job-journal.ts';
import type { JobOrder } from '../../../../src-main/services/host/job-order.ts';
import { createJobs } from '../../../../src-main/services/host/jobs.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const silent = (): void => undefined;
const unknownPid = 2 ** 22 + 1;

function queue(home: string) {
  const journal = createJobJournal(home, silent);
  return { journal, jobs: createJobs(silent, undefined, journal) };
}

/** An order that never ends by itself. */
function endless(recipe?: unknown): JobOrder {
  return {
    kind: 'export', details: { name: 'print.png' }, canRetry: true, ...(recipe === undefined ? {} : { recipe }),
    run: ({ signal }) => new Promise((_, fail) => signal.addEventListener('abort', () => fail(new Error('stopped')))),
  };
}

const files = (home: string): Promise<string[]> => readdir(join(home, 'jobs')).catch(() => []);

test('what runs or waits when the program ends is listed by the next one, and runs again from its recipe', async () => {
  const home = temporaryFolder();
  const first = queue(home);
  const ids = [first.jobs.add(endless({ size: 3 })), first.jobs.add(endless())];
  await first.journal.settled(); // Here the program is killed.
  const next = queue(home);
  const made: unknown[] = [];
  for (const left of await next.journal.left()) {
    next.jobs.restore(left, (recipe) => {
      made.push(recipe);
      return { ...endless(recipe), run: () => Promise.resolve({ name: 'print.png', bytes: 1 }) };
    });
  }
  expect(made).toEqual([{ size: 3 }]);
  expect(next.jobs.list()).toMatchObject([
    { id: ids[0], state: 'interrupted', details: { name: 'print.png' }, canRetry: true },
    { id: ids[1], state: 'interrupted', canRetry: false },
  ]);
  next.jobs.retry(ids[0]!);
  await pause(10);
  await next.journal.settled();
  expect(next.jobs.list()[0]).toMatchObject({ state: 'done', file: { name: 'print.png' } });
  expect(await files(home)).toEqual([`${ids[1]}.json`]);
  next.jobs.clear();
  await next.journal.settled();
  expect(await files(home)).toEqual([]);
});

test('a program that is closed leaves its jobs too; one that is cancelled is not heard of again', async () => {
  const home = temporaryFolder();
  const first = queue(home);
  const [running, , waiting] = [first.jobs.add(endless({})), first.jobs.add(endless({})), first.jobs.add(endless({}))];
  first.jobs.cancel(waiting);
  await pause(1);
  await first.jobs.close();
  const left = await createJobJournal(home, silent).left();
  expect(left.map(({ id }) => id)).toContain(running);
  expect(left).toHaveLength(2);
});

test('a job of another version, whose recipe means nothing here, is listed and cannot be tried again', async () => {
  const home = temporaryFolder();
  const first = queue(home);
  first.jobs.add(endless({ old: true }));
  await first.journal.settled();
  const next = queue(home);
  for (const left of await next.journal.left()) {
    next.jobs.restore(left, () => {
      throw new Error('not understood');
    });
  }
  expect(next.jobs.list()).toMatchObject([{ state: 'interrupted', canRetry: false }]);
});

test('what is no such file, and what another program works on, is left alone', async () => {
  const home = temporaryFolder();
  await mkdir(join(home, 'jobs'));
  const job = { formatVersion: 1, kind: 'export', details: {}, at: '2026-01-01T00:00:00.000Z' };
  await writeFile(join(home, 'jobs/torn.json'), '{"formatVersion":1,"id"');
  await writeFile(join(home, 'jobs/a.json'), JSON.stringify({ ...job, id: '../a', pid: unknownPid, machine: hostname() }));
  await writeFile(join(home, 'jobs/b.json'), JSON.stringify({ ...job, id: 'b', pid: process.ppid, machine: hostname() }));
  await writeFile(join(home, 'jobs/c.json'), JSON.stringify({ ...job, id: 'c', pid: unknownPid, machine: 'another' }));
  await writeFile(join(home, 'jobs/d.json'), JSON.stringify({ ...job, id: 'd', pid: unknownPid, machine: hostname() }));
  expect((await createJobJournal(home, silent).left()).map(({ id }) => id)).toEqual(['d']);
});
