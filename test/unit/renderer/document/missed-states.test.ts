// Which states of history still want a picture.
import { expect, test } from 'vitest';
import type { HistoryEntry } from '../../../../src-main/contract/history.ts';
import { stateWithoutPicture } from '../../../../src-renderer/document/missed-states.ts';

/** first → a → b → c, at c. */
function standing() {
  const entry = (id: string, parent: string): [string, HistoryEntry] => [id, { id, parent, label: { key: 'x' }, at: '2026-01-01T00:00:00.000Z', changes: [] }];
  return { entries: new Map([entry('a', 'first'), entry('b', 'a'), entry('c', 'b')]), head: 'c', tip: 'c' };
}

test('are named newest first, the beginning last, and never the present one', () => {
  const [at, done] = [standing(), new Set<string>()];
  const named: (string | undefined)[] = [];
  for (let state = stateWithoutPicture(at, (each) => done.has(each)); state !== undefined; state = stateWithoutPicture(at, (each) => done.has(each))) {
    named.push(state);
    done.add(state);
  }
  expect(named).toEqual(['b', 'a', 'first']);
});
