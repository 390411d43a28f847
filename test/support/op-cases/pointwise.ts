// Proof cases of ops/pointwise.ts.
import { abs, add, clamp, constant, exp, leakyRelu, log, multiply, notNegative, positive, reciprocal, relu, sigmoid, sign, softplus, sqrt, tanh } from '../../../src-main/engine/graph/ops/index.ts';
import type { Value } from '../../../src-main/engine/graph/value.ts';
import type { CheckOptions } from '../gradient-check.ts';
import { opCase, type OpCases } from './op-case.ts';

const ofPicture = (build: (x: Value) => Value, options: CheckOptions = {}) => [opCase('of a picture', [[2, 2, 3, 2]], build, options)];
const aboveZero: CheckOptions = { range: [0.3, 2] };

export const pointwiseCases: OpCases = {
  sqrt: ofPicture(sqrt, aboveZero),
  reciprocal: [opCase('of positive and negative numbers', [[2, 4]], (x) => add(reciprocal(x), reciprocal(multiply(x, constant(-1)))), aboveZero), ...ofPicture(reciprocal, aboveZero)],
  exp: ofPicture(exp),
  log: ofPicture(log, aboveZero),
  sign: ofPicture((x) => multiply(x, sign(x))),
  abs: ofPicture(abs),
  clamp: [
    opCase('on both sides', [[2, 9]], (x) => clamp(x, { min: -0.5, max: 0.4 })),
    opCase('below only', [[9]], (x) => clamp(x, { min: 0.1, max: 100 })),
    opCase('all outside', [[9]], (x) => clamp(x, { min: 3, max: 4 })),
  ],
  positive: ofPicture((x) => multiply(x, positive(x))),
  notNegative: ofPicture((x) => multiply(x, notNegative(x))),
  relu: ofPicture(relu),
  leakyRelu: [0.2, 0.01, 0].map((slope) => opCase(`slope ${slope}`, [[2, 2, 3, 2]], (x) => leakyRelu(x, { slope }))),
  sigmoid: [...ofPicture(sigmoid), opCase('far out', [[7]], sigmoid, { range: [-9, 9] })],
  tanh: [...ofPicture(tanh), opCase('far out', [[7]], tanh, { range: [-4, 4] })],
  softplus: [...ofPicture(softplus), opCase('far out', [[7]], softplus, { range: [-9, 9] })],
};
