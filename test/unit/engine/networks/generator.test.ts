// Sizes of the generator and the discriminator, how they start, and how flat vectors come apart.
import { describe, expect, it } from 'vitest';
import { gradients } from '../../../../src-main/engine/graph/gradient.ts';
import { constant, input, multiply, reduceSum, reshape } from '../../../../src-main/engine/graph/ops/index.ts';
import { codeLayout, defaultGenerator, generate, generatorLayout, haloOf, liveNorm, normLayers } from '../../../../src-main/engine/networks/generator.ts';
import { bind, layoutOf, startVector } from '../../../../src-main/engine/networks/parameters.ts';
import { defaultDiscriminator, discriminate, discriminatorLayout } from '../../../../src-main/engine/networks/patch-discriminator.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { compute } from '../../../support/graph-run.ts';

describe('the generator', () => {
  it('gives a picture of the size it is shown', () => {
    const bound = bind(generatorLayout(defaultGenerator), input('weights', [generatorLayout(defaultGenerator).size]));
    const code = bind(codeLayout(defaultGenerator), input('code', [codeLayout(defaultGenerator).size]));
    for (const [height, width] of [[32, 32], [40, 64]] as const) {
      const painted = generate(defaultGenerator, bound, liveNorm(code), input('picture', [1, 3, height, width]), input('noise', [1, 1, height, width]));
      expect(painted.shape).toEqual([1, 3, height, width]);
    }
  });

  it('keeps a style in a few kilobytes and its weights in one vector', () => {
    expect(codeLayout(defaultGenerator).size).toBe(2 * normLayers(defaultGenerator).reduce((sum, { channels }) => sum + channels, 0));
    expect(4 * codeLayout(defaultGenerator).size).toBeLessThan(4096);
    expect(generatorLayout(defaultGenerator).size).toBeGreaterThan(200_000);
    expect(generatorLayout(defaultGenerator).size).toBeLessThan(210_000);
  });

  it('states a halo in whole strides that grows with every block', () => {
    const halos = [1, 2, 4, 8].map((blocks) => haloOf({ ...defaultGenerator, blocks }));
    expect(halos).toEqual([20, 28, 44, 76]);
  });
});

describe('the discriminator', () => {
  const spec = { channels: [8, 16], styles: 2 };
  const layout = discriminatorLayout(spec);
  const parts = bind(layout, input('critic', [layout.size]));

  it('judges every region of every patch', () => {
    const own = bind(discriminatorLayout(defaultDiscriminator), input('critic', [discriminatorLayout(defaultDiscriminator).size]));
    expect(discriminate(defaultDiscriminator, own, input('patch', [2, 3, 96, 64])).shape).toEqual([2, 1, 24, 16]);
  });

  it('judges by style where it knows several, and the same where their vectors are', () => {
    const selection = input('style', [1, 2]);
    const logits = discriminate(spec, parts, input('patch', [1, 3, 16, 16]), selection);
    const critic = Array.from(startVector(layout, createRandom(1)));
    const patch = Array.from({ length: 768 }, (_, index) => 0.5 + 0.4 * Math.sin(index));
    const judge = (vectors: readonly number[], style: readonly number[]): number[] => {
      const numbers = [...critic.slice(0, layout.size - 32), ...vectors];
      return compute({ logits }, { critic: { shape: [layout.size], data: numbers }, patch: { shape: [1, 3, 16, 16], data: patch }, style: { shape: [1, 2], data: [...style] } }).logits!;
    };
    const same = new Array<number>(32).fill(0);
    expect(judge(same, [1, 0])).toEqual(judge(same, [0, 1]));
    const second = same.map((_, index) => (index < 16 ? 0 : 1));
    expect(judge(second, [1, 0])).toEqual(judge(same, [1, 0]));
    expect(judge(second, [0, 1])).not.toEqual(judge(same, [0, 1]));
  });
});

describe('parameters', () => {
  const layout = layoutOf([
    { name: 'a', shape: [2, 3], start: 'he' },
    { name: 'b', shape: [1, 2, 1, 1], start: 'one' },
    { name: 'c', shape: [4], start: 'zero' },
    { name: 'd', shape: [8, 2, 1, 1], start: 'icnr' },
  ]);

  it('come apart in order, and their gradients find the way back', () => {
    const vector = input('vector', [layout.size]);
    const parts = bind(layout, vector);
    const sum = (x: typeof vector) => reshape(reduceSum(x, { axes: x.shape.map((_, axis) => axis) }), { shape: [] });
    const [slope] = gradients(sum(multiply(parts.c!, constant(5))), [vector]);
    const found = compute({ a: parts.a!, b: parts.b!, slope: slope! }, { vector: { shape: [layout.size], data: Array.from({ length: layout.size }, (_, index) => index) } });
    expect(found.a).toEqual([0, 1, 2, 3, 4, 5]);
    expect(found.b).toEqual([6, 7]);
    expect(found.slope).toEqual(Array.from({ length: layout.size }, (_, index) => (index >= 8 && index < 12 ? 5 : 0)));
  });

  it('start the same from the same seed, with equal sub-pixels of the last kernel', () => {
    const start = startVector(layout, createRandom(9));
    expect(start).toEqual(startVector(layout, createRandom(9)));
    expect(start).not.toEqual(startVector(layout, createRandom(10)));
    expect([...start.slice(6, 12)]).toEqual([1, 1, 0, 0, 0, 0]);
    const sub = [0, 1, 2, 3].map((phase) => [...start.slice(12 + 4 * phase, 16 + 4 * phase)]);
    expect(sub).toEqual([sub[0], sub[0], sub[0], sub[0]]);
  });

  it('of a layer that feeds rectifiers have variance 2 over the fan-in', () => {
    const wide = startVector(layoutOf([{ name: 'w', shape: [64, 32, 3, 3], start: 'he' }]), createRandom(2));
    const variance = wide.reduce((sum, value) => sum + value * value, 0) / wide.length;
    expect(variance * 288).toBeCloseTo(2, 0);
    expect(Math.abs(variance * 288 - 2)).toBeLessThan(0.1);
  });
});
