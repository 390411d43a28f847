// Whole moves and crops as changes: every kind of layer goes along, groups once, and all of it turns back.
import { expect, test } from 'vitest';
import { applyChanges, inverse } from '../../../../src-main/contract/changes.ts';
import type { DocumentRecord, LayerOf } from '../../../../src-main/contract/document.ts';
import { cropDocument, moveLayers, outermost } from '../../../../src-renderer/canvas/layer-moves.ts';

const envelope = { name: '', visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
const mask = { x: 1, y: 2, depth: 8 as const, tiles: {}, outside: 255 as const, enabled: true };
const pixels = { x: 10, y: 20, depth: 8 as const, tiles: {} };

const record: DocumentRecord = {
  formatVersion: 1, id: 'd', name: '', width: 100, height: 80, dpi: 72, depth: 8,
  layers: {
    root: { ...envelope, id: 'root', kind: 'group', children: ['a', 'g', 'z', 'f'] },
    a: { ...envelope, id: 'a', kind: 'raster', pixels, mask },
    g: { ...envelope, id: 'g', kind: 'group', children: ['i'] },
    i: { ...envelope, id: 'i', kind: 'image', source: 'ab', sourceName: '', sourceSize: { width: 1, height: 1 }, transform: [2, 0, 0, 2, 5, 6], pixels },
    z: { ...envelope, id: 'z', kind: 'glaze', statisticsLocked: false, settings: { styles: [{ style: 's', weight: 1, mask }, { style: 't', weight: 1 }], strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 0 } },
    f: { ...envelope, id: 'f', kind: 'fill', fill: { type: 'linear', from: [0, 0], to: [9, 9], stops: [{ at: 0, colour: [0, 0, 0, 1] }, { at: 1, colour: [1, 1, 1, 1] }] } },
  },
};

test('paint, masks, placed pictures and gradients move; undone they stand where they were', () => {
  const changes = moveLayers(record, ['root'], 3, -4);
  const moved = applyChanges(record, changes);
  expect((moved.layers['a'] as LayerOf<'raster'>).pixels).toMatchObject({ x: 13, y: 16 });
  expect(moved.layers['a']?.mask).toMatchObject({ x: 4, y: -2 });
  expect((moved.layers['i'] as LayerOf<'image'>).transform).toEqual([2, 0, 0, 2, 8, 2]);
  expect((moved.layers['z'] as LayerOf<'glaze'>).settings.styles[0]?.mask).toMatchObject({ x: 4, y: -2 });
  expect((moved.layers['f'] as LayerOf<'fill'>).fill).toMatchObject({ from: [3, -4] });
  expect(applyChanges(moved, inverse(changes))).toEqual(record);
});

test('a layer named beside its group moves once', () => {
  expect(outermost(record, ['i', 'g', 'a'])).toEqual(['g', 'a']);
  const moved = applyChanges(record, moveLayers(record, ['i', 'g'], 1, 0));
  expect((moved.layers['i'] as LayerOf<'image'>).pixels.x).toBe(11);
});

test('no move is no change', () => {
  expect(moveLayers(record, ['a'], 0, 0)).toEqual([]);
});

test('a crop sets the size and moves everything by its corner', () => {
  const cropped = applyChanges(record, cropDocument(record, { x: 10, y: 5, width: 50, height: 40 }));
  expect(cropped).toMatchObject({ width: 50, height: 40 });
  expect((cropped.layers['a'] as LayerOf<'raster'>).pixels).toMatchObject({ x: 0, y: 15 });
});
