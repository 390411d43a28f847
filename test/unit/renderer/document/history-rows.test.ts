// The tree of history as a list: the line walked now, what lies ahead, and other branches folded where they leave.
import { describe, expect, test } from 'vitest';
import type { HistoryEntry } from '../../../../src-main/contract/history.ts';
import { historyRows } from '../../../../src-renderer/document/history-rows.ts';

const entry = (id: string, parent: string): [string, HistoryEntry] => [id, { id, parent, label: { key: id }, at: '2026-01-01T00:00:00.000Z', changes: [] }];
/** first – a – b – c, and a – x – y, x – z. */
const entries = new Map([entry('a', 'first'), entry('b', 'a'), entry('c', 'b'), entry('x', 'a'), entry('y', 'x'), entry('z', 'x')]);

const shown = (head: string, redo: string[], open: string[] = []): string[] =>
  historyRows(entries, head, redo, new Set(open)).map((row) => (row.kind === 'branch' ? `${row.depth}+${row.count}` : `${row.depth}${row.id}${row.ahead ? '>' : ''}`));

describe('the rows of history', () => {
  test('show what redo walks after the present state', () => {
    expect(shown('a', ['b', 'c'])).toEqual(['0first', '0a', '0+3', '0b>', '0c>']);
  });

  test('fold the line left behind once another is walked', () => {
    expect(shown('y', [])).toEqual(['0first', '0a', '0+2', '0x', '0+1', '0y']);
  });

  test('unfold a branch with the branches of its own', () => {
    expect(shown('c', [], ['x'])).toEqual(['0first', '0a', '0+3', '1x', '1+1', '1y', '0b', '0c']);
    expect(shown('c', [], ['x', 'z'])).toEqual(['0first', '0a', '0+3', '1x', '1+1', '2z', '1y', '0b', '0c']);
  });

  test('begin with the first state where nothing was done yet', () => {
    expect(historyRows(new Map(), 'first', [], new Set())).toMatchObject([{ kind: 'state', id: 'first', entry: undefined }]);
  });
});
