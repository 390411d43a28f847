// ONNX operators that work number by number, with broadcasting.
import { broadcastShape, broadcastTo, type NdArray } from './array.ts';
import type { PlainOperator } from './operator.ts';

const unary = (f: (x: number) => number): PlainOperator => ([x]) => ({ shape: x.shape, data: x.data.map(f) });

const broadcast = (f: (...numbers: number[]) => number): PlainOperator => (inputs) => {
  const shape = broadcastShape(inputs.map((input) => input.shape));
  const wide = inputs.map((input) => broadcastTo(input, shape).data);
  return { shape, data: wide[0].map((_, index) => f(...wide.map((data) => data[index]))) };
};

const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

const clip: PlainOperator = ([x, low, high]) => {
  const limit = (end: NdArray | undefined, otherwise: number) => end?.data[0] ?? otherwise;
  return { shape: x.shape, data: x.data.map((n) => Math.min(Math.max(n, limit(low, -Infinity)), limit(high, Infinity))) };
};

export const elementwise: Readonly<Record<string, PlainOperator>> = {
  Abs: unary(Math.abs),
  Exp: unary(Math.exp),
  Identity: unary((x) => x),
  Log: unary(Math.log),
  Neg: unary((x) => -x),
  Reciprocal: unary((x) => 1 / x),
  Relu: unary((x) => Math.max(x, 0)),
  Sigmoid: unary((x) => 1 / (1 + Math.exp(-x))),
  Sign: unary(Math.sign),
  Softplus: unary(softplus),
  Sqrt: unary(Math.sqrt),
  Tanh: unary(Math.tanh),
  HardSigmoid: ([x], attributes) => {
    const [alpha, beta] = [attributes.float('alpha', 0.2), attributes.float('beta', 0.5)];
    return { shape: x.shape, data: x.data.map((n) => Math.max(0, Math.min(1, alpha * n + beta))) };
  },
  LeakyRelu: ([x], attributes) => {
    const slope = attributes.float('alpha', 0.01);
    return { shape: x.shape, data: x.data.map((n) => (n >= 0 ? n : slope * n)) };
  },
  Clip: clip,
  Add: broadcast((a, b) => a + b),
  Sub: broadcast((a, b) => a - b),
  Mul: broadcast((a, b) => a * b),
  Div: broadcast((a, b) => a / b),
  Equal: broadcast((a, b) => Number(a === b)),
  Greater: broadcast((a, b) => Number(a > b)),
  Less: broadcast((a, b) => Number(a < b)),
  Where: broadcast((condition, a, b) => (condition ? a : b)),
};
