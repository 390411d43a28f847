// What the gradient walk and the ops refuse, and what the proofs themselves catch.
import { describe, expect, it } from 'vitest';
import { gradients } from '../../../../src-main/engine/graph/gradient.ts';
import { defineOp } from '../../../../src-main/engine/graph/op.ts';
import { add, averagePool2d, concat, constant, conv2d, expand, gemm, gemmAdd, greater, input, matmul, maxPool2, maxPool3Stride2, multiply, pad, reduceSum, reshape, sign, slice, spaceToDepth, transpose, where } from '../../../../src-main/engine/graph/ops/index.ts';
import type { Value } from '../../../../src-main/engine/graph/value.ts';
import { checkGradient } from '../../../support/gradient-check.ts';
import { evaluate } from '../../../support/evaluate.ts';

type One = readonly [x: Value];
const x = input('x', [2, 3]);
const sumOf = (value: Value) => reduceSum(value, { axes: value.shape.map((_, axis) => axis) });

/** An op computed as Abs (of positive numbers: the identity) whose adjoint is planted. */
const planted = (adjoint: (grad: Value, x: Value) => Value) =>
  defineOp<One>({ operator: 'Abs', infer: ([shape]) => shape, adjoint: ({ inputs: [read] }, grad) => [() => adjoint(grad, read)] });

describe('the gradient walk', () => {
  it('refuses what is no scalar and shows it', () => {
    expect(() => gradients(multiply(x, x), [x])).toThrow(/graph\.no-gradient.*not a scalar: .*Mul\(.*\[2,3\]/);
  });

  it('takes a single number of any rank for a scalar', () => {
    const [grad] = gradients(reduceSum(x, { axes: [0, 1] }), [x]);
    expect(grad.shape).toEqual([2, 3]);
  });

  it('refuses a rule that gives another shape than its input has', () => {
    const wrong = planted((grad) => slice(grad, { axes: [0], starts: [0], ends: [1] }));
    expect(() => gradients(sumOf(wrong(x)), [x])).toThrow(/graph\.no-gradient.*Abs gives \[1,3\] for input 0 of \[2,3\]/);
  });

  it('refuses a record with too few rules', () => {
    const wrong = defineOp<readonly Value[]>({ operator: 'Add', infer: ([shape]) => shape, adjoint: (_, grad) => [() => grad] });
    expect(() => gradients(sumOf(wrong(x, x)), [x])).toThrow(/graph\.no-gradient.*Add gives 1 gradients for 2 inputs/);
  });

  it('gives zeros of the right shape for a target it does not reach', () => {
    const other = input('other', [4, 2]);
    const [result] = evaluate(gradients(sumOf(x), [other]), {});
    expect(result).toEqual({ shape: [4, 2], data: new Float64Array(8) });
  });

  it('gives zeros where every path is flat', () => {
    const [result] = evaluate(gradients(sumOf(sign(x)), [x]), {});
    expect([...result.data]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('passes nothing through a condition', () => {
    const condition = input('condition', [2, 3]);
    const [toCondition] = evaluate(gradients(sumOf(where(greater(condition, x), x, x)), [condition]), {});
    expect([...toCondition.data]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('gives a target in the middle its own gradient, and one for a scalar to itself', () => {
    const middle = multiply(x, constant(2));
    const total = sumOf(multiply(middle, constant(3)));
    const feeds = { x: { shape: [2, 3], data: new Float64Array(6) } };
    const [ofMiddle, ofInput, ofItself] = evaluate(gradients(total, [middle, x, total]), feeds);
    expect([ofMiddle.data[0], ofInput.data[0], ofItself.data[0]]).toEqual([3, 6, 1]);
  });

  it('never builds the rule of an input that leads to no target', () => {
    const frozen = defineOp<readonly [a: Value, b: Value]>({
      operator: 'Add',
      infer: ([a]) => a,
      adjoint: (_, grad) => [
        () => grad,
        () => {
          throw new Error('built in vain');
        },
      ],
    });
    expect(() => gradients(sumOf(frozen(x, input('weights', [2, 3]))), [x])).not.toThrow();
  });
});

describe('shape rules', () => {
  const picture = input('picture', [1, 3, 5, 4]);
  it.each([
    ['addition of shapes that do not broadcast', () => add(x, input('y', [2, 2]))],
    ['a reshape to another size', () => reshape(x, { shape: [5] })],
    ['an expand that does not fit', () => expand(x, { shape: [2, 4] })],
    ['a reduction over no axes', () => reduceSum(x, { axes: [] })],
    ['a reduction over an axis there is not', () => reduceSum(x, { axes: [2] })],
    ['a reduction over a negative axis', () => reduceSum(x, { axes: [-1] })],
    ['a reduction over one axis twice', () => reduceSum(x, { axes: [0, 0] })],
    ['a transpose that names an axis twice', () => transpose(x, { order: [0, 0] })],
    ['an empty slice', () => slice(x, { axes: [0], starts: [1], ends: [1] })],
    ['a slice past the end', () => slice(x, { axes: [1], starts: [0], ends: [4] })],
    ['a slice of an axis there is not', () => slice(x, { axes: [2], starts: [0], ends: [1] })],
    ['a pad by less than nothing', () => pad(x, { before: [-1, 0], after: [1, 0] })],
    ['a concat of unlike shapes', () => concat(x, input('y', [2, 2]), { axis: 0 })],
    ['a concat along an axis there is not', () => concat(x, x, { axis: 2 })],
    ['a convolution of other channels', () => conv2d(picture, input('w', [2, 2, 3, 3]), { padding: 1 })],
    ['a convolution with an oblong kernel', () => conv2d(picture, input('w', [2, 3, 3, 1]), { padding: 1 })],
    ['a convolution larger than its picture', () => conv2d(picture, input('w', [2, 3, 5, 5]), { padding: 0 })],
    ['pixels to channels of odd sizes', () => spaceToDepth(picture, { block: 2 })],
    ['a 2 × 2 maximum of odd sizes', () => maxPool2(picture)],
    ['a 3 × 3 maximum of one row', () => maxPool3Stride2(input('line', [1, 1, 1, 5]))],
    ['a mean larger than its picture', () => averagePool2d(picture, { size: 6 })],
    ['a product of unlike matrices', () => gemm(x, x, {})],
    ['a sum onto another shape', () => gemmAdd(x, x, input('c', [3]), { transposeB: true })],
    ['a batched product of unlike stacks', () => matmul(input('a', [2, 2, 3]), input('b', [1, 3, 2]))],
    ['numbers that do not fill their shape', () => constant(Float32Array.of(1, 2), [3])],
  ])('refuse %s', (_, build) => {
    expect(build).toThrow(/^tensor\.shape-mismatch/);
  });
});

describe('the proofs catch', () => {
  const check = (build: (x: Value) => Value, options = {}) => () => checkGradient('planted', [[2, 3]], build, { range: [0.5, 2], ...options });

  it('an adjoint off by a part in ten thousand', () => {
    const wrong = planted((grad) => multiply(grad, constant(1.0001)));
    expect(check((value) => wrong(value))).toThrow(/planted: gradient of x0 is off by/);
    expect(check((value) => planted((grad) => grad)(value))).not.toThrow();
  });

  it('a right adjoint that cannot be differentiated again', () => {
    const blind = defineOp<One>({ operator: 'Exp', infer: ([shape]) => shape, adjoint: ({ output }, grad) => [() => multiply(grad, asConstant(output))] });
    expect(check((value) => blind(value))).toThrow(/planted: second derivative of x0/);
  });

  it('a claim of linearity that does not hold', () => {
    expect(check((value) => multiply(value, value), { linearIn: [0] })).toThrow(/⟨A·v,u⟩ = ⟨v,Aᵀ·u⟩/);
  });
});

/** The same numbers, through which no gradient passes. */
function asConstant(value: Value): Value {
  const detach = defineOp<One>({ operator: 'Identity', infer: ([shape]) => shape, adjoint: () => [null] });
  return detach(value);
}
