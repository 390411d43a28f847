// Edits of layers as changes: what the record is after them, and that they can be taken back.
import { describe, expect, test } from 'vitest';
import { applyChanges, inverse } from '../../../../src-main/contract/changes.ts';
import type { DocumentRecord, Layer, LayerId } from '../../../../src-main/contract/document.ts';
import { envelope } from '../../../../src-renderer/document/layer-changes.ts';
import { duplicateLayers, groupLayers, moveLayers, removeLayers, replaceByPaint, shiftLayers, ungroupLayers, type LayerEdit } from '../../../../src-renderer/document/layer-edits.ts';
import { beneath, isLocked, layerRows, topmost } from '../../../../src-renderer/document/layer-tree.ts';

const noPixels = { x: 0, y: 0, depth: 8 as const, tiles: {} };

function layer(id: LayerId, children?: LayerId[]): Layer {
  const envelope = { id, name: id.toUpperCase(), visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
  return children ? { ...envelope, kind: 'group', children } : { ...envelope, kind: 'raster', pixels: noPixels };
}

/** root: a, g(b, h(c)), d, from the bottom. */
const record: DocumentRecord = {
  formatVersion: 1, id: 'doc', name: 'doc', width: 10, height: 10, dpi: 72, depth: 8,
  layers: Object.fromEntries([layer('root', ['a', 'g', 'd']), layer('a'), layer('g', ['b', 'h']), layer('b'), layer('h', ['c']), layer('c'), layer('d')].map((each) => [each.id, each])),
};

/** "a g(b h(c)) d" */
function tree({ layers }: DocumentRecord, group: LayerId = 'root'): string {
  const holder = layers[group];
  if (holder?.kind !== 'group') return '?';
  return holder.children.map((id) => (layers[id]?.kind === 'group' ? `${id}(${tree({ layers } as DocumentRecord, id)})` : id in layers ? id : `?${id}`)).join(' ');
}

function after({ changes }: LayerEdit): DocumentRecord {
  const next = applyChanges(record, changes);
  expect(applyChanges(next, inverse(changes)), 'taken back').toEqual(record);
  return next;
}

describe('the tree of layers', () => {
  test('is read from the top, what lies in folded groups left out', () => {
    expect(layerRows(record).map(({ layer: { id }, depth }) => `${depth}${id}`)).toEqual(['0d', '0g', '1h', '2c', '1b', '0a']);
    expect(layerRows(record, new Set(['g'])).map(({ layer: { id } }) => id)).toEqual(['d', 'g', 'a']);
  });

  test('counts a layer in a chosen group as part of that group', () => {
    expect(topmost(record, ['c', 'd', 'g', 'a'])).toEqual(['a', 'g', 'd']);
  });

  test('knows what lies beneath a layer in its group, and nothing beneath the lowest', () => {
    expect(beneath(record, 'd')?.id).toBe('g');
    expect(beneath(record, 'b')).toBeUndefined();
  });

  test('takes a layer for locked in a locked group', () => {
    const locked = applyChanges(record, [{ path: ['layers', 'g', 'locked'], before: false, after: true }]);
    expect(isLocked(locked, 'c')).toBe(true);
    expect(isLocked(locked, 'a')).toBe(false);
  });
});

describe('edits of layers', () => {
  test('remove groups with all they hold and choose the neighbour', () => {
    const edit = removeLayers(record, ['g', 'c']);
    const next = after(edit);
    expect(tree(next)).toBe('a d');
    expect(Object.keys(next.layers).sort()).toEqual(['a', 'd', 'root']);
    expect(edit.chosen).toEqual(['a']);
  });

  test('choose nothing after the last layer is removed', () => {
    expect(removeLayers(record, ['a', 'g', 'd']).chosen).toEqual([]);
  });

  test('copy groups with new ids throughout', () => {
    const edit = duplicateLayers(record, ['g'], (name) => `${name} copy`);
    const next = after(edit);
    const [made = ''] = edit.chosen;
    expect(tree(next)).toMatch(/^a g\(b h\(c\)\) [\w-]+\([\w-]+ [\w-]+\([\w-]+\)\) d$/);
    expect(next.layers[made]?.name).toBe('G copy');
    expect(Object.keys(next.layers)).toHaveLength(11);
    expect(Object.entries(next.layers).every(([id, each]) => each.id === id)).toBe(true);
  });

  test('move layers into a group, in the order in which they lie', () => {
    expect(tree(after(moveLayers(record, ['d', 'a'], 'h', 1)))).toBe('g(b h(c a d))');
  });

  test('move a layer up past others of its own group, the place counted before', () => {
    expect(tree(after(moveLayers(record, ['a'], 'root', 2)))).toBe('g(b h(c)) a d');
    expect(tree(after(moveLayers(record, ['a'], 'root', 3)))).toBe('g(b h(c)) d a');
  });

  test('move no group into itself, and make no step where nothing moves', () => {
    expect(moveLayers(record, ['g'], 'h', 0).changes).toEqual([]);
    expect(moveLayers(record, ['a'], 'root', 0).changes).toEqual([]);
    expect(moveLayers(record, ['a'], 'root', 1).changes).toEqual([]);
  });

  test('shift one place, out of the group where it ends, and stay at the very top', () => {
    expect(tree(after(shiftLayers(record, ['a'], 1)))).toBe('g(b h(c)) a d');
    expect(tree(after(shiftLayers(record, ['d'], -1)))).toBe('a d g(b h(c))');
    expect(tree(after(shiftLayers(record, ['h'], 1)))).toBe('a g(b) h(c) d');
    expect(tree(after(shiftLayers(record, ['b'], -1)))).toBe('a b g(h(c)) d');
    expect(shiftLayers(record, ['d'], 1).changes).toEqual([]);
  });

  test('group layers where the topmost of them stood, and ungroup again', () => {
    const edit = groupLayers(record, ['c', 'd'], 'New');
    const next = after(edit);
    const [made = ''] = edit.chosen;
    expect(tree(next)).toBe(`a g(b h()) ${made}(c d)`);
    const undone = ungroupLayers(next, [made]);
    expect(tree(applyChanges(next, undone.changes))).toBe('a g(b h()) c d');
    expect(undone.chosen).toEqual(['d', 'c']);
  });

  test('ungroup nested groups one level at a time', () => {
    expect(tree(after(ungroupLayers(record, ['g'])))).toBe('a b h(c) d');
  });

  test('put paint in the place of the lowest layer that was merged', () => {
    const made = envelope('merged');
    const next = after(replaceByPaint(record, ['g', 'd'], made, { ...noPixels, x: 3 }));
    expect(tree(next)).toBe(`a ${made.id}`);
    expect(next.layers[made.id]).toMatchObject({ kind: 'raster', pixels: { x: 3 } });
  });
});
