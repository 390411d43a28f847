// What is copied of a document, and that nothing is said to be nothing.
import { expect, test } from 'vitest';
import { tileSidePx, type DocumentRecord } from '../../../../../src-main/contract/document.ts';
import type { Region } from '../../../../../src-main/contract/image.ts';
import { copyPixels } from '../../../../../src-renderer/canvas/worker/copying-requests.ts';
import type { DeskParts } from '../../../../../src-renderer/canvas/worker/desk-parts.ts';

const envelope = { name: '', visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
/** Red in its left half, see-through in its right one. */
const tile = Uint8Array.from({ length: tileSidePx ** 2 * 4 }, (_, at) => ((at >> 2) % tileSidePx < tileSidePx / 2 && at % 4 !== 1 && at % 4 !== 2 ? 255 : 0));
const record: DocumentRecord = {
  formatVersion: 1, id: 'd', name: '', width: 256, height: 256, dpi: 72, depth: 8,
  layers: { root: { ...envelope, id: 'root', kind: 'group', children: ['p'] }, p: { ...envelope, id: 'p', kind: 'raster', pixels: { x: 0, y: 0, depth: 8, tiles: { '0,0': 'a' } } } },
};

function desk(selected?: Region): DeskParts {
  const access = { raster: (layer: DocumentRecord['layers'][string]) => (layer.kind === 'raster' ? layer.pixels : undefined), bytes: () => tile };
  return {
    easel: { record, access },
    line: { load: () => Promise.resolve() },
    selection: { region: () => selected, coverage: () => undefined },
  } as unknown as DeskParts;
}

test('a selected part of a layer is copied with its place', async () => {
  const copied = await copyPixels(desk({ x: 100, y: 10, width: 60, height: 20 }), { layer: 'p' });
  expect(copied).toMatchObject({ x: 100, y: 10, pixels: { width: 60, height: 20 } });
  expect([...copied!.pixels.data.slice(0, 4)]).toEqual([255, 0, 0, 255]);
});

test.each([
  ['of the layer', { layer: 'p' }],
  ['of the whole picture', {}],
])('an empty part %s is nothing', async (_, what) => {
  expect(await copyPixels(desk({ x: 130, y: 10, width: 60, height: 20 }), what)).toBeNull();
});
