// Proof cases of ops/broadcasting.ts.
import { add, channelAffine, constant, divide, equal, expand, greater, less, multiply, negate, reduceMean, reduceSum, reduceSumSquare, reshape, square, subtract, where } from '../../../src-main/engine/graph/ops/index.ts';
import type { Value } from '../../../src-main/engine/graph/value.ts';
import type { CheckOptions } from '../gradient-check.ts';
import { opCase, type OpCases } from './op-case.ts';

type Shapes = [number[], number[]];

const pairs: readonly Shapes[] = [
  [[2, 3], [2, 3]],
  [[2, 3, 2, 2], [1, 3, 1, 1]],
  [[3, 1], [1, 4]],
  [[4], [2, 3, 4]],
  [[2, 2], []],
  [[], [3]],
  [[1, 1], [1]],
];

const inAllShapes = (build: (a: Value, b: Value) => Value, options: CheckOptions = {}) =>
  pairs.map(([a, b]) => opCase(`[${a.join()}] with [${b.join()}]`, [a, b], build, options));

const axesLists = [[0], [1], [2, 3], [0, 2, 3], [0, 1, 2, 3]];

const overAxes = (build: (x: Value, attributes: { axes: number[] }) => Value, options: CheckOptions = {}) =>
  axesLists.map((axes) => opCase(`axes ${axes.join()}`, [[2, 3, 2, 4]], (x) => build(x, { axes }), options));

export const broadcastingCases: OpCases = {
  add: [...inAllShapes(add), opCase('with itself', [[3]], (x) => add(x, x), { linearIn: [0] })],
  subtract: [...inAllShapes(subtract), opCase('from itself, doubled', [[3]], (x) => subtract(add(x, x), x), { linearIn: [0] })],
  multiply: [...inAllShapes(multiply, { linearIn: [0, 1] }), opCase('with itself', [[3]], (x) => multiply(x, x))],
  divide: [...inAllShapes(divide, { range: [0.5, 2], linearIn: [0] }), opCase('by itself, squared', [[3]], (x) => divide(x, multiply(x, x)), { range: [0.5, 2] })],
  square: [opCase('of positive and negative numbers', [[2, 5]], square)],
  channelAffine: [
    opCase('two pictures', [[2, 3, 2, 2], [3], [3]], channelAffine),
    opCase('one channel', [[1, 1, 3, 1], [1], [1]], channelAffine),
  ],
  negate: [opCase('a vector', [[4]], negate, { linearIn: [0] })],
  greater: inAllShapes((a, b) => where(greater(a, b), multiply(a, a), b)),
  less: inAllShapes((a, b) => where(less(a, b), multiply(a, a), b)),
  equal: inAllShapes((a, b) => where(equal(a, b), multiply(a, a), multiply(b, constant(3)))),
  where: [
    ...inAllShapes((a, b) => where(greater(a, constant(0)), multiply(a, b), b)),
    opCase('condition smaller than its branches', [[3], [2, 3], [2, 3]], (c, a, b) => where(greater(c, constant(0)), a, b), { linearIn: [] }),
    opCase('condition larger than its branches', [[2, 3], [3], [2, 1]], (c, a, b) => where(greater(c, constant(0)), a, b)),
  ],
  reshape: [
    opCase('to fewer axes', [[2, 3, 2]], (x) => reshape(x, { shape: [6, 2] }), { linearIn: [0] }),
    opCase('to more axes', [[6]], (x) => reshape(x, { shape: [1, 2, 3, 1] }), { linearIn: [0] }),
    opCase('of one number to a scalar', [[1, 1]], (x) => reshape(x, { shape: [] }), { linearIn: [0] }),
  ],
  expand: [
    opCase('from a scalar', [[]], (x) => expand(x, { shape: [2, 3] }), { linearIn: [0] }),
    opCase('along inner axes', [[1, 3, 1, 1]], (x) => expand(x, { shape: [2, 3, 2, 2] }), { linearIn: [0] }),
    opCase('to more axes', [[3, 1]], (x) => expand(x, { shape: [2, 3, 4] }), { linearIn: [0] }),
    opCase('to its own shape', [[2, 3]], (x) => expand(x, { shape: [2, 3] }), { linearIn: [0] }),
  ],
  reduceSum: overAxes(reduceSum, { linearIn: [0] }),
  reduceMean: overAxes(reduceMean, { linearIn: [0] }),
  reduceSumSquare: overAxes(reduceSumSquare),
};
