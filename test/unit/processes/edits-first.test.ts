// Edits go before runs of models: none starts while one is made, and a long one does not stop them.
import { setImmediate as nextTurn, setTimeout as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { SessionFactory } from '../../../src-main/engine/runtime/session.ts';
import { editsFirst } from '../../../src-main/processes/edits-first.ts';

async function started(waitMs?: number) {
  const done: string[] = [];
  const runtime: SessionFactory = {
    open: async () => ({ provider: 'cpu', inputs: [], outputs: [], run: async () => (done.push('run'), {}), release: async () => undefined }),
    liveSessions: () => 0,
  };
  const { sessions, edit } = editsFirst(runtime, waitMs);
  const session = await sessions.open(new Uint8Array(), { provider: 'cpu' });
  return { done, session, edit };
}

/** An edit that goes on until it is told to end. */
function editing(edit: <T>(make: () => Promise<T>) => Promise<T>, done: string[]) {
  let end = (): void => undefined;
  const until = new Promise<void>((resolve) => (end = resolve));
  const edited = edit(async () => {
    await until;
    done.push('edit');
  });
  return { edited, end: () => end() };
}

test('an edit that is asked for between two runs is made before the second, with all its steps', async () => {
  const { done, session, edit } = await started();
  await session.run({});
  const second = session.run({});
  const { edited, end } = editing(edit, done);
  for (let i = 0; i < 5; i++) await nextTurn();
  expect(done).toEqual(['run']);
  end();
  await Promise.all([edited, second]);
  expect(done).toEqual(['run', 'edit', 'run']);
});

test('runs wait for the last of several edits, also where one fails', async () => {
  const { done, session, edit } = await started();
  const { edited, end } = editing(edit, done);
  await expect(edit(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const run = session.run({});
  await nextTurn();
  await nextTurn();
  expect(done).toEqual([]);
  end();
  await Promise.all([edited, run]);
  expect(done).toEqual(['edit', 'run']);
});

test('an edit that takes long slows runs and does not stop them', async () => {
  const { done, session, edit } = await started(20);
  const { edited, end } = editing(edit, done);
  await session.run({});
  await later(1);
  expect(done).toEqual(['run']);
  end();
  await edited;
});
