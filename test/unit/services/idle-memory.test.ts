// Memory at rest: what nobody holds is collected, once it is worth it and nothing else is done.
import { describe, expect, it } from 'vitest';
import { collectionWatch, collector } from '../../../src-main/services/idle-memory.ts';

const [resting, busy] = [0.01, 0.6];

it('a collection frees what nobody holds, buffers included, and keeps what somebody does', async () => {
  const collect = collector();
  const kept = new Uint8Array(1000).fill(7);
  const lost = Array.from({ length: 100 }, () => new WeakRef(new Uint8Array(1_000_000)));
  const before = process.memoryUsage().arrayBuffers;
  await new Promise((resolve) => setImmediate(resolve)); // Weak references hold to the end of the turn that made them.
  collect();
  expect(lost.filter((each) => each.deref() !== undefined)).toHaveLength(0);
  collect();
  await new Promise((resolve) => setTimeout(resolve, 50)); // Their bytes are freed beside.
  collect();
  expect(before - process.memoryUsage().arrayBuffers).toBeGreaterThan(50e6);
  expect(kept[999]).toBe(7);
});

describe('collectionWatch', () => {
  it('waits for rest', () => {
    const watch = collectionWatch();
    expect(watch.isDue(busy, 200e6, 0)).toBe(false);
    expect(watch.isDue(resting, 200e6, 0)).toBe(true);
  });

  it('collects three times, then nothing until there is more to give', () => {
    const watch = collectionWatch();
    for (const [before, after] of [[150e6, 100e6], [101e6, 99e6], [99e6, 98e6]] as const) {
      expect(watch.isDue(resting, before, 0)).toBe(true);
      watch.collected(after);
    }
    expect(watch.isDue(resting, 105e6, 0)).toBe(false);
    expect(watch.isDue(resting, 107e6, 0)).toBe(true);
  });

  it('goes on while rooms stand empty, but not for ever', () => {
    const watch = collectionWatch();
    const after = (rounds: number, empty: number): boolean => {
      for (let i = 0; i < rounds; i++) watch.collected(100e6);
      return watch.isDue(resting, 100e6, empty);
    };
    expect(watch.isDue(resting, 120e6, 20e6)).toBe(true);
    expect(after(3, 20e6)).toBe(true);
    expect(after(1, 2e6)).toBe(false);
    expect(after(5, 20e6)).toBe(true);
    expect(after(1, 20e6)).toBe(false);
  });

  it('goes on after work in between', () => {
    const watch = collectionWatch();
    expect(watch.isDue(resting, 150e6, 0)).toBe(true);
    watch.collected(100e6);
    expect(watch.isDue(busy, 103e6, 0)).toBe(false);
    expect(watch.isDue(resting, 103e6, 0)).toBe(true);
  });

  it('goes by the least there was since', () => {
    const watch = collectionWatch();
    for (let i = 0; i < 3; i++) watch.collected(100e6);
    expect(watch.isDue(resting, 60e6, 0)).toBe(false);
    expect(watch.isDue(resting, 70e6, 0)).toBe(true);
  });
});
