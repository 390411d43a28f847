// Derivatives of the compositions that training is made of; R1 needs its second derivatives to be differentiated once more.
import { describe, expect, it } from 'vitest';
import { gradients } from '../../../../src-main/engine/graph/gradient.ts';
import { abs, add, averagePool2d, constant, conv2d, depthToSpace, divide, gemm, input, leakyRelu, maxPool2, multiply, reduceMean, reduceSum, reduceSumSquare, relu, reshape, slice, softplus, spaceToDepth, sqrt, subtract, upsampleNearest } from '../../../../src-main/engine/graph/ops/index.ts';
import { reachable, type Value } from '../../../../src-main/engine/graph/value.ts';
import { checkGradient } from '../../../support/gradient-check.ts';
import type { Build } from '../../../support/proof-model.ts';

const plane = { axes: [2, 3] };
const all = { axes: [0, 1, 2, 3] };

/** x normalised per picture and channel, then scaled and shifted. */
function instanceNorm(x: Value, gamma: Value, beta: Value): Value {
  const centred = subtract(x, reduceMean(x, plane));
  const variance = reduceMean(multiply(centred, centred), plane);
  return add(multiply(divide(centred, sqrt(add(variance, constant(1e-3)))), gamma), beta);
}

function gram(x: Value): Value {
  const [, c, h, w] = x.shape;
  const line = reshape(x, { shape: [c, h * w] });
  return gemm(line, line, { transposeB: true, scale: 1 / (h * w) });
}

/** ‖∇ₓ Σ f(x)‖², the R1 penalty (Mescheder 2018, eq. 9), as a function of pictures and weights. */
const penalty = (f: Build): Build => (x, ...weights) => reduceSumSquare(gradients(reduceSum(f(x, ...weights), all), [x])[0], all);

const picture = [2, 2, 4, 4];

describe('the derivatives of compositions are right', () => {
  it.each<[string, number[][], Build]>([
    ['instance norm', [[2, 2, 3, 4], [1, 2, 1, 1], [1, 2, 1, 1]], instanceNorm],
    ['instance norm with γ and β per pixel', [[1, 2, 3, 3], [1, 2, 3, 3], [1, 2, 3, 3]], instanceNorm],
    ['the variance as a sum of squares', [[2, 2, 3, 3]], (x) => multiply(reduceSumSquare(subtract(x, reduceMean(x, plane)), plane), constant(1 / 9))],
    ['a Gram matrix of features', [[1, 2, 4, 4], [3, 2, 3, 3]], (x, w) => gram(relu(conv2d(x, w, { padding: 1 })))],
    ['a pixel-shuffled decoder', [[1, 2, 2, 3], [4, 2, 3, 3]], (x, w) => depthToSpace(conv2d(x, w, { padding: 1 }), { block: 2 })],
    ['an enlarging decoder', [[1, 2, 2, 2], [1, 2, 3, 3]], (x, w) => conv2d(upsampleNearest(x, { factor: 2 }), w, { padding: 1 })],
    ['total variation', [[1, 1, 3, 4]], (x) => abs(subtract(slice(x, { axes: [3], starts: [1], ends: [4] }), slice(x, { axes: [3], starts: [0], ends: [3] })))],
  ])('%s', (name, shapes, build) => checkGradient(name, shapes, build));
});

describe('a convolution', () => {
  it('has a weight gradient of one product per sample, whatever its kernel', () => {
    const products = (batch: number, kernel: number) => {
      const [x, w] = [input('x', [batch, 2, 7, 6]), input('w', [3, 2, kernel, kernel])];
      return reachable(gradients(reduceSum(conv2d(x, w, { padding: 1 }), all), [w])).filter(({ op }) => op.operator === 'Gemm').length;
    };
    expect([products(1, 1), products(1, 3), products(2, 5)]).toEqual([1, 1, 2]);
  });
});

describe('the R1 penalty can be differentiated in pictures and weights', () => {
  it.each<[string, number[][], Build]>([
    ['through convolution and leaky ReLU', [picture, [3, 2, 3, 3], [1, 3, 1, 1]], (x, w, v) => softplus(conv2d(leakyRelu(conv2d(x, w, { padding: 1 }), { slope: 0.2 }), v, { padding: 0 }))],
    ['through a strided convolution', [picture, [2, 2, 3, 3]], (x, w) => softplus(conv2d(x, w, { padding: 1, stride: 2 }))],
    ['through a grouped convolution', [picture, [2, 1, 3, 3]], (x, w) => softplus(conv2d(x, w, { padding: 1, groups: 2 }))],
    ['through pixels to channels', [picture, [2, 8, 1, 1]], (x, w) => softplus(conv2d(spaceToDepth(x, { block: 2 }), w, { padding: 0 }))],
    ['through channels to pixels', [[1, 4, 2, 2], [1, 1, 3, 3]], (x, w) => softplus(conv2d(depthToSpace(x, { block: 2 }), w, { padding: 1 }))],
    ['through average and maximum pooling', [picture, [2, 2, 3, 3]], (x, w) => softplus(averagePool2d(maxPool2(conv2d(x, w, { padding: 1 })), { size: 2 }))],
    ['through instance norm', [[1, 2, 3, 3], [1, 2, 1, 1], [1, 2, 1, 1]], (x, gamma, beta) => softplus(instanceNorm(x, gamma, beta))],
    ['through a matrix', [[1, 2, 2, 2], [3, 8]], (x, w) => reshape(softplus(gemm(reshape(x, { shape: [1, 8] }), w, { transposeB: true })), { shape: [1, 3, 1, 1] })],
  ])('%s', (name, shapes, build) => checkGradient(name, shapes, penalty(build), { tolerance: 1e-5 }));
});
