// What is offered to be compared: every state of the tree once, and what typing leaves of the list.
import { describe, expect, test } from 'vitest';
import type { HistoryEntry } from '../../../../src-main/contract/history.ts';
import { sourceRows, statesByGroup, type SourceOption } from '../../../../src-renderer/compare/source-options.ts';

const entry = (id: string, parent: string): [string, HistoryEntry] => [id, { id, parent, label: { key: id }, at: '2026-01-01T00:00:00.000Z', changes: [] }];
/** first – a – b – c – d, and a – x – y, x – z. */
const entries = new Map([entry('a', 'first'), entry('b', 'a'), entry('x', 'a'), entry('y', 'x'), entry('z', 'x'), entry('c', 'b'), entry('d', 'c')]);
const grouped = (head: string, redo: string[]): Record<string, readonly string[]> => Object.fromEntries(statesByGroup(entries, head, redo).map(({ group, states }) => [group, states]));

describe('the states that are offered', () => {
  test('are those of this line, those undone, and those of other branches', () => {
    expect(grouped('b', ['c', 'd'])).toEqual({ history: ['b', 'a', 'first'], undone: ['c', 'd'], branches: ['z', 'y', 'x'] });
    expect(grouped('z', [])).toEqual({ history: ['z', 'x', 'a', 'first'], undone: [], branches: ['d', 'c', 'y', 'b'] });
  });

  test('are all there, however many', () => {
    const long = new Map(Array.from({ length: 500 }, (_, n) => entry(`s${n}`, n === 0 ? 'first' : `s${n - 1}`)));
    expect(statesByGroup(long, 's299', ['s300', 's301']).map(({ states }) => states.length)).toEqual([301, 2, 198]);
  });
});

describe('the list', () => {
  const options: SourceOption[] = [
    { group: 'branches', words: 'Brush', when: '3 May 2026, 10:15', source: { kind: 'state', entry: 'x' } },
    { group: 'layers', words: 'Only “Sky”', source: { kind: 'only', layer: 'sky' } },
    { group: 'history', words: 'Brush', when: '4 May 2026, 11:20', source: { kind: 'state', entry: 'b' } },
    { group: 'history', words: 'Fill', when: '4 May 2026, 11:25', source: { kind: 'state', entry: 'a' } },
  ];
  const shown = (typed: string): string[] => sourceRows(options, typed).map((row) => (row.kind === 'heading' ? `# ${row.group}` : `${row.at} ${row.option.words}`));

  test('stands in groups, counted through', () => {
    expect(shown('')).toEqual(['# layers', '0 Only “Sky”', '# history', '1 Brush', '2 Fill', '# branches', '3 Brush']);
  });

  test('is narrowed by every word typed, in names and times, without empty headings', () => {
    expect(shown('  BRU ')).toEqual(['# history', '0 Brush', '# branches', '1 Brush']);
    expect(shown('brush 10:15')).toEqual(['# branches', '0 Brush']);
    expect(shown('sky brush')).toEqual([]);
  });
});
