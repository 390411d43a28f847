// Batches: everything by seeded chance, restored exactly from a kept state.
import { describe, expect, it } from 'vitest';
import { createBatches } from '../../../../src-main/engine/training/batch.ts';
import { smallDataset } from '../../../support/small-teaching.ts';

const rule = { cropPx: 32, patchPx: 24, patches: 2, styleSizePx: 96 };
const dataset = smallDataset(2);

describe('batches', () => {
  it('hold a crop, its noise and patches of one style, in the shapes of a step', () => {
    const batches = createBatches(dataset, rule, 1);
    const drawn = Array.from({ length: 40 }, () => batches.next());
    for (const { content, noise, patches } of drawn) {
      expect([content.shape, noise.shape, patches.shape]).toEqual([[1, 3, 32, 32], [1, 1, 32, 32], [2, 3, 24, 24]]);
      expect([...content.data, ...patches.data].every((value) => value >= 0 && value <= 1)).toBe(true);
    }
    expect(new Set(drawn.map(({ style }) => style))).toEqual(new Set([0, 1]));
    // noise 0 is among what is taught
    const silent = drawn.filter(({ noise }) => noise.data.every((value) => value === 0)).length;
    expect(silent).toBeGreaterThan(0);
    expect(silent).toBeLessThan(20);
  });

  it('go on exactly where a kept state stands, also after it was written as JSON', () => {
    const batches = createBatches(dataset, rule, 7);
    for (let i = 0; i < 5; i++) batches.next();
    const state = JSON.parse(JSON.stringify(batches.state())) as ReturnType<typeof batches.state>;
    const expected = [batches.next(), batches.next()];
    const again = createBatches(dataset, rule, state);
    expect([again.next(), again.next()]).toEqual(expected);
  });

  it('differ between seeds', () => {
    expect(createBatches(dataset, rule, 1).next().content).not.toEqual(createBatches(dataset, rule, 2).next().content);
  });
});
