// What is copied of a document and at which depth, and that nothing is said to be nothing.
import { expect, test } from 'vitest';
import { tileSidePx, type DocumentRecord, type Mask, type Raster } from '../../../../../src-main/contract/document.ts';
import type { GlazeTiles } from '../../../../../src-main/contract/glaze-tiles.ts';
import type { Region } from '../../../../../src-main/contract/image.ts';
import { bytesOfSamples, readRaster, type ChangedTiles } from '../../../../../src-main/raster/tiles.ts';
import { copyPixels, invertMask, keepPixels, mergeLayers } from '../../../../../src-renderer/canvas/worker/copying-requests.ts';
import { createGlazePaint } from '../../../../../src-renderer/canvas/worker/glaze-paint.ts';
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

/** Every pixel another colour of 16 bit, half of them half see-through. */
const fine = Uint16Array.from({ length: tileSidePx ** 2 * 4 }, (_, at) => (at % 4 === 3 ? ((at >> 2) % 2 ? 65535 : 32767) : (at * 7919) % 65536));
const holdsFine = (pixels: { readonly data: Uint8Array | Uint16Array }): number => {
  let furthest = 0;
  for (let at = 0; at < fine.length; at++) furthest = Math.max(furthest, Math.abs((pixels.data[at] ?? 0) - (fine[at] ?? 0)));
  return furthest;
};
const whole: Region = { x: 0, y: 0, width: tileSidePx, height: tileSidePx };

/** A document of a depth with one layer of 16 bit, in a group. */
function fineDesk(depth: 8 | 16) {
  const raster: Raster = { x: 0, y: 0, depth: 16, tiles: { '0,0': 'fine' } };
  const layers: DocumentRecord['layers'] = {
    root: { ...envelope, id: 'root', kind: 'group', children: ['g'] },
    g: { ...envelope, id: 'g', kind: 'group', children: ['p'] },
    p: { ...envelope, id: 'p', kind: 'raster', pixels: raster },
  };
  const bytes = new Map<string, Uint8Array>([['fine', bytesOfSamples(fine)]]);
  const get = (id: string) => bytes.get(id);
  const glazePaint = createGlazePaint();
  const parts = {
    easel: { glazePaint, record: { ...record, depth, layers }, access: { raster: (layer: DocumentRecord['layers'][string]) => (layer.kind === 'raster' ? layer.pixels : undefined), bytes: get } },
    line: { load: () => Promise.resolve() },
    selection: { region: () => undefined, coverage: () => undefined },
    cache: { get },
    steps: {
      settled: async () => undefined,
      keep: async (tiles: ChangedTiles) => new Map([...tiles].map(([place, tile]) => [place, tile && (bytes.set(`kept-${place}`, tile), `kept-${place}`)])),
    },
  } as unknown as DeskParts;
  return { parts, glazePaint, read: (kept: Raster) => readRaster(kept, whole, get) };
}

test.each([
  ['a layer of 16 bit', { layer: 'p' }],
  ['a group with one', { layer: 'g' }],
  ['the whole picture', {}],
])('%s is copied and pasted with all its 16 bit, in a document of 8 too', async (_, what) => {
  const { parts, read } = fineDesk(8);
  const copied = await copyPixels(parts, what);
  expect(copied?.pixels.depth).toBe(16);
  expect(holdsFine(copied!.pixels)).toBeLessThanOrEqual(1);
  const kept = await keepPixels(parts, copied!);
  expect(kept.depth).toBe(16);
  expect(holdsFine(read(kept))).toBeLessThanOrEqual(1);
});

test('what is merged keeps the depth of the deepest layer', async () => {
  const { parts, read } = fineDesk(8);
  const merged = await mergeLayers(parts, { layers: ['g'], sequences: {} });
  expect(merged?.depth).toBe(16);
  expect(holdsFine(read(merged!))).toBeLessThanOrEqual(1);
});

test('a merge waits for the paint it was asked for, and is nothing where it has become another', async () => {
  const { parts, glazePaint } = fineDesk(8);
  const paint = (sequence: number): GlazeTiles => ({ document: 'd', layer: 'glaze', sequence, whole: false, tiles: {}, coarse: false, atRest: true, state: 's', painted: {} });
  glazePaint.apply(paint(1), 8);
  let isMerged = false;
  const merging = mergeLayers(parts, { layers: ['g'], sequences: { glaze: 2 } }).finally(() => (isMerged = true));
  await new Promise((resolve) => setTimeout(resolve));
  expect(isMerged).toBe(false);
  glazePaint.apply(paint(2), 8);
  expect(await merging).not.toBeNull();
  glazePaint.apply(paint(3), 8);
  expect(await mergeLayers(parts, { layers: ['g'], sequences: { glaze: 2 } })).toBeNull();
});

test('a mask turned round shows what it hid, where it has tiles and where it has none, and is as it was when turned again', async () => {
  const held = new Map<string, Uint8Array>([['m', Uint8Array.from({ length: tileSidePx ** 2 }, (_, at) => at % 256)]]);
  let mask: Mask = { x: 3, y: 4, depth: 8, outside: 255, enabled: true, tiles: { '0,0': 'm' } };
  const { parts } = fineDesk(8);
  const turned = async (): Promise<Mask> => {
    const layers = { ...record.layers, p: { ...record.layers['p']!, mask } };
    const desk = {
      ...parts, easel: { record: { ...record, layers } }, cache: { get: (id: string) => held.get(id) },
      steps: { settled: async () => undefined, keep: async (tiles: ChangedTiles) => new Map([...tiles].map(([place, tile]) => [place, (held.set(`${outside}`, tile!), `${outside}`)])) },
    } as unknown as DeskParts;
    const { outside } = mask;
    return (mask = (await invertMask(desk, { layer: 'p' }))!);
  };
  expect(await turned()).toEqual({ x: 3, y: 4, depth: 8, outside: 0, enabled: true, tiles: { '0,0': '255' } });
  expect([...held.get('255')!.slice(0, 3)]).toEqual([255, 254, 253]);
  expect(await turned()).toMatchObject({ outside: 255 });
  expect(held.get('0')).toEqual(held.get('m'));
  expect(await invertMask(parts, { layer: 'p' })).toBeNull();
});

test('8 bit pasted into a document of 16 become a layer of 16, the colours as they were', async () => {
  const { parts, read } = fineDesk(16);
  const data = Uint8Array.from({ length: tileSidePx ** 2 * 4 }, (_, at) => (at % 4 === 3 ? 255 : at % 256));
  const kept = await keepPixels(parts, { pixels: { width: tileSidePx, height: tileSidePx, channels: 4, depth: 8, data }, x: 0, y: 0 });
  expect(kept.depth).toBe(16);
  expect([...read(kept).data.slice(0, 8)]).toEqual([...data.slice(0, 8)].map((value) => value * 257));
});
