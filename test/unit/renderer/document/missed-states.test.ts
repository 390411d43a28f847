// Which states of history still want a picture.
import { expect, test } from 'vitest';
import type { DocumentRecord } from '../../../../src-main/contract/document.ts';
import type { HistoryEntry } from '../../../../src-main/contract/history.ts';
import { stateWithoutPicture } from '../../../../src-renderer/document/missed-states.ts';

const envelope = { name: '', visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
const glaze = { ...envelope, id: 'g', kind: 'glaze', settings: { styles: [], strength: 1, keepColours: 0, strokePercent: 100, seed: 1 }, statisticsLocked: false };

/** first → a → b (a glaze is added) → c, at c. */
function standing(width: number) {
  const record = { formatVersion: 1, id: 'd', name: 'three', width, height: 1000, dpi: 72, depth: 8, layers: { root: { ...envelope, id: 'root', kind: 'group', children: ['g'] }, g: glaze } } as unknown as DocumentRecord;
  const entry = (id: string, parent: string, changes: HistoryEntry['changes']): [string, HistoryEntry] => [id, { id, parent, label: { key: 'x' }, at: '2026-01-01T00:00:00.000Z', changes }];
  const entries = new Map([
    entry('a', 'first', [{ path: ['name'], before: 'one', after: 'two' }]),
    entry('b', 'a', [{ path: ['layers', 'g'], after: glaze }, { path: ['layers', 'root', 'children'], before: [], after: ['g'] }]),
    entry('c', 'b', [{ path: ['name'], before: 'two', after: 'three' }]),
  ]);
  return { record, entries, head: 'c', tip: 'c' };
}

test('are named newest first, the beginning last, and never the present one', () => {
  const [at, done] = [standing(1000), new Set<string>()];
  const named: (string | undefined)[] = [];
  for (let state = stateWithoutPicture(at, (each) => done.has(each)); state !== undefined; state = stateWithoutPicture(at, (each) => done.has(each))) {
    named.push(state);
    done.add(state);
  }
  expect(named).toEqual(['b', 'a', 'first']);
});

test('are left out where a glaze of a large picture would have to be painted', () => {
  expect(stateWithoutPicture(standing(4000), () => false)).toBe('a');
});
