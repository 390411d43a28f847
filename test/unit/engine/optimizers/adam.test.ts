// Adam against its algorithm in float64, and the shortening of gradients.
import { describe, expect, it } from 'vitest';
import { input } from '../../../../src-main/engine/graph/ops/index.ts';
import { adam, clipNorm, correctedRate, gradientNorm } from '../../../../src-main/engine/optimizers/adam.ts';
import { compute } from '../../../support/graph-run.ts';

const options = { beta1: 0.9, beta2: 0.999 };
const size = 5;
const vector = (data: readonly number[]) => ({ shape: [data.length], data });
const gradientAt = (step: number): number[] => Array.from({ length: size }, (_, index) => Math.sin(step * 1.3 + index) * 10 ** (index - 2));

describe('Adam', () => {
  it('follows algorithm 1 of Kingma & Ba over eight steps, bias correction included', () => {
    const state = { weights: input('weights', [size]), first: input('first', [size]), second: input('second', [size]) };
    const next = adam(state, input('gradient', [size]), input('rate', []), options);
    const rate = 0.01;
    let now = { weights: [1, -1, 0.5, 2, 0], first: new Array<number>(size).fill(0), second: new Array<number>(size).fill(0) };
    const reference = { weights: [...now.weights], m: new Array<number>(size).fill(0), v: new Array<number>(size).fill(0) };
    for (let step = 1; step <= 8; step++) {
      const gradient = gradientAt(step);
      const fed = { weights: vector(now.weights), first: vector(now.first), second: vector(now.second), gradient: vector(gradient) };
      const corrected = { rate: { shape: [], data: [correctedRate(rate, step, options)] } };
      const moved = compute({ 'next.weights': next.weights, 'next.first': next.first, 'next.second': next.second }, { ...fed, ...corrected });
      now = { weights: moved['next.weights']!, first: moved['next.first']!, second: moved['next.second']! };
      gradient.forEach((g, i) => {
        reference.m[i] = 0.9 * reference.m[i]! + 0.1 * g;
        reference.v[i] = 0.999 * reference.v[i]! + 0.001 * g * g;
        const [mHat, vHat] = [reference.m[i]! / (1 - 0.9 ** step), reference.v[i]! / (1 - 0.999 ** step)];
        reference.weights[i] = reference.weights[i]! - (rate * mHat) / (Math.sqrt(vHat) + 1e-8);
      });
      now.weights.forEach((weight, i) => expect(Math.abs(weight - reference.weights[i]!)).toBeLessThan(2e-4 * rate * step));
    }
  });

  it('moves by the whole rate in its first step, however small the gradient', () => {
    expect(correctedRate(1, 1, options)).toBeCloseTo(Math.sqrt(0.001) / 0.1, 12);
    expect(correctedRate(1, 100_000, options)).toBeCloseTo(1, 12);
  });
});

describe('clipping', () => {
  const gradient = input('gradient', [3]);
  const norm = gradientNorm(gradient);
  const clipped = (data: number[], limit: number): Record<string, number[]> => compute({ norm, short: clipNorm(gradient, norm, limit) }, { gradient: vector(data) });

  it('shortens a long gradient to the limit and keeps its direction', () => {
    const { norm: length, short } = clipped([6, 0, -8], 2);
    expect(length![0]).toBeCloseTo(10, 6);
    [1.2, 0, -1.6].forEach((expected, index) => expect(short![index]).toBeCloseTo(expected, 6));
  });

  it('leaves a short one as it is, zero included', () => {
    expect(clipped([0.3, 0, -0.4], 2).short).toEqual([0.3, 0, -0.4]);
    expect(clipped([0, 0, 0], 2).short).toEqual([0, 0, 0]);
  });
});
