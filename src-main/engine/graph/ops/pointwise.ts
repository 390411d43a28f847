// Functions of one number: roots, exponentials, limits and activations.
import { constant, defineOp, type Op } from '../op.ts';
import type { Value } from '../value.ts';
import { divide, greater, less, multiply, negate, subtract, where } from './broadcasting.ts';

type One = readonly [x: Value];

/** √x, x > 0. */
export const sqrt: Op<One> = defineOp({
  operator: 'Sqrt',
  infer: ([x]) => x,
  adjoint: ({ output }, grad) => [() => divide(multiply(grad, constant(0.5)), output)],
});

/** 1/x. */
export const reciprocal: Op<One> = defineOp({
  operator: 'Reciprocal',
  infer: ([x]) => x,
  adjoint: ({ output }, grad) => [() => negate(multiply(grad, multiply(output, output)))],
});

/** eˣ. */
export const exp: Op<One> = defineOp({
  operator: 'Exp',
  infer: ([x]) => x,
  adjoint: ({ output }, grad) => [() => multiply(grad, output)],
});

/** ln x, x > 0. */
export const log: Op<One> = defineOp({
  operator: 'Log',
  infer: ([x]) => x,
  adjoint: ({ inputs: [x] }, grad) => [() => divide(grad, x)],
});

/** −1, 0 or 1; flat almost everywhere, so no gradient passes. */
export const sign: Op<One> = defineOp({ operator: 'Sign', infer: ([x]) => x, adjoint: () => [null] });

/** |x|; the gradient at 0 is 0. */
export const abs: Op<One> = defineOp({
  operator: 'Abs',
  infer: ([x]) => x,
  adjoint: ({ inputs: [x] }, grad) => [() => multiply(grad, clamp(steep(x), { min: -1, max: 1 }))],
});

/** x limited to [min, max]; the gradient is 1 inside, 0 outside. */
export const clamp: Op<One, { min: number; max: number }> = defineOp({
  operator: 'Clip',
  infer: ([x]) => x,
  adjoint: ({ inputs: [x], attributes: { min, max } }, grad) => [
    () => where(greater(x, constant(min)), where(less(x, constant(max)), grad, constant(0)), constant(0)),
  ],
  lower: ({ min, max }) => ({ limits: [min, max] }),
});

/** So steep that what is limited after it is a step: only numbers under 10⁻³⁸ fall on the slope. */
const steepness = 1e38;

/** 1 where x > 0, else 0; flat, so no gradient passes. A product with it takes half the time of a Where. */
export const positive: Op<One> = defineOp({
  operator: 'HardSigmoid',
  infer: ([x]) => x,
  adjoint: () => [null],
  lower: () => ({ attributes: { alpha: { float: steepness }, beta: { float: 0 } } }),
});

/** 1 where x ≥ 0, else 0: `positive` with 0 on the other side. */
export const notNegative: Op<One> = defineOp({
  operator: 'HardSigmoid',
  infer: ([x]) => x,
  adjoint: () => [null],
  lower: () => ({ attributes: { alpha: { float: steepness }, beta: { float: 1 } } }),
});

/** max(x, 0); the gradient at 0 is 0. */
export const relu: Op<One> = defineOp({
  operator: 'Relu',
  infer: ([x]) => x,
  adjoint: ({ output }, grad) => [() => multiply(grad, positive(output))],
});

/** x where x > 0, else slope·x, slope ≥ 0. Its gradient reads the output, so that runtimes can join it to what gives x. */
export const leakyRelu: Op<One, { slope: number }> = defineOp({
  operator: 'LeakyRelu',
  infer: ([x]) => x,
  adjoint: ({ output, attributes: { slope } }, grad) => [() => multiply(grad, limited(output, slope))],
  lower: ({ slope }) => ({ attributes: { alpha: { float: slope } } }),
});

/** 1 where x > 0, else low (slope 0 makes the output 0 there). */
const limited = (x: Value, low: number): Value => clamp(steep(x), { min: low, max: 1 });

const steep: Op<One> = defineOp({ operator: 'Mul', infer: ([x]) => x, adjoint: () => [null], lower: () => ({ limits: [steepness] }) });

/** 1/(1+e⁻ˣ). */
export const sigmoid: Op<One> = defineOp({
  operator: 'Sigmoid',
  infer: ([x]) => x,
  adjoint: ({ output }, grad) => [() => multiply(grad, multiply(output, subtract(constant(1), output)))],
});

/** tanh x. */
export const tanh: Op<One> = defineOp({
  operator: 'Tanh',
  infer: ([x]) => x,
  adjoint: ({ output }, grad) => [() => multiply(grad, subtract(constant(1), multiply(output, output)))],
});

/** ln(1+eˣ), stable for large |x|. */
export const softplus: Op<One> = defineOp({
  operator: 'Softplus',
  infer: ([x]) => x,
  adjoint: ({ inputs: [x] }, grad) => [() => multiply(grad, sigmoid(x))],
});
