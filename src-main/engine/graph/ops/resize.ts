// Resampling by whole factors, and pooling: nearest enlargement and averages are each other's adjoints.
import { constant, defineOp, mismatch, type Op } from '../op.ts';
import type { Value } from '../value.ts';
import { add, multiply, reshape, subtract } from './broadcasting.ts';
import { concat, depthToSpace, pad, slice, spaceToDepth } from './movement.ts';
import { notNegative } from './pointwise.ts';

type One = readonly [x: Value];

/** Each pixel repeated factor × factor times, [N,C,H,W] → [N,C,H·f,W·f]. */
export const upsampleNearest: Op<One, { factor: number }> = defineOp({
  operator: 'Resize',
  infer: ([[n, c, h, w]], { factor }) => [n, c, h * factor, w * factor],
  adjoint: ({ attributes: { factor } }, grad) => [() => multiply(averagePool2d(grad, { size: factor }), constant(factor * factor))],
  lower: ({ factor }) => ({
    attributes: { coordinate_transformation_mode: 'asymmetric', mode: 'nearest', nearest_mode: 'floor' },
    scales: [1, 1, factor, factor],
  }),
});

/** Mean of disjoint size × size windows, [N,C,H,W] → [N,C,⌊H/s⌋,⌊W/s⌋]; rows and columns left over are not read. */
export const averagePool2d: Op<One, { size: number }> = defineOp({
  operator: 'AveragePool',
  infer: ([[n, c, h, w]], { size }) =>
    Math.min(h, w) >= size ? [n, c, Math.floor(h / size), Math.floor(w / size)] : mismatch('AveragePool', [[n, c, h, w], [size, size]]),
  adjoint: ({ inputs: [x], output, attributes: { size } }, grad) => [
    () => {
      const spread = upsampleNearest(multiply(grad, constant(1 / (size * size))), { factor: size });
      return padTo(spread, x, output.shape[2] * size, output.shape[3] * size);
    },
  ],
  lower: ({ size }) => ({ attributes: { kernel_shape: [size, size], strides: [size, size] } }),
});

function padTo(spread: Value, x: Value, height: number, width: number): Value {
  const after = [0, 0, x.shape[2] - height, x.shape[3] - width];
  return after.some((rest) => rest > 0) ? pad(spread, { before: [0, 0, 0, 0], after }) : spread;
}

/** Maximum of disjoint 2 × 2 windows, [N,C,H,W] → [N,C,H/2,W/2], even sizes; equal maxima all receive the gradient. */
export const maxPool2: Op<One> = defineOp({
  operator: 'MaxPool',
  infer: ([[n, c, h, w]]) => (h % 2 === 0 && w % 2 === 0 ? [n, c, h / 2, w / 2] : mismatch('MaxPool', [[n, c, h, w]])),
  adjoint: ({ inputs: [x], output }, grad) => [
    () => multiply(notNegative(subtract(x, upsampleNearest(output, { factor: 2 }))), upsampleNearest(grad, { factor: 2 })),
  ],
  lower: () => ({ attributes: { kernel_shape: [2, 2], strides: [2, 2] } }),
});

/**
 * Maximum of 3 × 3 windows at stride 2, rounded up at the end (SqueezeNet), [N,C,H,W] → [N,C,⌈(H−3)/2⌉+1,⌈(W−3)/2⌉+1].
 * Equal maxima all receive the gradient (after a ReLU these are zeros it stops).
 * The adjoint reads x as its four stride-2 phases: no Indices output, which WebGPU lacks, and no scatter.
 */
export const maxPool3Stride2: Op<One> = defineOp({
  operator: 'MaxPool',
  infer: ([[n, c, h, w]]) =>
    Math.min(h, w) >= 2 ? [n, c, Math.ceil((h - 3) / 2) + 1, Math.ceil((w - 3) / 2) + 1] : mismatch('MaxPool', [[n, c, h, w]]),
  adjoint: ({ inputs: [x], output }, grad) => [() => maxPool3Gradient(x, output, grad)],
  lower: () => ({ attributes: { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 } }),
});

function maxPool3Gradient(x: Value, y: Value, grad: Value): Value {
  const [n, c, h, w] = x.shape;
  const [rows, columns] = [y.shape[2] + 1, y.shape[3] + 1];
  const padded = pad(x, { before: [0, 0, 0, 0], after: [0, 0, 2 * rows - h, 2 * columns - w] });
  const phases = reshape(spaceToDepth(padded, { block: 2 }), { shape: [n, 4 * c, rows * columns] });
  const windows = { y: windowLines(y), grad: windowLines(grad) };
  const parts = [0, 1, 2, 3].map((phase) => {
    const here = slice(phases, { axes: [1], starts: [phase * c], ends: [(phase + 1) * c] });
    return phaseGradient(here, windows, columns, phase);
  });
  const joined = reshape(concat(...parts, { axis: 1 }), { shape: [n, 4 * c, rows, columns] });
  return slice(depthToSpace(joined, { block: 2 }), { axes: [2, 3], starts: [0, 0], ends: [h, w] });
}

/** Windows written out line by line with zeros around, so that a neighbour is a shift of the line: [N,C,h,w] → [N,C,(h+3)·(w+1)]. */
function windowLines(map: Value): Value {
  const [n, c, h, w] = map.shape;
  return reshape(pad(map, { before: [0, 0, 1, 1], after: [0, 0, 2, 0] }), { shape: [n, c, (h + 3) * (w + 1)] });
}

/** Phase (p,q) holds x[2i+p, 2j+q]; window (i,j) reads it unshifted, and window (i−1,j−1) too where p or q is 0. */
function phaseGradient(phase: Value, windows: { readonly y: Value; readonly grad: Value }, columns: number, index: number): Value {
  const length = phase.shape[2];
  const terms: Value[] = [];
  for (const down of index < 2 ? [0, 1] : [0]) {
    for (const right of index % 2 === 0 ? [0, 1] : [0]) {
      const start = (1 - down) * columns + 1 - right;
      const [y, grad] = [windows.y, windows.grad].map((lines) => slice(lines, { axes: [2], starts: [start], ends: [start + length] }));
      terms.push(multiply(notNegative(subtract(phase, y)), grad)); // no x exceeds its maximum
    }
  }
  return terms.reduce((sum, term) => add(sum, term));
}
