// The pictures a feature network is taught on.
import { describe, expect, it } from 'vitest';
import { createDistillationBatches } from '../../../../src-main/engine/training/distillation-batch.ts';
import { strokePicture } from '../../../support/small-teaching.ts';

const pictures = [strokePicture(90, 70), strokePicture(64, 80, 1)];
const rule = { cropPx: 32, batch: 3 };

describe('batches for distillation', () => {
  it('are the same for the same seed and go on from a kept state', () => {
    const [one, other] = [createDistillationBatches(pictures, rule, 4), createDistillationBatches(pictures, rule, 4)];
    expect(one.next()).toEqual(other.next());
    const state = one.state();
    const next = one.next();
    expect(createDistillationBatches(pictures, rule, state).next()).toEqual(next);
    expect(createDistillationBatches(pictures, rule, 5).next()).not.toEqual(next);
  });

  it('stay within [0,1], never flat, and differ in their mean colour', () => {
    const batches = createDistillationBatches(pictures, rule, 1);
    const means: number[] = [];
    for (let step = 0; step < 20; step++) {
      const { shape, data } = batches.next();
      expect(shape).toEqual([3, 3, 32, 32]);
      expect(Math.min(...data)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...data)).toBeLessThanOrEqual(1);
      const red = data.subarray(0, 32 * 32);
      expect(Math.max(...red) - Math.min(...red)).toBeGreaterThan(0.02);
      means.push(red.reduce((sum, value) => sum + value, 0) / red.length);
    }
    expect(Math.max(...means) - Math.min(...means)).toBeGreaterThan(0.15);
  });
});
