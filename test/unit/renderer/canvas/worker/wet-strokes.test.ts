// A stroke beneath a glaze: seen while it is drawn and after, until the glaze's paint of it has come.
import { expect, test } from 'vitest';
import type { DocumentRecord, Layer, LayerOf } from '../../../../../src-main/contract/document.ts';
import { compositeGroup, type PixelAccess } from '../../../../../src-main/raster/composite.ts';
import { createWetStrokes, glazesAbove } from '../../../../../src-renderer/canvas/worker/wet-strokes.ts';

const envelope = { name: '', visible: true, locked: false, clip: false, blend: 'normal', opacity: 1 } as const;
const settings = { styles: [], strength: 1, strokePercent: 0, keepColours: 0, freedom: 0, seed: 1 };
const flat = (value: number): Uint8Array => Uint8Array.from({ length: 256 * 256 * 4 }, (_, i) => (i % 4 === 3 ? 255 : value));
const bytes = new Map([['paint', flat(200)], ['glaze', flat(40)]]);
const raster = (id: string) => ({ x: 0, y: 0, depth: 8, tiles: { '0,0': id } }) as const;

function record(glaze: Partial<Layer> = {}): DocumentRecord {
  const layers = {
    root: { ...envelope, id: 'root', kind: 'group', children: ['g', 'top', 'above'] },
    g: { ...envelope, id: 'g', kind: 'group', children: ['paint', 'inner'] },
    paint: { ...envelope, id: 'paint', kind: 'raster', pixels: raster('paint') },
    inner: { ...envelope, id: 'inner', kind: 'glaze', visible: false, settings },
    top: { ...envelope, id: 'top', kind: 'glaze', settings, ...glaze },
    above: { ...envelope, id: 'above', kind: 'raster', pixels: { x: 0, y: 0, depth: 8, tiles: {} } },
  };
  return { formatVersion: 1, id: 'd', name: '', width: 256, height: 256, dpi: 72, depth: 8, layers } as unknown as DocumentRecord;
}

const access: PixelAccess = {
  raster: (layer) => (layer.kind === 'glaze' ? raster('glaze') : (layer as LayerOf<'raster'>).pixels),
  bytes: (id) => bytes.get(id),
};
const region = { x: 10, y: 10, width: 4, height: 1 };
/** Covers the first pixel wholly, the second by half. */
const stroke = { coverage: () => Float32Array.of(1, 0.5, 0, 0), glazes: new Set(['top']), region: () => region };

function shown(wet: ReturnType<typeof createWetStrokes>, live?: typeof stroke): number[] {
  const plain = compositeGroup(record(), region, access);
  const { data } = wet.over(plain, record(), access, new Set(), live);
  return [0, 4, 8].map((i) => Math.round(data[i]! * 255));
}

test('visible glazes above a layer restyle it, those above its groups too, and none restyles what lies over it', () => {
  expect([...glazesAbove(record(), 'paint')]).toEqual(['top']);
  expect([...glazesAbove(record({ visible: false }), 'paint')]).toEqual([]);
  expect([...glazesAbove(record(), 'above')]).toEqual([]);
});

test('the stroke in hand shows through the glaze as far as it covers', () => {
  expect(shown(createWetStrokes(), stroke)).toEqual([200, 120, 40]);
});

/** News of a glaze's paint of a state. */
const told = (state: string, { layer = 'top', places = [] as string[], atRest = false } = {}) => ({ layer, state, painted: Object.fromEntries(places.map((place) => [place, state])), atRest });

/** With the stroke kept as step 1, which leads from "before" to "after". */
function wetWith(glazes = new Set(['top'])): ReturnType<typeof createWetStrokes> {
  const wet = createWetStrokes();
  wet.clear('before');
  wet.keep({ ...stroke, glazes }, 1);
  return wet;
}

test('a stroke stays in sight until paint of its tile comes that is of it or later', () => {
  const wet = wetWith();
  expect(wet.dry(told('before', { places: ['0,0'], atRest: true }))).toEqual([]);
  wet.reach('after', 1);
  wet.reach('later');
  for (const news of [told('before', { places: ['0,0'] }), told('before', { atRest: true }), told('unheard of', { atRest: true }), told('after', { places: ['1,0'] }), told('after', { layer: 'another', atRest: true })]) {
    expect(wet.dry(news)).toEqual([]);
  }
  expect(shown(wet)).toEqual([200, 120, 40]);
  expect(wet.dry(told('later', { places: ['0,0'] }))).toHaveLength(1);
  expect(shown(wet)).toEqual([40, 40, 40]);
  expect(wet.isWet(undefined)).toBe(false);
});

test('a glaze that has come to rest with it dries a stroke, its tiles told or not', () => {
  const wet = wetWith();
  wet.reach('after', 1);
  expect(wet.dry(told('after', { atRest: true }))).toHaveLength(1);
  expect(wet.isWet(undefined)).toBe(false);
});

test('every glaze above owes its paint, unless it is out of sight', () => {
  const wet = wetWith(new Set(['top', 'inner']));
  wet.reach('after', 1);
  expect(wet.dry(told('after', { layer: 'inner', atRest: true }))).toEqual([]);
  expect(shown(wet)).toEqual([200, 120, 40]);
  expect(wet.dry(told('after', { atRest: true }))).toHaveLength(1);
  const hidden = wetWith(new Set(['inner']));
  hidden.reach('after', 1);
  expect(shown(hidden)).toEqual([40, 40, 40]);
});

test('a step that is not taken shows no stroke', () => {
  const wet = wetWith();
  expect(wet.drop(2)).toEqual([]);
  expect(wet.drop(1)).toEqual([region]);
  expect(shown(wet)).toEqual([40, 40, 40]);
});

test('what one step changed on several layers dries with it, all of it', () => {
  const wet = createWetStrokes();
  wet.clear('a');
  wet.keep(stroke, 1);
  wet.keep({ ...stroke, coverage: () => Float32Array.of(0, 0, 1, 0) }, 1);
  wet.reach('b', 1);
  expect(shown(wet)).toEqual([200, 120, 200]);
  wet.dry(told('b', { places: ['0,0'] }));
  expect(shown(wet)).toEqual([40, 40, 40]);
  expect(wet.isWet(undefined)).toBe(false);
});

test('a glaze that is not painted, since it is fully see-through, owes nothing', () => {
  expect([...glazesAbove(record({ opacity: 0 }), 'paint')]).toEqual([]);
});
