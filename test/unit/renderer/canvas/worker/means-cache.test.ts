// Means of tiles: made once, those least used go first, and none are kept of what still changes.
import { expect, test } from 'vitest';
import { createMeansCache } from '../../../../../src-renderer/canvas/worker/means-cache.ts';

const ofBytes = (length: number) => (): Uint8Array => new Uint8Array(length);
const notThere = (): Uint8Array | undefined => undefined;
const mustNotBeMade = (): Uint8Array => {
  throw new Error('They were there.');
};

test('means are made once for each way they are taken', () => {
  const cache = createMeansCache(() => true);
  const means = cache.of('a', '4,0,0', ofBytes(16));
  expect(cache.of('a', '4,0,0', mustNotBeMade)).toBe(means);
  expect(cache.of('a', '4,1,0', ofBytes(20))).not.toBe(means);
  expect([cache.bytes, cache.has('a', 4), cache.has('a', 8), cache.has('b', 4)]).toEqual([36, true, false, false]);
});

test('a tile whose bytes are not there yet is asked for again', () => {
  const cache = createMeansCache(() => true);
  expect(cache.of('a', '4,0,0', notThere)).toBeUndefined();
  expect([cache.has('a', 4), cache.of('a', '4,0,0', ofBytes(16))?.byteLength]).toEqual([false, 16]);
});

test('of a tile that still changes none are kept', () => {
  const cache = createMeansCache((id) => id !== 'wet');
  expect([cache.of('wet', '4,0,0', mustNotBeMade), cache.bytes]).toEqual([undefined, 0]);
});

test('within a budget those least used go; of a state, those that are not of its tiles', () => {
  const cache = createMeansCache(() => true);
  for (const id of ['a', 'b', 'c']) cache.of(id, '4,0,0', ofBytes(10));
  cache.of('a', '4,0,0', mustNotBeMade);
  cache.trim(20);
  expect([cache.has('a', 4), cache.has('b', 4), cache.has('c', 4), cache.bytes]).toEqual([true, false, true, 20]);
  cache.keepOnly(new Set(['c', 'd']));
  expect([cache.has('a', 4), cache.has('c', 4), cache.bytes]).toEqual([false, true, 10]);
  cache.clear();
  expect([cache.has('c', 4), cache.bytes]).toEqual([false, 0]);
});
