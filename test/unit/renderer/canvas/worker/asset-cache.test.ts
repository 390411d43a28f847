// Tiles in memory: the least used go first, what is not on disk yet stays.
import { expect, test } from 'vitest';
import { smallPaintTile } from '../../../../../src-main/contract/small-paint.ts';
import { createAssetCache } from '../../../../../src-renderer/canvas/worker/asset-cache.ts';

const tile = (): Uint8Array => new Uint8Array(100);

test('over its budget the cache drops what was used longest ago', () => {
  const cache = createAssetCache(250);
  cache.put('a', tile());
  cache.put('b', tile());
  cache.put('c', tile());
  cache.get('a');
  cache.trim();
  expect([cache.has('a'), cache.has('b'), cache.has('c')]).toEqual([true, false, true]);
  expect(cache.bytes).toBe(200);
});

test('held tiles stay until they are released, then count as any other', () => {
  const cache = createAssetCache(50);
  cache.hold('local', tile());
  cache.trim();
  expect(cache.get('local')).toBeDefined();
  cache.release('local', 'hash');
  expect([cache.has('hash'), cache.nameOf('local'), cache.nameOf('other')]).toEqual([true, 'hash', 'other']);
  expect(cache.get('local')).toBe(cache.get('hash')); // A stroke that began before knows it by the former name.
  cache.trim();
  expect([cache.has('hash'), cache.has('local')]).toEqual([false, false]);
});

test('tiles of earlier states can be swept, held ones stay', () => {
  const cache = createAssetCache(1000);
  cache.put('now', tile());
  cache.put('earlier', tile());
  cache.hold('local', tile());
  cache.keepOnly(new Set(['now']));
  expect([cache.has('now'), cache.has('earlier'), cache.has('local'), cache.bytes]).toEqual([true, false, true, 200]);
});

test('tiles of small paint are enlarged from its picture as they are asked for, and asked for by its name', () => {
  const cache = createAssetCache(2 ** 20);
  const name = smallPaintTile({ asset: 'small', width: 4, height: 2, shrink: 128 }, '1,0');
  expect([cache.has(name), cache.get(name), cache.nameOf(name)]).toEqual([false, undefined, 'small']);
  cache.put('small', Uint8Array.from({ length: 32 }, (_, i) => [10 * (Math.floor(i / 4) % 4), 7, 0, 255][i % 4]!));
  expect([cache.has(name), cache.get(name)!.byteLength]).toEqual([true, 256 * 256 * 4]);
  // Squares 2 and 3 of a row: 20 and 30 in their middles, evenly between.
  expect([63, 64, 128, 191, 255].map((x) => cache.get(name)![4 * x])).toEqual([20, 20, 25, 30, 30]);
  expect([...cache.get(name)!.subarray(-3)]).toEqual([7, 0, 255]);
  cache.keepOnly(new Set([name]));
  expect(cache.has(name)).toBe(true);
  cache.keepOnly(new Set(['other']));
  expect([cache.has(name), cache.bytes]).toEqual([false, 0]);
});
