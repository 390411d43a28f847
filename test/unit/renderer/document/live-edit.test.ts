// Edits seen while they are made: one step of history for a gesture.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Change } from '../../../../src-main/contract/changes.ts';
import type { DocumentRecord } from '../../../../src-main/contract/document.ts';
import { createLiveEdit, type SettledDocument } from '../../../../src-renderer/document/live-edit.ts';
import { openedDocument } from '../../../support/scripted-gallery.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Keeps its name; counts what it was told. */
function scripted(isHeld = false) {
  const told: string[] = [];
  let entries = 0;
  const settling = new Set<() => Promise<void>>();
  const document = {
    record: openedDocument().record as DocumentRecord | undefined,
    head: 'first',
    commit(label: { key: string }, [change]: readonly Change[]) {
      told.push(`commit ${label.key} ${String(change?.after)}`);
      document.record = { ...document.record, name: String(change?.after) } as DocumentRecord;
      document.head = `entry-${++entries}`;
      return document.head;
    },
    amend([change]: readonly Change[]) {
      told.push(`amend ${String(change?.after)}`);
      document.record = { ...document.record, name: String(change?.after) } as DocumentRecord;
    },
    beforeSettled(finish: () => Promise<void>) {
      settling.add(finish);
      return () => void settling.delete(finish);
    },
  };
  return { told, document, settling, live: createLiveEdit(document satisfies SettledDocument, () => isHeld, () => Date.now()) };
}

const rename = (name: string) => (record: DocumentRecord): Change[] => (record.name === name ? [] : [{ path: ['name'], before: record.name, after: name }]);

test('a gesture commits once and amends from then on, at most every 50 ms', () => {
  const { told, live } = scripted();
  for (let step = 0; step <= 20; step++) {
    live.set('k', { key: 'name' }, rename(`n${step}`));
    vi.advanceTimersByTime(10);
  }
  live.finish();
  expect(told[0]).toBe('commit name n0');
  expect(told.at(-1)).toBe('amend n20');
  expect(told.filter((line) => line.startsWith('commit'))).toHaveLength(1);
  expect(told.length).toBeLessThanOrEqual(6);
});

test('a gesture that rests is still one step while the hand holds on, and edits without it are not', () => {
  for (const [isHeld, wanted] of [[true, ['commit name a', 'amend b']], [false, ['commit name a', 'commit name b']]] as const) {
    const { told, live } = scripted(isHeld);
    live.set('k', { key: 'name' }, rename('a'));
    vi.advanceTimersByTime(10_000);
    live.set('k', { key: 'name' }, rename('b'));
    expect(told).toEqual(wanted);
  }
});

test('after a gesture has ended the next is a step of its own', () => {
  const { told, live } = scripted();
  live.set('k', { key: 'name' }, rename('a'));
  live.finish();
  live.set('k', { key: 'name' }, rename('b'));
  expect(told).toEqual(['commit name a', 'commit name b']);
});

test('another property is another step, and what waited for the first is not lost', () => {
  const { told, live } = scripted();
  live.set('k', { key: 'one' }, rename('a'));
  live.set('k', { key: 'one' }, rename('b'));
  live.set('other', { key: 'two' }, rename('c'));
  expect(told).toEqual(['commit one a', 'amend b', 'commit two c']);
});

test('a step that something else was built on takes no more in', () => {
  const { told, live, document } = scripted();
  live.set('k', { key: 'name' }, rename('a'));
  document.head = 'somebody-else';
  live.set('k', { key: 'name' }, rename('b'));
  expect(told).toEqual(['commit name a', 'commit name b']);
});

test('what waits is part of its step before a state is left, and the gesture goes on', async () => {
  const { told, live, settling } = scripted(true);
  live.set('k', { key: 'name' }, rename('a'));
  live.set('k', { key: 'name' }, rename('b'));
  for (const settle of settling) await settle();
  live.set('k', { key: 'name' }, rename('c'));
  live.end();
  expect(told).toEqual(['commit name a', 'amend b', 'amend c']);
  expect(settling.size).toBe(0);
});

test('nothing is told where nothing changes', () => {
  const { told, live } = scripted();
  live.set('k', { key: 'name' }, rename('Evening lake'));
  live.finish();
  expect(told).toEqual([]);
});
