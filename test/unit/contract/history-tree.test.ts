// The tree of a history: ways between states, and steps that are amended under later ones.
import { describe, expect, it } from 'vitest';
import { applyChanges, type Change, type Json } from '../../../src-main/contract/changes.ts';
import { firstState, type HistoryEntry } from '../../../src-main/contract/history.ts';
import { amendEntries, changesBetween, lineOf, redoFrom } from '../../../src-main/contract/history-tree.ts';

const entry = (id: string, parent: string, changes: Change[]): [string, HistoryEntry] => [id, { id, parent, label: { key: 'x' }, at: '2026-01-01T00:00:00Z', changes }];
const set = (path: string, before: Json | undefined, after: Json | undefined): Change => ({ path: path.split('/'), before, after });

const first: Readonly<Record<string, Json>> = { a: 1, box: { b: 1, c: 1 } };
const entries = new Map([
  entry('one', firstState, [set('a', 1, 2)]),
  entry('two', 'one', [set('box/b', 1, 2)]),
  entry('three', 'two', [set('box', { b: 2, c: 1 }, undefined)]),
  entry('side', 'one', [set('a', 2, 9)]),
]);
const at = (state: string, tree: ReadonlyMap<string, HistoryEntry> = entries) => applyChanges(first, changesBetween(tree, firstState, state));

describe('a history', () => {
  it('leads from any state to any other', () => {
    const states = [firstState, ...entries.keys()];
    for (const from of states) for (const to of states) expect(applyChanges(at(from), changesBetween(entries, from, to))).toEqual(at(to));
    expect(lineOf(entries, 'three')).toEqual(['three', 'two', 'one', firstState]);
  });

  it('still fits when the beginning is amended', () => {
    const amended = amendEntries(entries, firstState, [set('a', 1, 4)]);
    const begun = applyChanges(first, [set('a', 1, 4)]);
    for (const state of amended.keys()) expect(applyChanges(applyChanges(begun, changesBetween(amended, firstState, state)), changesBetween(amended, state, firstState))).toEqual(begun);
  });

  it('can go forward again along the line of the tip, and along no other', () => {
    expect(redoFrom(entries, 'three', 'one')).toEqual(['two', 'three']);
    expect(redoFrom(entries, 'three', 'side')).toEqual([]);
  });

  it('still fits when a step is amended: later steps start from the new values, undo leads back to the old', () => {
    const amended = amendEntries(entries, 'one', [set('a', 2, 5), set('box/c', 1, 7)]);
    expect(at('one', amended)).toEqual({ a: 5, box: { b: 1, c: 7 } });
    expect(at('two', amended)).toEqual({ a: 5, box: { b: 2, c: 7 } });
    expect(at('three', amended)).toEqual({ a: 5 });
    expect(at('side', amended)).toEqual({ a: 9, box: { b: 1, c: 7 } });
    for (const from of amended.keys()) expect(applyChanges(at(from, amended), changesBetween(amended, from, firstState))).toEqual(first);
  });
});
