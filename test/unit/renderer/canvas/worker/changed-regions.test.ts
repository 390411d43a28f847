// What looks different after a change: a tile, a layer, the whole picture, nothing.
import { expect, test } from 'vitest';
import { applyChanges, type Change } from '../../../../../src-main/contract/changes.ts';
import type { DocumentRecord, Layer } from '../../../../../src-main/contract/document.ts';
import { changedRegions } from '../../../../../src-renderer/canvas/worker/changed-regions.ts';

const envelope = { name: '', visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
const record: DocumentRecord = {
  formatVersion: 1, id: 'd', name: '', width: 1000, height: 800, dpi: 72, depth: 8,
  layers: {
    root: { ...envelope, id: 'root', kind: 'group', children: ['p', 'f'] },
    p: { ...envelope, id: 'p', kind: 'raster', pixels: { x: 10, y: 20, depth: 8, tiles: { '0,0': 'a', '1,0': 'b' } } },
    f: { ...envelope, id: 'f', kind: 'fill', fill: { type: 'solid', colour: [0, 0, 0, 1] } },
  },
};

function regions(change: Change) {
  const raster = (layer: Layer) => (layer.kind === 'raster' ? layer.pixels : undefined);
  return changedRegions([change], record, applyChanges(record, [change]), raster);
}

test('a tile of a moved raster', () => {
  expect(regions({ path: ['layers', 'p', 'pixels', 'tiles', '1,0'], before: 'b', after: 'c' })).toEqual([{ x: 266, y: 20, width: 256, height: 256 }]);
});

test('a layer before and after it is moved', () => {
  expect(regions({ path: ['layers', 'p', 'pixels', 'x'], before: 10, after: 500 })).toEqual([
    { x: 10, y: 20, width: 512, height: 256 },
    { x: 500, y: 20, width: 512, height: 256 },
  ]);
});

test('the whole picture where a fill is shown or hidden, or the size changes', () => {
  expect(regions({ path: ['layers', 'f', 'visible'], before: true, after: false })[0]).toMatchObject({ width: 1000, height: 800 });
  expect(regions({ path: ['width'], before: 1000, after: 1200 })).toHaveLength(2);
});

test('nothing for names and locks', () => {
  expect(regions({ path: ['layers', 'p', 'name'], before: '', after: 'x' })).toEqual([]);
  expect(regions({ path: ['layers', 'p', 'locked'], before: false, after: true })).toEqual([]);
  expect(regions({ path: ['layers', 'p', 'alphaLocked'], after: true })).toEqual([]);
});
