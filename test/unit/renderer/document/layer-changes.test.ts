// Where new layers come to lie.
import { expect, test } from 'vitest';
import { applyChanges } from '../../../../src-main/contract/changes.ts';
import type { DocumentRecord, Layer } from '../../../../src-main/contract/document.ts';
import { addBeside, childrenOf, paintBeside, paintLayer } from '../../../../src-renderer/document/layer-changes.ts';

const envelope = (id: string) => ({ id, name: id, visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false });
const photo: Layer = { ...envelope('photo'), kind: 'fill', fill: { type: 'solid', colour: [0, 0, 0, 1] } };
const glaze: Layer = {
  ...envelope('glaze'), kind: 'glaze', statisticsLocked: false,
  settings: { styles: [], strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 0 },
};
const paint: Layer = { ...envelope('paint'), kind: 'raster', pixels: { x: 0, y: 0, depth: 8, tiles: {} } };

function holding(...layers: readonly Layer[]): DocumentRecord {
  const root: Layer = { ...envelope('root'), kind: 'group', children: layers.map(({ id }) => id) };
  return { formatVersion: 1, id: 'd', name: 'd', width: 9, height: 9, dpi: 72, depth: 8, layers: Object.fromEntries([root, ...layers].map((each) => [each.id, each])) };
}

test.each([
  ['above a picture', photo, [photo.id, 'made', glaze.id]],
  ['beneath a glaze, which then restyles it', glaze, [photo.id, 'made', glaze.id]],
])('new paint lies %s', (_, beside, order) => {
  const record = holding(photo, glaze);
  const made = { ...paintLayer('Paint', 8), id: 'made' };
  expect(childrenOf(applyChanges(record, addBeside(record, made, beside)))).toEqual(order);
});

test('paint that lies there already is found, unless it is locked or hidden', () => {
  expect(paintBeside(holding(photo, paint, glaze), photo)).toBe('paint');
  expect(paintBeside(holding(photo, paint, glaze), glaze)).toBe('paint');
  expect(paintBeside(holding(photo, { ...paint, locked: true }), photo)).toBeUndefined();
  expect(paintBeside(holding(photo, { ...paint, alphaLocked: true }), photo)).toBeUndefined();
  expect(paintBeside(holding(photo, { ...paint, visible: false }), photo)).toBeUndefined();
  expect(paintBeside(holding(paint, photo), photo)).toBeUndefined();
});
