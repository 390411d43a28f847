// The learning rate over a phase, and the average that follows the weights.
import { describe, expect, it } from 'vitest';
import { input } from '../../../../src-main/engine/graph/ops/index.ts';
import { decayAt, movingAverage } from '../../../../src-main/engine/optimizers/average.ts';
import { rateShare } from '../../../../src-main/engine/optimizers/schedule.ts';
import { compute } from '../../../support/graph-run.ts';

describe('the share of the rate', () => {
  it('rises over fifty steps, then falls linearly to a tenth', () => {
    const steps = 1000;
    expect(rateShare(0, steps)).toBeCloseTo(1 / 50, 6);
    expect(rateShare(24, steps)).toBeCloseTo(0.5 * (1 - 0.9 * 0.024), 6);
    expect(rateShare(500, steps)).toBeCloseTo(0.55, 6);
    expect(rateShare(999, steps)).toBeCloseTo(0.1, 2);
    const shares = Array.from({ length: 950 }, (_, index) => rateShare(50 + index, steps));
    expect(shares.every((share, index) => index === 0 || share < shares[index - 1]!)).toBe(true);
  });

  it('warms up over a quarter of a short phase and is never zero', () => {
    expect(rateShare(5, 20)).toBeGreaterThan(0.7);
    for (const steps of [1, 2, 3, 20]) expect(rateShare(0, steps)).toBeGreaterThan(0);
  });
});

describe('the moving average', () => {
  it('is the weighted mean of the average and the weights', () => {
    const next = movingAverage(input('average', [2]), input('weights', [2]), input('decay', []));
    const feeds = { average: { shape: [2], data: [1, -2] }, weights: { shape: [2], data: [3, 2] }, decay: { shape: [], data: [0.75] } };
    expect(compute({ next }, feeds).next).toEqual([1.5, -1]);
  });

  it('has a short memory at first and a long one later', () => {
    expect(decayAt(0)).toBeCloseTo(0.1, 6);
    expect(decayAt(90)).toBeCloseTo(0.91, 6);
    expect(decayAt(1e6)).toBe(0.995);
  });
});
