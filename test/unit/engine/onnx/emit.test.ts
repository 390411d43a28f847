// Graphs as ONNX bytes: what is written, what is left out, what is refused.
import { describe, expect, it } from 'vitest';
import { defineOp } from '../../../../src-main/engine/graph/op.ts';
import { add, concat, constant, greater, input, multiply, reduceMean, reduceSum, relu, reshape, slice } from '../../../../src-main/engine/graph/ops/index.ts';
import { portable } from '../../../../src-main/engine/graph/rewrite.ts';
import type { Value } from '../../../../src-main/engine/graph/value.ts';
import { emit } from '../../../../src-main/engine/onnx/emit.ts';
import { allowedOperators, irVersion, opsetVersion } from '../../../../src-main/engine/onnx/opset.ts';
import { decodeModel, type ModelProto } from '../../../../src-main/engine/onnx/proto.ts';
import { interpreter, operators } from '../../../support/interpreter.ts';
import { opCases } from '../../../support/op-cases/index.ts';
import { proofModel } from '../../../support/proof-model.ts';
import { smallPainter } from '../../../support/small-painter.ts';

const x = input('x', [2, 3]);
const numbers = { x: { shape: [2, 3], data: Float64Array.of(-2, -1, 0, 1, 2, 3) } };
const operatorsOf = (model: ModelProto) => model.graph.node.map(({ opType }) => opType);
const namesOf = (ports: readonly { name: string }[]) => ports.map(({ name }) => name);

describe('an emitted model', () => {
  it('says its versions, its producer and its metadata', () => {
    const model = decodeModel(emit({ y: relu(x) }, { metadata: { licence: 'CC0', reach: '90' } }));
    expect(model).toMatchObject({ irVersion, opsetImport: [{ version: opsetVersion }], producerName: 'velatura' });
    expect(model.metadataProps).toMatchObject([{ key: 'licence', value: 'CC0' }, { key: 'reach', value: '90' }]);
  });

  it('computes its named outputs', () => {
    const run = interpreter(emit({ sum: reduceSum(x, { axes: [1] }), positive: relu(x) }));
    const [sum, positive] = run(numbers, ['sum', 'positive']);
    expect([sum.shape, ...sum.data]).toEqual([[2, 1], -3, 6]);
    expect([...positive.data]).toEqual([0, 0, 0, 1, 2, 3]);
  });

  it('holds neither inputs nor nodes that reach no output', () => {
    multiply(x, input('unread', [3]));
    const { graph } = decodeModel(emit({ y: relu(x) }));
    expect(namesOf(graph.input)).toEqual(['x']);
    expect(graph.node.map(({ opType }) => opType)).toEqual(['Relu', 'Identity']);
  });

  it('reads one port where the same input was made twice', () => {
    const { graph } = decodeModel(emit({ y: add(x, input('x', [2, 3])) }));
    expect(namesOf(graph.input)).toEqual(['x']);
  });

  it('gives one value out under two names, and an input as it is', () => {
    const y = relu(x);
    const [a, b, same] = interpreter(emit({ a: y, b: y, same: x }))(numbers, ['a', 'b', 'same']);
    expect(a.data).toEqual(b.data);
    expect(same.data).toEqual(numbers.x.data);
  });

  it('keeps the names of weights and only their part of a larger buffer', () => {
    const buffer = Float32Array.of(9, 9, 1, 2, 3, 9);
    const bytes = emit({ y: add(x, constant(buffer.subarray(2, 5), [3], 'layer.bias')) });
    expect(decodeModel(bytes).graph.initializer?.map(({ name, dims }) => [name, dims])).toEqual([['layer.bias', [3]]]);
    expect([...interpreter(bytes)(numbers, ['y'])[0].data]).toEqual([-1, 1, 3, 2, 4, 6]);
  });

  it('stores equal axes once', () => {
    const { graph } = decodeModel(emit({ a: reduceSum(x, { axes: [1] }), b: reduceMean(x, { axes: [1] }) }));
    expect(graph.initializer).toHaveLength(1);
  });

  it('is the same bytes each time', () => {
    expect(emit({ y: smallPainter(8, 12) })).toEqual(emit({ y: smallPainter(8, 12) }));
  });

  it('avoids operators that WebGPU lacks where it is asked to', () => {
    const outputs = { y: smallPainter(8, 12) };
    const isShuffle = (name: string) => /Space/.test(name);
    expect(operatorsOf(decodeModel(emit(outputs))).some(isShuffle)).toBe(true);
    expect(operatorsOf(decodeModel(emit(outputs, { rules: portable }))).some(isShuffle)).toBe(false);
  });
});

describe('symbolic dimensions', () => {
  const symbolic = { picture: [1, 3, 'H', 'W'], painted: [1, 3, 'H', 'W'] };

  it('leave no trace of the size at which the graph was built', () => {
    expect(emit({ painted: smallPainter(8, 12) }, { symbolic })).toEqual(emit({ painted: smallPainter(64, 4) }, { symbolic }));
  });

  it('stand in the declarations alone', () => {
    const named = decodeModel(emit({ painted: smallPainter(8, 12) }, { symbolic })).graph;
    const fixed = decodeModel(emit({ painted: smallPainter(8, 12) })).graph;
    expect(named.input[0].type?.tensorType?.shape?.dim).toEqual([{ dimValue: 1 }, { dimValue: 3 }, { dimParam: 'H' }, { dimParam: 'W' }]);
    expect({ ...named, input: [], output: [] }).toEqual({ ...fixed, input: [], output: [] });
  });
});

describe('emission refuses', () => {
  const weights = () => constant(Float32Array.of(1, 2, 3), [3], 'w');
  const stranger = defineOp<readonly [Value]>({ operator: 'Erf', infer: ([shape]) => shape, adjoint: () => [null] });
  const refusals: [string, () => Uint8Array, RegExp][] = [
    ['two inputs of one name and two shapes', () => emit({ y: add(x, input('x', [3])) }), /two values are called x/],
    ['an output named like an input', () => emit({ x: relu(x) }), /two values are called x/],
    ['two weights of one name', () => emit({ y: add(add(x, weights()), weights()) }), /two values are called w/],
    ['a weight named like an input', () => emit({ y: add(x, constant(Float32Array.of(1, 2, 3), [3], 'x')) }), /two values are called x/],
    ['an output named like a node', () => emit({ _v0: relu(x) }), /two values are called _v0/],
    ['a truth value as output', () => emit({ y: greater(x, constant(0)) }), /output y is no number/],
    ['an operator outside the table', () => emit({ y: relu(stranger(x)) }), /operator Erf is not allowed: .*Erf\(%0\) \[2,3\]/],
    ['symbols for a port there is not', () => emit({ y: relu(x) }, { symbolic: { z: ['H'] } }), /there is no z/],
    ['symbols for another number of dimensions', () => emit({ y: relu(x) }, { symbolic: { x: ['H'] } }), /x has 2 dimensions and 1 symbols/],
  ];
  it.each(refusals)('%s', (_, act, reason) => {
    expect(act).toThrow(expect.objectContaining({ code: 'graph.illegal', message: expect.stringMatching(reason) }));
  });
});

describe('the table of allowed operators', () => {
  const used = new Set(Object.values(opCases).flat().flatMap(({ shapes, build, range }) => operatorsOf(decodeModel(proofModel(shapes, build, range).bytes))));

  it('holds what the ops emit and nothing else', () => {
    expect([...allowedOperators].sort()).toEqual([...used].sort());
  });

  it('is what the interpreter can run', () => {
    expect(Object.keys(operators).sort()).toEqual([...allowedOperators].sort());
  });
});

describe('a decoded model', () => {
  it('tells a zero from nothing', () => {
    const { graph } = decodeModel(emit({ y: concat(x, x, { axis: 0 }), none: reshape(reduceSum(x, { axes: [0, 1] }), { shape: [] }) }));
    expect(graph.node.find(({ opType }) => opType === 'Concat')?.attribute?.[0]).toMatchObject({ name: 'axis', i: 0 });
    expect(graph.initializer?.find(({ dims }) => dims[0] === 0)?.rawData).toHaveLength(0);
  });
});

describe('a number of one dimension', () => {
  it('becomes a scalar and back', () => {
    const first = reshape(slice(x, { axes: [0, 1], starts: [0, 0], ends: [1, 1] }), { shape: [] });
    const [scalar, line] = interpreter(emit({ scalar: first, line: reshape(first, { shape: [1] }) }))(numbers, ['scalar', 'line']);
    expect([scalar.shape, line.shape, line.data[0]]).toEqual([[], [1], -2]);
  });
});
