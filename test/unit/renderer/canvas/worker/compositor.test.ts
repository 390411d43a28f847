// The composite of what is in sight: stale parts are made anew, the middle first, and only where their tiles are in memory.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { DocumentRecord, Layer, LayerOf } from '../../../../../src-main/contract/document.ts';
import type { Region } from '../../../../../src-main/contract/image.ts';
import { compositeGroup, type PixelAccess } from '../../../../../src-main/raster/composite.ts';
import { createCompositor, type Compositor, type Scene, type Sight } from '../../../../../src-renderer/canvas/worker/compositor.ts';
import { pixelOf, standInForCanvases } from '../../../../support/canvas-stand-in.ts';

beforeAll(standInForCanvases);
afterAll(() => void vi.unstubAllGlobals());

const envelope = { name: '', visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
const extent = { width: 600, height: 500 };
const places = ['0,0', '1,0', '2,0', '0,1', '1,1', '2,1'] as const;
const everything: Sight = { region: { x: 0, y: 0, ...extent }, level: 0 };
const atOnce = -Infinity;
const inTime = Infinity;
type Grey = (place: string) => number;

/** A document of one layer whose tiles are plain greys. */
function started(grey: Grey = (place) => 10 * places.indexOf(place as '0,0') + 10) {
  const tiles = new Map<string, Uint8Array>();
  const fill = (of: Grey): void => {
    for (const place of places) tiles.set(place, Uint8Array.from({ length: 256 * 256 * 4 }, (_, i) => (i % 4 === 3 ? 255 : of(place))));
  };
  fill(grey);
  const layer: Layer = { ...envelope, id: 'p', kind: 'raster', pixels: { x: 0, y: 0, depth: 8, tiles: Object.fromEntries(places.map((place) => [place, place])) } };
  const record: DocumentRecord = {
    formatVersion: 1, id: 'd', name: '', ...extent, dpi: 72, depth: 8,
    layers: { root: { ...envelope, id: 'root', kind: 'group', children: ['p'] }, p: layer },
  };
  const absent = new Set<string>();
  const access: PixelAccess = { raster: (of) => (of as LayerOf<'raster'>).pixels, bytes: (id) => tiles.get(id) };
  const made: Region[] = [];
  const scene: Scene = {
    record, access, hidden: new Set(),
    composite: (region, shrink) => {
      made.push(region);
      return compositeGroup(record, region, access, { shrink });
    },
  };
  return { compositor: createCompositor(extent, (id) => !absent.has(id)), scene, absent, fill, made };
}

function grey(compositor: Compositor, x: number, y: number, level = 0): number | undefined {
  const [column, row] = [Math.floor(x / 256), Math.floor(y / 256)];
  const source = compositor.levels.has(level, column, row) ? compositor.levels.source(level, column, row) : undefined;
  return source && pixelOf(source.canvas, x - column * 256, y - row * 256)[0];
}

function finish(compositor: Compositor, scene: Scene, sight = everything): void {
  for (let turns = 0; compositor.waiting(sight) > 0; turns++) {
    compositor.work(scene, sight, inTime);
    if (turns > 50) throw new Error('It does not come to an end.');
  }
}

test('all of it is stale at first, and in time all in sight is as the document says, coarser levels, too', () => {
  const { compositor, scene } = started();
  expect(compositor.waiting(everything)).toBe(6);
  expect(compositor.work(scene, everything, inTime)).toHaveLength(6);
  expect(compositor.waiting(everything)).toBe(0);
  expect([grey(compositor, 5, 5), grey(compositor, 300, 5), grey(compositor, 599, 499)]).toEqual([10, 20, 60]);
  expect([grey(compositor, 10, 10, 1), grey(compositor, 140, 10, 1), grey(compositor, 140, 140, 1)]).toEqual([10, 20, 50]);
});

test('without time it goes on strip by strip, the middle first, and a new tile is seen once it is whole', () => {
  const { compositor, scene, made } = started();
  const first = compositor.work(scene, everything, atOnce);
  expect(first).toEqual([{ x: 0, y: 0, width: 0, height: 0 }]);
  expect([made[0]?.x, compositor.levels.has(0, 1, 0) || compositor.levels.has(0, 1, 1)]).toEqual([256, false]);
  let turns = 1;
  while (!compositor.levels.has(0, 1, 0) && !compositor.levels.has(0, 1, 1)) {
    compositor.work(scene, everything, atOnce);
    turns++;
  }
  expect(turns).toBe(Math.ceil(256 / (made[0]?.height ?? 0)));
  expect(new Set(made.map(({ x, width }) => `${x} ${width}`))).toEqual(new Set(['256 256']));
});

test('what goes stale again in the midst of a tile is not left as it was', () => {
  const { compositor, scene, fill } = started();
  compositor.work(scene, everything, atOnce);
  compositor.work(scene, everything, atOnce);
  fill(() => 200);
  compositor.stale(everything.region);
  finish(compositor, scene);
  expect([grey(compositor, 300, 3), grey(compositor, 300, 250), grey(compositor, 300, 260)]).toEqual([200, 200, 200]);
});

test('only what is stale is composited, and only in sight', () => {
  const { compositor, scene, made, fill } = started();
  finish(compositor, scene);
  made.length = 0;
  fill(() => 99);
  compositor.stale({ x: 250, y: 20, width: 12, height: 8 });
  const left: Sight = { region: { x: 0, y: 0, width: 256, height: 256 }, level: 0 };
  expect([compositor.waiting(left), compositor.waiting(everything)]).toEqual([1, 2]);
  compositor.work(scene, left, inTime);
  expect(made).toEqual([{ x: 250, y: 20, width: 6, height: 8 }]);
  expect([grey(compositor, 251, 22), grey(compositor, 249, 22), grey(compositor, 257, 22)]).toEqual([99, 10, 20]);
  expect(compositor.waiting(everything)).toBe(1);
});

test('tiles of layers that are not in memory are asked for, nearest to the middle first, and waited for', () => {
  const { compositor, scene, absent } = started();
  places.forEach((place) => absent.add(place));
  expect(compositor.work(scene, everything, inTime)).toEqual([]);
  const missing = compositor.missing(scene, everything, 2);
  expect([missing.length >= 2, missing[0]?.startsWith('1,')]).toEqual([true, true]);
  absent.clear();
  absent.add('2,1');
  expect(compositor.work(scene, everything, inTime)).toHaveLength(5);
  expect([compositor.missing(scene, everything, 9), compositor.waiting(everything)]).toEqual([['2,1'], 1]);
});

test('parts of a stroke are there at once at full size; where a tile is not in sight yet they come with the rest of it', () => {
  const { compositor, scene, fill } = started();
  const part = { x: 250, y: 100, width: 20, height: 10 };
  expect(compositor.refresh(scene, [part], 0)).toMatchObject({ width: 0 });
  finish(compositor, scene);
  fill(() => 77);
  expect(compositor.refresh(scene, [part], 0)).toEqual(part);
  expect([grey(compositor, 255, 105), grey(compositor, 256, 105), grey(compositor, 255, 111)]).toEqual([77, 77, 10]);
  expect(compositor.waiting(everything)).toBe(0);
});

test('parts of a stroke seen from afar are there at once at that level, and as they should be once the pen rests', () => {
  const { compositor, scene, fill, made } = started();
  finish(compositor, scene);
  fill(() => 77);
  made.length = 0;
  const part = { x: 40, y: 80, width: 20, height: 10 };
  expect(compositor.refresh(scene, [part], 1)).toEqual(part);
  expect(made).toEqual([{ x: 20, y: 40, width: 10, height: 5 }]);
  expect([grey(compositor, 25, 42, 1), grey(compositor, 45, 85)]).toEqual([77, 10]);
  const afar: Sight = { ...everything, level: 1 };
  expect(compositor.waiting(afar)).toBe(1);
  finish(compositor, scene, afar);
  expect([grey(compositor, 25, 42, 1), grey(compositor, 45, 85), grey(compositor, 65, 85)]).toEqual([77, 77, 10]);
});

test('while somebody works, parts of a stroke seen from afar stay as they are, and all else in sight is made coarse alone', () => {
  const { compositor, scene, fill, made } = started();
  finish(compositor, scene);
  fill(() => 77);
  compositor.refresh(scene, [{ x: 40, y: 80, width: 20, height: 10 }], 1);
  compositor.refresh(scene, [{ x: 44, y: 90, width: 20, height: 10 }], 1);
  const hurried: Sight = { ...everything, level: 1, hurried: true };
  made.length = 0;
  expect([compositor.work(scene, hurried, inTime), made, compositor.waiting(hurried)]).toEqual([[], [], 1]);
  compositor.stale({ x: 300, y: 10, width: 8, height: 8 });
  expect(compositor.work(scene, hurried, inTime)).toEqual([{ x: 300, y: 10, width: 8, height: 8 }]);
  expect([made, grey(compositor, 151, 6, 1), grey(compositor, 303, 12)]).toEqual([[{ x: 150, y: 5, width: 4, height: 4 }], 77, 20]);
  finish(compositor, scene, { ...hurried, hurried: false });
  expect([grey(compositor, 45, 85), grey(compositor, 303, 12), compositor.waiting(hurried)]).toEqual([77, 77, 0]);
});

/** A long document of one layer, black or white as the scene says. */
function startedFar() {
  const far = { width: 4096, height: 256 };
  const tiles = new Map([0, 255].map((value) => [value === 0 ? 'black' : 'white', Uint8Array.from({ length: 256 * 256 * 4 }, (_, i) => (i % 4 === 3 ? 255 : value))]));
  const record: DocumentRecord = {
    formatVersion: 1, id: 'd', name: '', ...far, dpi: 72, depth: 8,
    layers: {
      root: { ...envelope, id: 'root', kind: 'group', children: ['p'] },
      p: { ...envelope, id: 'p', kind: 'raster', pixels: { x: 0, y: 0, depth: 8, tiles: Object.fromEntries(Array.from({ length: 16 }, (_, column) => [`${column},0`, 'black'])) } },
    },
  };
  const absent = new Set<string>();
  const shrinks: number[] = [];
  const sceneOf = (tile: 'black' | 'white'): Scene => {
    const access: PixelAccess = { raster: (of) => (of as LayerOf<'raster'>).pixels, bytes: () => tiles.get(tile) };
    const composite = (region: Region, shrink: number) => {
      shrinks.push(shrink);
      return compositeGroup(record, region, access, { shrink });
    };
    return { record, access, hidden: new Set(), composite };
  };
  const sight: Sight = { region: { x: 0, y: 0, ...far }, level: 3 };
  return { compositor: createCompositor(far, (id) => !absent.has(id)), sceneOf, sight, absent, shrinks };
}

test('from far away all in sight is coarse first, and then as it should be', () => {
  const { compositor, sceneOf, sight, shrinks } = startedFar();
  finish(compositor, sceneOf('black'), sight);
  compositor.stale(sight.region);
  shrinks.length = 0;
  const white = sceneOf('white');
  for (let turn = 0; turn < 16; turn++) expect(compositor.work(white, sight, atOnce)).toHaveLength(1);
  expect(shrinks).toEqual(Array.from({ length: 16 }, () => 8));
  expect([grey(compositor, 1, 1, 3), grey(compositor, 511, 31, 3), grey(compositor, 100, 100)]).toEqual([255, 255, 0]);
  expect(compositor.waiting(sight)).toBe(16);
  finish(compositor, white, sight);
  expect([shrinks.filter((shrink) => shrink > 1).length, grey(compositor, 100, 100), grey(compositor, 4000, 200)]).toEqual([16, 255, 255]);
});

test('what was coarse and changes again, or is looked at from another distance, is coarse anew; what nobody looks at never is', () => {
  const { compositor, sceneOf, sight, shrinks } = startedFar();
  finish(compositor, sceneOf('black'), { ...sight, unseen: true });
  expect(new Set(shrinks)).toEqual(new Set([1]));
  compositor.stale(sight.region);
  for (let turn = 0; turn < 16; turn++) compositor.work(sceneOf('white'), sight, atOnce);
  compositor.stale({ x: 0, y: 0, width: 512, height: 256 });
  shrinks.length = 0;
  for (let turn = 0; turn < 3; turn++) compositor.work(sceneOf('black'), sight, atOnce);
  expect(shrinks).toEqual([8, 8, 1]);
  expect([grey(compositor, 1, 1, 3), grey(compositor, 100, 1, 3)]).toEqual([0, 255]);
  shrinks.length = 0;
  compositor.work(sceneOf('black'), { ...sight, level: 4 }, atOnce);
  expect(shrinks).toEqual([16]);
});

test('nothing is coarse whose tiles are not in memory', () => {
  const { compositor, sceneOf, sight, absent } = startedFar();
  absent.add('black');
  expect(compositor.work(sceneOf('black'), sight, inTime)).toEqual([]);
  expect(compositor.missing(sceneOf('black'), sight, 9)).toEqual(['black']);
});
