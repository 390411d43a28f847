// Where the picture beneath a glaze differs between two states of a document.
import { expect, test } from 'vitest';
import type { DocumentRecord, LayerOf } from '../../../../src-main/contract/document.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { changesBeneath, clippedAnew, shownGlazes } from '../../../../src-main/services/glaze/glaze-changes.ts';
import { emptyMask, glazeLayerOf, paintedDocument, rasterLayerOf } from '../../../support/painted-document.ts';

function scene() {
  const painted = paintedDocument({ width: 600, height: 400 }, [rasterLayerOf('paint', { x: 0, y: 0, depth: 8, tiles: {} }), glazeLayerOf('glaze'), rasterLayerOf('above', { x: 0, y: 0, depth: 8, tiles: {} })], createRandom(1));
  const differ = (before: DocumentRecord, after: DocumentRecord) => changesBeneath(before, after, 'glaze', (ids) => painted.assets.load(ids));
  const layer = (id: string) => painted.record.layers[id] as LayerOf<'raster'>;
  return { painted, differ, layer };
}

test('a stroke over several tiles is one region, no larger than its pixels; two far apart are two', async () => {
  const { painted, differ, layer } = scene();
  const before = painted.record;
  const stroke = { x: 200, y: 220, width: 120, height: 90 };
  const once = painted.with({ ...layer('paint'), pixels: painted.painted(layer('paint').pixels, stroke, [1, 0, 0, 1]) });
  expect(await differ(before, once)).toEqual([stroke]);
  const twice = painted.with({ ...layer('paint'), pixels: painted.painted(layer('paint').pixels, { x: 560, y: 3, width: 4, height: 5 }, [1, 0, 0, 1]) });
  expect(await differ(before, twice)).toHaveLength(2);
  expect(await differ(twice, twice)).toEqual([]);
});

test('a mask counts where it was brushed; what lies above the glaze, names and what nobody sees do not count', async () => {
  const { painted, differ, layer } = scene();
  const before = painted.with({ ...layer('background'), mask: { ...emptyMask, outside: 255 } });
  const brushed = { x: 10, y: 20, width: 30, height: 40 };
  const after = painted.with({ ...layer('background'), mask: painted.painted({ ...emptyMask, outside: 255 as const }, brushed, [0]) });
  expect(await differ(before, after)).toEqual([brushed]);
  const named = painted.with({ ...layer('paint'), name: 'other', locked: true, alphaLocked: true });
  expect(await differ(after, named)).toEqual([]);
  const above = painted.with({ ...layer('above'), pixels: painted.painted(layer('above').pixels, brushed, [1, 1, 1, 1]) });
  expect(await differ(named, above)).toEqual([]);
  const hidden = painted.with({ ...layer('paint'), visible: false, pixels: painted.painted(layer('paint').pixels, brushed, [1, 1, 1, 1]) });
  const moreHidden = painted.with({ ...layer('paint'), opacity: 0.3 });
  expect(await differ(hidden, moreHidden)).toEqual([]);
});

test('a layer that comes or goes counts as far as it has paint, one that is clipped everywhere', async () => {
  const { painted, differ, layer } = scene();
  const at = { x: 10, y: 20, width: 30, height: 40 };
  const before = painted.with({ ...layer('paint'), pixels: painted.painted(layer('paint').pixels, at, [1, 1, 1, 1]) });
  const root = before.layers['root'] as LayerOf<'group'>;
  const without = painted.with({ ...root, children: ['background', 'glaze', 'above'] });
  expect(await differ(before, without)).toEqual([{ x: 0, y: 0, width: 256, height: 256 }]);
  painted.with(root);
  const clipped = painted.with({ ...layer('paint'), clip: true });
  expect(await differ(before, clipped)).toEqual([{ x: 0, y: 0, width: 600, height: 400 }]);
  // To be painted first where it lies.
  for (const [one, other] of [[before, clipped], [clipped, before], [clipped, without], [without, clipped]] as const) expect(clippedAnew(one, other, 'glaze')).toEqual([{ x: 0, y: 0, width: 256, height: 256 }]);
  expect(clippedAnew(before, without, 'glaze')).toEqual([]);
});

test('glazes in hidden groups and on hidden bases are not shown', () => {
  const { painted } = scene();
  const group: LayerOf<'group'> = { ...(painted.record.layers['root'] as LayerOf<'group'>), id: 'group', children: ['glaze'] };
  const root = painted.record.layers['root'] as LayerOf<'group'>;
  painted.with({ ...root, children: ['background', 'group'] });
  expect(shownGlazes(painted.with(group)).map(({ id }) => id)).toEqual(['glaze']);
  expect(shownGlazes(painted.record, { hidden: new Set(['glaze']) })).toEqual([]);
  expect(shownGlazes(painted.with({ ...group, visible: false }))).toEqual([]);
});
