// A glaze under a transform: its own mask and those of its styles go the same way, and undone they are what they were.
import { expect, test } from 'vitest';
import { applyChanges, inverse, type Change } from '../../../../../src-main/contract/changes.ts';
import { tileSidePx, type DocumentRecord, type LayerOf, type Mask, type Matrix } from '../../../../../src-main/contract/document.ts';
import { readRaster, type ChangedTiles } from '../../../../../src-main/raster/tiles.ts';
import type { DeskParts } from '../../../../../src-renderer/canvas/worker/desk-parts.ts';
import { transformLayers } from '../../../../../src-renderer/canvas/worker/transforming-requests.ts';

const envelope = { name: '', visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
/** White in the square from 40 to 80. */
const square = Uint8Array.from({ length: tileSidePx ** 2 }, (_, at) => {
  const [x, y] = [at % tileSidePx, Math.floor(at / tileSidePx)];
  return x >= 40 && x < 80 && y >= 40 && y < 80 ? 255 : 0;
});
const mask: Mask = { x: 10, y: 20, depth: 8, tiles: { '0,0': 'square' }, outside: 0, enabled: true };
const settings = { styles: [{ style: 's', weight: 1 }, { style: 't', weight: 2, mask }], strength: 1, keepColours: 0, strokePercent: 100, seed: 1, noise: 0 };
const record: DocumentRecord = {
  formatVersion: 1, id: 'd', name: '', width: 400, height: 300, dpi: 72, depth: 8,
  layers: {
    root: { ...envelope, id: 'root', kind: 'group', children: ['g'] },
    g: { ...envelope, id: 'g', kind: 'glaze', settings, statisticsLocked: false, mask },
  },
};

/** What transforming the glaze makes of the record. */
async function transformed(matrix: Matrix) {
  const bytes = new Map<string, Uint8Array>([['square', square]]);
  const loaded = new Set<string>();
  const made: Change[] = [];
  const parts = {
    mirror: { record },
    line: { load: async (ids: readonly string[]) => ids.forEach((id) => loaded.add(id)) },
    cache: { get: (id: string) => (loaded.has(id) || id !== 'square' ? bytes.get(id) : undefined) }, // stored tiles are there once they are loaded
    selection: { current: () => undefined },
    steps: {
      settled: async () => undefined,
      hold: (tiles: ChangedTiles) => new Map([...tiles].map(([place, tile]) => [place, tile && (bytes.set(`held-${bytes.size}`, tile), `held-${bytes.size - 1}`)])),
      make: (_label: unknown, changes: readonly Change[]) => made.push(...changes),
    },
  } as unknown as DeskParts;
  await transformLayers(parts, { layers: ['g'], matrix, label: { key: 'canvas.transform' } });
  const after = applyChanges(record, made);
  const grey = (of: Mask): Uint8Array => Uint8Array.from(readRaster(of, { x: 0, y: 0, width: 400, height: 300 }, (id) => bytes.get(id)).data);
  return { after: after.layers['g'] as LayerOf<'glaze'>, undone: applyChanges(after, inverse(made)), grey };
}

test.each<readonly [string, Matrix, readonly [number, number]]>([
  ['moved by part of a pixel', [1, 0, 0, 1, 100.5, 50], [180, 130]],
  ['doubled', [2, 0, 0, 2, 0, 0], [140, 160]],
  ['turned by a quarter', [0, 1, -1, 0, 300, 0], [220, 70]],
])('a glaze that is %s takes the masks of its styles with it as it takes its own', async (_, matrix, [x, y]) => {
  const { after, undone, grey } = await transformed(matrix);
  const [plain, masked] = after.settings.styles;
  expect(plain).toEqual(settings.styles[0]);
  const [own, style] = [grey(after.mask!), grey(masked!.mask!)];
  expect(Buffer.compare(own, style)).toBe(0);
  expect(style[y * 400 + x]).toBe(255);
  expect(style[5 * 400 + 5]).toBe(0);
  expect(masked).toMatchObject({ style: 't', weight: 2, mask: { outside: 0, enabled: true } });
  expect(undone).toEqual(record);
});
