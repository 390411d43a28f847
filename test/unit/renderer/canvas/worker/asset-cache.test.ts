// Tiles in memory: the least used go first, what is not on disk yet stays.
import { expect, test } from 'vitest';
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
