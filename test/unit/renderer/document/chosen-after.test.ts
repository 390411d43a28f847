// Which layers are chosen after a change: those left, those that came, else the nearest.
import { expect, test } from 'vitest';
import { rootId, type DocumentRecord, type Layer, type LayerId } from '../../../../src-main/contract/document.ts';
import { chosenAfter } from '../../../../src-renderer/document/chosen-after.ts';

function layer(id: LayerId, children?: LayerId[]): Layer {
  const envelope = { id, name: id, visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
  return children ? { ...envelope, kind: 'group', children } : { ...envelope, kind: 'raster', pixels: { x: 0, y: 0, depth: 8, tiles: {} } };
}

/** Layers by group, from the bottom: a record of them. */
function record(groups: Readonly<Record<LayerId, LayerId[]>>): DocumentRecord {
  const ids = [...new Set([rootId, ...Object.values(groups).flat()])];
  const layers = Object.fromEntries(ids.map((id) => [id, layer(id, groups[id])]));
  return { formatVersion: 1, id: 'doc', name: 'doc', width: 10, height: 10, dpi: 72, depth: 8, layers };
}

const before = record({ [rootId]: ['a', 'g', 'd'], g: ['b', 'c'] });

test('layers that are left stay chosen, in their order', () => {
  expect(chosenAfter(before, record({ [rootId]: ['a', 'g'], g: ['b', 'c'] }), ['d', 'c', 'a'])).toEqual(['c', 'a']);
});

test('a merge that is taken back leaves the artist on the upper of the two layers', () => {
  const merged = record({ [rootId]: ['a', 'm', 'd'] });
  expect(chosenAfter(merged, record({ [rootId]: ['a', 'x', 'y', 'd'] }), ['m'])).toEqual(['y']);
  expect(chosenAfter(merged, before, ['m']), 'a group, not what it holds').toEqual(['g']);
});

test('where the chosen layer goes, the one beneath it is chosen, else the one above', () => {
  expect(chosenAfter(before, record({ [rootId]: ['a', 'g', 'd'], g: ['b'] }), ['c'])).toEqual(['b']);
  expect(chosenAfter(before, record({ [rootId]: ['g', 'd'], g: ['b', 'c'] }), ['a'])).toEqual(['b']);
});

test('with nothing chosen the topmost layer is; without layers none', () => {
  expect(chosenAfter(before, before, [])).toEqual(['d']);
  expect(chosenAfter(before, record({ [rootId]: [] }), ['a'])).toEqual([]);
});
