// Ways through the tree of history.
import { expect, test } from 'vitest';
import { applyChanges } from '../../../../src-main/contract/changes.ts';
import { firstState, type HistoryEntry } from '../../../../src-main/contract/history.ts';
import { changesBetween, lineOf } from '../../../../src-renderer/document/history-path.ts';

const step = (id: string, parent: string, before: number | undefined, after: number): [string, HistoryEntry] => [
  id,
  { id, parent, label: { key: 'paint' }, at: '2026-01-01T00:00:00.000Z', changes: [{ path: ['value'], before, after }] },
];

/** first ─ a ─ b and, from a, a branch c ─ d. */
const entries = new Map([step('a', firstState, undefined, 1), step('b', 'a', 1, 2), step('c', 'a', 1, 3), step('d', 'c', 3, 4)]);

test.each([
  [firstState, 'd', {}, { value: 4 }],
  ['b', 'd', { value: 2 }, { value: 4 }],
  ['d', 'b', { value: 4 }, { value: 2 }],
  ['d', firstState, { value: 4 }, {}],
  ['c', 'c', { value: 3 }, { value: 3 }],
])('from %s to %s', (from, to, before, after) => {
  expect(applyChanges<object>(before, changesBetween(entries, from, to))).toEqual(after);
});

test('a line leads back to the beginning', () => {
  expect(lineOf(entries, 'd')).toEqual(['d', 'c', 'a', firstState]);
});
