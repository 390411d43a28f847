// The rewriting rules: the numbers and shapes stay, the graph gets smaller, plainer or portable.
import { describe, expect, it } from 'vitest';
import { gradients } from '../../../../src-main/engine/graph/gradient.ts';
import { add, clamp, concat, constant, conv2d, depthToSpace, divide, expand, gemm, greater, input, maxPool2, maxPool3Stride2, multiply, negate, pad, reduceSum, reduceSumSquare, relu, reshape, slice, spaceToDepth, square, subtract, where } from '../../../../src-main/engine/graph/ops/index.ts';
import { fusions } from '../../../../src-main/engine/graph/fusions.ts';
import { portable, rewrite, simplifications, type Rule } from '../../../../src-main/engine/graph/rewrite.ts';
import { reachable, type Value } from '../../../../src-main/engine/graph/value.ts';
import { evaluate } from '../../../support/evaluate.ts';
import type { NdArray } from '../../../support/interpreter/array.ts';
import { spread } from '../../../support/proof-model.ts';

const x = input('x', [2, 4, 4, 6]);
const row = input('row', [1, 4, 1, 1]);
const one = input('one', []);
const feeds = { x: spread(x.shape, 1, [-1, 1]), row: spread(row.shape, 2, [-1, 1]), one: spread(one.shape, 3, [1, 2]) };

/** Rewrites and proves that shapes and numbers stayed, up to a constant's rounding to float32. */
function rewritten(value: Value, rules: readonly Rule[] = simplifications): Value {
  const [result] = rewrite([value], rules);
  const [before, after] = evaluate([value, result], feeds);
  expect(result.shape).toEqual(value.shape);
  expect(apart(before, after)).toBeLessThan(2e-7);
  return result;
}

const apart = (a: NdArray, b: NdArray) => a.data.reduce((most, number, index) => Math.max(most, Math.abs(number - b.data[index]) / Math.max(1, Math.abs(number))), 0);
const operatorsOf = (value: Value) => reachable([value]).map(({ op }) => op.operator).filter((name) => name !== 'Input' && name !== 'Constant');

const wide = { shape: x.shape };

/** Numbers of x, from the given one on, as a matrix. */
function matrix(rows: number, columns: number, start = 0): Value {
  const line = reshape(x, { shape: [192] });
  return reshape(slice(line, { axes: [0], starts: [start], ends: [start + rows * columns] }), { shape: [rows, columns] });
}

function gramGradient(): Value {
  const line = reshape(x, { shape: [8, 24] });
  const gram = gemm(line, line, { transposeB: true, scale: 0.1 });
  return gradients(reduceSum(multiply(gram, gram), { axes: [0, 1] }), [x])[0];
}

/** Columns of x in their place, zeros beside them. */
function stretch(start: number, end: number): Value {
  return pad(slice(x, { axes: [3], starts: [start], ends: [end] }), { before: [0, 0, 0, start], after: [0, 0, 0, 6 - end] });
}

/** The gradient of a sum of squares over slices of x. */
function inParts(bounds: readonly number[]): Value {
  const parts = bounds.slice(1).map((end, index) => slice(x, { axes: [3], starts: [bounds[index]], ends: [end] }));
  const squares = parts.map((part) => reduceSumSquare(part, { axes: [0, 1, 2, 3] }));
  return gradients(squares.reduce((sum, square) => add(sum, square)), [x])[0];
}

describe('simplifications', () => {
  it.each([
    ['an expand under an op that broadcasts', add(x, expand(row, wide)), ['Add']],
    ['an expand on the left', divide(expand(one, wide), x), ['Div']],
    ['an expand in a branch', where(greater(x, constant(0)), expand(row, wide), x), ['Greater', 'Where']],
    ['a factor behind an expand', multiply(expand(row, wide), constant(2)), ['Mul', 'Expand']],
    ['a factor before an expand', multiply(constant(2), expand(row, wide)), ['Mul', 'Expand']],
    ['a factor of one', multiply(relu(x), constant(1)), ['Relu']],
    ['factors in a row', multiply(constant(3), multiply(x, constant(0.1))), ['Mul']],
    ['a product of numbers', multiply(x, multiply(constant(3), constant(0.1, [1]))), ['Mul']],
    ['reshapes in a row', reshape(reshape(x, { shape: [8, 24] }), { shape: [192] }), ['Reshape']],
    ['a reshape there and back', add(reshape(reshape(x, { shape: [192] }), wide), x), ['Add']],
    ['a slice of everything', relu(slice(x, { axes: [1], starts: [0], ends: [4] })), ['Relu']],
    ['a pad of nothing', relu(pad(x, { before: [0, 0, 0, 0], after: [0, 0, 0, 0] })), ['Relu']],
    ['a concat of one', relu(concat(x, { axis: 1 })), ['Relu']],
    ['equal nodes', add(relu(x), relu(x)), ['Relu', 'Add']],
    ['equal nodes that were built apart', add(reduceSum(multiply(x, constant(2)), { axes: [0] }), reduceSum(multiply(x, constant(2)), { axes: [0] })), ['Mul', 'ReduceSum', 'Add']],
    ['the gradient of a Gram matrix', gramGradient(), ['Reshape', 'Gemm', 'Add', 'Transpose', 'Add', 'Gemm', 'Reshape']],
    ['the addition of a negative', add(x, negate(row)), ['Sub']],
    ['the addition to a negative', add(negate(row), x), ['Sub']],
    ['the addition of a negative in zeros', add(stretch(0, 4), pad(negate(slice(x, { axes: [3], starts: [2], ends: [6] })), { before: [0, 0, 0, 2], after: [0, 0, 0, 0] })), ['Slice', 'Pad', 'Slice', 'Pad', 'Sub']],
    ['stretches that fill a vector', add(add(stretch(4, 6), stretch(3, 4)), stretch(1, 3)), ['Slice', 'Slice', 'Slice', 'Concat', 'Pad']],
    ['the gradient of a picture read in parts', inParts([0, 1, 3, 6]), ['Slice', 'Slice', 'Slice', 'Mul', 'Mul', 'Mul', 'Concat']],
  ])('shorten %s', (_, value, operators) => {
    expect(operatorsOf(rewritten(value))).toEqual(operators);
  });

  it.each([
    ['two expands whose shape nothing else keeps', add(expand(row, wide), expand(one, wide))],
    ['a factor of one that raises the rank', multiply(one, constant(1, [1, 1]))],
    ['factors that raise the rank', multiply(multiply(reshape(row, { shape: [4] }), constant(2, [1, 1])), constant(3, [1, 1, 1]))],
    ['products of large factors and a small one', add(gemm(matrix(12, 8), matrix(8, 2), {}), gemm(matrix(12, 8, 96), matrix(8, 2), {}))],
    ['products of one factor on other sides', add(gemm(matrix(3, 3), matrix(3, 3, 1), {}), gemm(matrix(3, 3, 2), matrix(3, 3, 1), { transposeB: true }))],
    ['products of two scales', add(gemm(matrix(3, 3), matrix(3, 4), {}), gemm(matrix(3, 3, 1), matrix(3, 4), { scale: 2 }))],
    ['stretches that overlap', add(stretch(1, 4), stretch(3, 6))],
    ['stretches with a gap', add(stretch(4, 6), stretch(0, 2))],
    ['stretches of two axes', add(stretch(0, 2), pad(slice(x, { axes: [2], starts: [2], ends: [4] }), { before: [0, 0, 2, 0], after: [0, 0, 0, 0] }))],
    ['a real slice', slice(x, { axes: [2], starts: [1], ends: [3] })],
    ['an expand to more axes', multiply(expand(one, { shape: [2, 2] }), constant(2, [1, 1, 1]))],
  ])('keep %s', (_, value) => {
    rewritten(value);
  });

  it('tell ops of one ONNX operator apart', () => {
    const picture = slice(x, { axes: [3], starts: [0], ends: [4] });
    const both = add(reduceSum(maxPool2(picture), { axes: [2, 3] }), reduceSum(maxPool3Stride2(picture), { axes: [2, 3] }));
    expect(operatorsOf(rewritten(both)).filter((name) => name === 'MaxPool')).toHaveLength(2);
  });

  it('tell attributes apart that JSON writes alike', () => {
    const both = subtract(clamp(x, { min: -Infinity, max: 0.1 }), clamp(x, { min: 0.2, max: Infinity }));
    const swapped = add(clamp(x, { min: -Infinity, max: Infinity }), clamp(x, { min: -Infinity, max: -Infinity }));
    expect(operatorsOf(rewritten(both)).filter((name) => name === 'Clip')).toHaveLength(2);
    expect(reachable(rewrite([swapped], simplifications)).filter(({ op }) => op === clamp)).toHaveLength(2);
  });

  it('share weights by identity of their numbers, not by equality', () => {
    const weights = Float32Array.of(1, 2, 3, 4);
    const sum = add(add(x, constant(weights, [1, 4, 1, 1])), add(row, constant(weights, [1, 4, 1, 1])));
    const twins = add(add(x, constant(weights, [1, 4, 1, 1])), add(row, constant(weights.slice(), [1, 4, 1, 1])));
    const constantsOf = (value: Value) => reachable([rewritten(value)]).filter(({ op }) => op.operator === 'Constant');
    expect(constantsOf(sum)).toHaveLength(1);
    expect(constantsOf(twins)).toHaveLength(2);
  });

  it('keep a whole gradient and leave fewer nodes', () => {
    const w = input('row', [1, 4, 1, 1]);
    const y = relu(conv2d(multiply(x, w), constant(spread32([4, 4, 3, 3]), [4, 4, 3, 3]), { padding: 1 }));
    const [grad] = gradients(reduceSum(multiply(y, y), { axes: [0, 1, 2, 3] }), [w]);
    expect(operatorsOf(rewritten(grad)).length).toBeLessThan(operatorsOf(grad).length);
  });
});

describe('fusions', () => {
  it.each([
    ['a product and a sum with rows', add(multiply(x, row), row), ['Reshape', 'BatchNormalization']],
    ['the same the other way round', add(row, multiply(row, x)), ['Reshape', 'BatchNormalization']],
    ['a product with two numbers', multiply(multiply(x, one), reshape(one, { shape: [1] })), ['Reshape', 'Mul', 'Mul']],
    ['the square of a product with a number', square(multiply(x, one)), ['Mul', 'Mul', 'Mul']],
    ['a product and two sums', add(add(multiply(x, row), relu(x)), row), ['Relu', 'Reshape', 'BatchNormalization', 'Add']],
  ])('join %s', (_, value, operators) => {
    expect(operatorsOf(rewritten(value, [...simplifications, ...fusions]))).toEqual(operators);
  });

  it.each([
    ['a sum with a map', add(multiply(x, row), x)],
    ['a product with a number', add(multiply(x, one), row)],
    ['rows among themselves', add(multiply(row, row), row)],
  ])('leave %s', (_, value) => {
    expect(operatorsOf(rewritten(value, [...simplifications, ...fusions]))).toEqual(['Mul', 'Add']);
  });
});

describe('portable rules', () => {
  it.each([
    ['space to depth', spaceToDepth(x, { block: 2 })],
    ['depth to space', depthToSpace(x, { block: 2 })],
    ['the gradient of the 3 × 3 maximum', gradients(reduceSum(maxPool3Stride2(x), { axes: [0, 1, 2, 3] }), [x])[0]],
  ])('write %s with reshape and transpose', (_, value) => {
    const operators = operatorsOf(rewritten(value, [...simplifications, ...portable]));
    expect(operators.filter((name) => /Space/.test(name))).toEqual([]);
    expect(operators).toContain('Transpose');
  });
});

describe('rewriting', () => {
  it('gives as many outputs as it is given, in order, the same twice where it is given twice', () => {
    const y = relu(x);
    const results = rewrite([y, multiply(y, constant(1)), row], simplifications);
    expect(results.map(({ op }) => op.operator)).toEqual(['Relu', 'Relu', 'Input']);
    expect(results[0]).toBe(results[1]);
  });

  it('does not merge inputs of one name and two shapes', () => {
    const results = rewrite([relu(input('a', [2])), relu(input('a', [3]))], simplifications);
    expect(results.map(({ shape }) => shape)).toEqual([[2], [3]]);
  });
});

function spread32(shape: readonly number[]): Float32Array {
  return Float32Array.from(spread(shape, 9, [-1, 1]).data);
}
