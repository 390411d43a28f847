// Arithmetic that broadcasts, and the sums that undo it: each other's adjoints, hence one file.
import type { Shape } from '../../tensor/tensor.ts';
import { sizeOf } from '../../tensor/tensor.ts';
import { constant, defineOp, mismatch, type Op } from '../op.ts';
import type { Value } from '../value.ts';

type One = readonly [x: Value];
type Two = readonly [a: Value, b: Value];
interface Axes {
  readonly axes: readonly number[];
}

/** Shape of an elementwise result (numpy rules). Throws tensor.shape-mismatch. */
function broadcastShape(operator: string, ...shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const dims = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    const size = dims.find((dim) => dim !== 1) ?? 1;
    if (dims.some((dim) => dim !== 1 && dim !== size)) mismatch(operator, shapes);
    return size;
  });
}

/** Sums a gradient over the axes along which its input was repeated. */
function sumTo(grad: Value, { shape }: Value): Value {
  if (grad.shape.join() === shape.join()) return grad;
  const lead = grad.shape.length - shape.length;
  const axes = grad.shape.flatMap((dim, axis) => (axis < lead || (dim !== 1 && shape[axis - lead] === 1) ? [axis] : []));
  const summed = axes.length > 0 ? reduceSum(grad, { axes }) : grad;
  return lead > 0 ? reshape(summed, { shape }) : summed;
}

/** a + b. */
export const add: Op<Two> = defineOp({
  operator: 'Add',
  infer: (shapes) => broadcastShape('Add', ...shapes),
  adjoint: ({ inputs: [a, b] }, grad) => [() => sumTo(grad, a), () => sumTo(grad, b)],
});

/** a − b. */
export const subtract: Op<Two> = defineOp({
  operator: 'Sub',
  infer: (shapes) => broadcastShape('Sub', ...shapes),
  adjoint: ({ inputs: [a, b] }, grad) => [() => sumTo(grad, a), () => negate(sumTo(grad, b))],
});

/** a · b. */
export const multiply: Op<Two> = defineOp({
  operator: 'Mul',
  infer: (shapes) => broadcastShape('Mul', ...shapes),
  adjoint: ({ inputs: [a, b] }, grad) => [() => sumTo(multiply(grad, b), a), () => sumTo(multiply(grad, a), b)],
});

/** a / b. */
export const divide: Op<Two> = defineOp({
  operator: 'Div',
  infer: (shapes) => broadcastShape('Div', ...shapes),
  adjoint: ({ inputs: [a, b], output }, grad) => [
    () => sumTo(divide(grad, b), a),
    () => negate(divide(sumTo(multiply(grad, output), b), b)),
  ],
});

/**
 * x·scale + shift per channel in one pass, x [N,C,H,W], scale and shift [C] → [N,C,H,W].
 * An inference batch norm of mean 0 and variance 1: what fusions write for a product and a sum.
 */
export const channelAffine: Op<readonly [x: Value, scale: Value, shift: Value]> = defineOp({
  operator: 'BatchNormalization',
  infer: ([x, scale, shift]) => (x.length === 4 && scale.join() === `${x[1]}` && shift.join() === `${x[1]}` ? x : mismatch('BatchNormalization', [x, scale, shift])),
  adjoint: ({ inputs: [x, scale, shift] }, grad) => [
    () => multiply(grad, reshape(scale, { shape: [1, scale.shape[0], 1, 1] })),
    () => reshape(reduceSum(multiply(grad, x), { axes: [0, 2, 3] }), { shape: scale.shape }),
    () => reshape(reduceSum(grad, { axes: [0, 2, 3] }), { shape: shift.shape }),
  ],
  lower: (_, [[, channels]]) => ({
    attributes: { epsilon: { float: 0 } },
    vectors: [new Array<number>(channels).fill(0), new Array<number>(channels).fill(1)],
  }),
});

/** −x. */
export const negate: Op<One> = defineOp({
  operator: 'Neg',
  infer: ([x]) => x,
  adjoint: (_, grad) => [() => negate(grad)],
});

const comparison = (operator: string) =>
  defineOp<Two>({ operator, type: 'bool', infer: (shapes) => broadcastShape(operator, ...shapes), adjoint: () => [null, null] });

/** a > b, as bool. */
export const greater = comparison('Greater');
/** a < b, as bool. */
export const less = comparison('Less');
/** a = b, as bool. */
export const equal = comparison('Equal');

/** a where the condition holds, else b; no gradient passes through the condition. */
export const where: Op<readonly [condition: Value, a: Value, b: Value]> = defineOp({
  operator: 'Where',
  infer: (shapes) => broadcastShape('Where', ...shapes),
  adjoint: ({ inputs: [condition, a, b] }, grad) => [
    null,
    () => sumTo(where(condition, grad, constant(0)), a),
    () => sumTo(where(condition, constant(0), grad), b),
  ],
});

/** The same numbers in another shape. */
export const reshape: Op<One, { shape: Shape }> = defineOp({
  operator: 'Reshape',
  infer: ([x], { shape }) => (sizeOf(x) === sizeOf(shape) ? shape : mismatch('Reshape', [x, shape])),
  adjoint: ({ inputs: [x] }, grad) => [() => reshape(grad, { shape: x.shape })],
  lower: ({ shape }) => ({ operands: [shape] }),
});

/** x repeated to a larger shape (numpy rules). */
export const expand: Op<One, { shape: Shape }> = defineOp({
  operator: 'Expand',
  infer: ([x], { shape }) => broadcastShape('Expand', x, shape),
  adjoint: ({ inputs: [x] }, grad) => [() => sumTo(grad, x)],
  lower: ({ shape }) => ({ operands: [shape] }),
});

// No axes would mean all of them to ONNX.
const reduced = (x: Shape, { axes }: Axes) =>
  axes.length > 0 && axes.every((axis, index) => x[axis] !== undefined && axes.indexOf(axis) === index)
    ? x.map((dim, axis) => (axes.includes(axis) ? 1 : dim))
    : mismatch('Reduce', [x, axes]);
const lowerReduction = ({ axes }: Axes) => ({ operands: [axes], attributes: { keepdims: 1 } });

/** Sum over axes, which stay with size 1. */
export const reduceSum: Op<One, Axes> = defineOp({
  operator: 'ReduceSum',
  infer: ([x], attributes) => reduced(x, attributes),
  adjoint: ({ inputs: [x] }, grad) => [() => expand(grad, { shape: x.shape })],
  lower: lowerReduction,
});

/** Mean over axes, which stay with size 1. */
export const reduceMean: Op<One, Axes> = defineOp({
  operator: 'ReduceMean',
  infer: ([x], attributes) => reduced(x, attributes),
  adjoint: ({ inputs: [x], attributes: { axes } }, grad) => [
    () => {
      const count = axes.reduce((product, axis) => product * x.shape[axis], 1);
      return expand(multiply(grad, constant(1 / count)), { shape: x.shape });
    },
  ],
  lower: lowerReduction,
});

/** Both inputs are the same value; one of the two passes on the whole gradient. */
const timesItself: Op<Two> = defineOp({
  operator: 'Mul',
  infer: ([x]) => x,
  adjoint: ({ inputs: [x] }, grad) => [() => multiply(x, multiply(grad, constant(2))), null],
});

/** x². */
export function square(x: Value): Value {
  return timesItself(x, x);
}

/** Sum of squares over axes, which stay with size 1. The runtime's own operator takes twice as long. */
export function reduceSumSquare(x: Value, axes: Axes): Value {
  return reduceSum(square(x), axes);
}
