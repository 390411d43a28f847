// Instance norm as one affine, folded or not.
import { describe, expect, it } from 'vitest';
import { input, multiply } from '../../../../src-main/engine/graph/ops/index.ts';
import { applyNorm, foldNorm, instanceStatistics, normaliseLive, standardise } from '../../../../src-main/engine/networks/instance-norm.ts';
import { checkGradient } from '../../../support/gradient-check.ts';
import { compute } from '../../../support/graph-run.ts';

const shape = [1, 2, 2, 3];
const data = [1, 2, 3, 4, 5, 6, -1, 0.5, 2, -3, 0, 4];
const x = input('x', shape);
const affine = { gamma: input('gamma', [1, 2, 1, 1]), beta: input('beta', [1, 2, 1, 1]) };
const feeds = { x: { shape, data }, gamma: { shape: [1, 2, 1, 1], data: [2, -1] }, beta: { shape: [1, 2, 1, 1], data: [0.5, 3] } };

const statisticsOf = (channel: number): { mean: number; variance: number } => {
  const numbers = data.slice(6 * channel, 6 * channel + 6);
  const mean = numbers.reduce((sum, value) => sum + value, 0) / 6;
  return { mean, variance: numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 6 };
};

describe('instance norm', () => {
  it('brings every channel to the deviation γ and the mean β', () => {
    const { y } = compute({ y: applyNorm(x, instanceStatistics(x), affine) }, feeds);
    for (const [channel, gamma, beta] of [[0, 2, 0.5], [1, -1, 3]] as const) {
      const { mean, variance } = statisticsOf(channel);
      for (let i = 0; i < 6; i++) expect(y![6 * channel + i]).toBeCloseTo((gamma * (data[6 * channel + i]! - mean)) / Math.sqrt(variance + 1e-5) + beta, 5);
    }
  });

  it('folds into a scale and a shift', () => {
    const { scale, shift } = compute(foldNorm(instanceStatistics(x), affine) as { scale: typeof x; shift: typeof x }, feeds);
    const { mean, variance } = statisticsOf(1);
    expect(scale![1]).toBeCloseTo(-1 / Math.sqrt(variance + 1e-5), 6);
    expect(shift![1]).toBeCloseTo(3 + mean / Math.sqrt(variance + 1e-5), 6);
  });

  it('leaves nothing but arrangement of features, and stays finite where they are flat', () => {
    const { centred, scale } = standardise(x);
    const { y } = compute({ y: multiply(centred, scale) }, { x: { shape, data: [...data.slice(0, 6), 7, 7, 7, 7, 7, 7] } });
    expect(y!.slice(0, 6).reduce((sum, value) => sum + value * value, 0) / 6).toBeCloseTo(1, 4);
    expect(y!.slice(6)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it.each([1, 2])('has the right gradients and second derivatives in closed form, of %i pictures', (pictures) => {
    checkGradient('normaliseLive', [[pictures, 2, 3, 2], [1, 2, 1, 1], [1, 2, 1, 1]], (map, gamma, beta) => normaliseLive(map, instanceStatistics(map), { gamma, beta }));
  });
});
