// The kernel before a pixel shuffle: no lattice on even ground, everything else as it was.
import { describe, expect, it } from 'vitest';
import { biasedConv2d, depthToSpace, input } from '../../../../src-main/engine/graph/ops/index.ts';
import type { Value } from '../../../../src-main/engine/graph/value.ts';
import { defaultGenerator, generate, generatorLayout, liveNorm, codeLayout } from '../../../../src-main/engine/networks/generator.ts';
import { bind } from '../../../../src-main/engine/networks/parameters.ts';
import { evenSubPixels } from '../../../../src-main/engine/networks/sub-pixels.ts';
import { evaluate } from '../../../support/evaluate.ts';
import { checkGradient } from '../../../support/gradient-check.ts';
import { spread } from '../../../support/proof-model.ts';

const [channels, inputs, side] = [3, 2, 6];
const [x, kernel, bias] = [input('x', [1, inputs, side, side]), input('kernel', [4 * channels, inputs, 3, 3]), input('bias', [1, 4 * channels, 1, 1])];
const shuffled = (k: Value, b: Value): Value => depthToSpace(biasedConv2d(x, k, b, { padding: 1 }), { block: 2 });
const even = evenSubPixels(kernel, bias);
const weights = { kernel: spread(kernel.shape, 3, [-1, 1]), bias: spread(bias.shape, 4, [-1, 1]) };

/** Values of the inner pixels of one channel, which padding does not reach. */
function inner(picture: ArrayLike<number>, channel: number): number[] {
  const size = 2 * side;
  const rows = Array.from({ length: size - 4 }, (_, index) => index + 2);
  return rows.flatMap((row) => rows.map((column) => picture[(channel * size + row) * size + column]!));
}

describe('a kernel before a pixel shuffle', () => {
  it('paints even features evenly, which it did not before', () => {
    const flat = { shape: x.shape, data: Float64Array.from({ length: inputs * side * side }, (_, index) => (index < side * side ? 0.7 : -1.3)) };
    const [before, after] = evaluate([shuffled(kernel, bias), shuffled(even.kernel, even.bias)], { x: flat, ...weights });
    for (let channel = 0; channel < channels; channel++) {
      const [was, is] = [inner(before.data, channel), inner(after.data, channel)];
      expect(Math.max(...was) - Math.min(...was)).toBeGreaterThan(0.1);
      expect(Math.max(...is) - Math.min(...is)).toBeLessThan(1e-12);
      expect(is[0]).toBeCloseTo((was[0]! + was[1]! + was[side * 2 - 4]! + was[side * 2 - 3]!) / 4, 12); // as bright as before
    }
  });

  it('leaves an even kernel as it is, and what tells its sub-pixels apart', () => {
    const [once, onceBias, twice, twiceBias] = evaluate(
      [even.kernel, even.bias, ...Object.values(evenSubPixels(even.kernel, even.bias))],
      weights,
    );
    for (const [index, number] of once.data.entries()) expect(twice.data[index]).toBeCloseTo(number, 12);
    for (const [index, number] of onceBias.data.entries()) expect(twiceBias.data[index]).toBeCloseTo(number, 12);
    // Every tap of one kernel moved by the same: slopes of features are enlarged as before.
    for (let at = 0; at < once.data.length; at += 9) {
      const moved = Array.from({ length: 9 }, (_, tap) => once.data[at + tap]! - weights.kernel.data[at + tap]!);
      expect(Math.max(...moved) - Math.min(...moved)).toBeLessThan(1e-12);
    }
  });

  it('has the right derivatives', () => {
    checkGradient('evenSubPixels.kernel', [[8, 2, 3, 3], [1, 8, 1, 1]], (k, b) => evenSubPixels(k, b).kernel, { linearIn: [0] });
    checkGradient('evenSubPixels.bias', [[8, 2, 3, 3], [1, 8, 1, 1]], (k, b) => evenSubPixels(k, b).bias, { linearIn: [1] });
  });

  it('keeps the generator from drawing a lattice on a picture without texture, whatever its weights', () => {
    const spec = { ...defaultGenerator, blocks: 1 };
    const layout = generatorLayout(spec);
    const [size, sizePx] = [56, [1, 3, 56, 56]] as const; // its middle is farther from the borders than the network sees
    const [weightsIn, codeIn, picture, noise] = [input('weights', [layout.size]), input('code', [codeLayout(spec).size]), input('picture', sizePx), input('noise', [1, 1, size, size])];
    const painted = generate(spec, bind(layout, weightsIn), liveNorm(bind(codeLayout(spec), codeIn)), picture, noise);
    const feeds = {
      weights: spread(weightsIn.shape, 5, [-0.2, 0.2]),
      code: spread(codeIn.shape, 6, [0.5, 1]),
      picture: { shape: picture.shape, data: new Float64Array(3 * size * size).fill(0.4) },
      noise: { shape: noise.shape, data: new Float64Array(size * size) },
    };
    const [result] = evaluate([painted], feeds);
    const middle = [27, 28, 29].flatMap((row) => [27, 28, 29].map((column) => result.data[row * size + column]!));
    expect(Math.max(...middle) - Math.min(...middle)).toBeLessThan(1e-9);
  });
});
