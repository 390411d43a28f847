// Moving numbers without changing them: each op's adjoint is its transpose.
import { defineOp, mismatch, type Op } from '../op.ts';
import type { Value } from '../value.ts';

type One = readonly [x: Value];

/** Axes permuted: output axis i is input axis order[i]. */
export const transpose: Op<One, { order: readonly number[] }> = defineOp({
  operator: 'Transpose',
  infer: ([x], { order }) =>
    order.length === x.length && x.every((_, axis) => order.includes(axis)) ? order.map((axis) => x[axis]) : mismatch('Transpose', [x, order]),
  adjoint: ({ attributes: { order } }, grad) => [() => transpose(grad, { order: order.map((_, axis) => order.indexOf(axis)) })],
  lower: ({ order }) => ({ attributes: { perm: order } }),
});

export interface SliceAttributes {
  readonly axes: readonly number[];
  readonly starts: readonly number[];
  /** Exclusive. */
  readonly ends: readonly number[];
}

/** A contiguous box of x. */
export const slice: Op<One, SliceAttributes> = defineOp({
  operator: 'Slice',
  infer: ([x], { axes, starts, ends }) => {
    const shape = [...x];
    for (const [index, axis] of axes.entries()) {
      const fits = starts[index] >= 0 && starts[index] < ends[index] && ends[index] <= x[axis];
      if (!fits) mismatch('Slice', [x, starts, ends]);
      shape[axis] = ends[index] - starts[index];
    }
    return shape;
  },
  adjoint: ({ inputs: [x], attributes: { axes, starts, ends } }, grad) => [
    () => {
      const before = x.shape.map((_, axis) => starts[axes.indexOf(axis)] ?? 0);
      const after = x.shape.map((dim, axis) => dim - (ends[axes.indexOf(axis)] ?? dim));
      return pad(grad, { before, after });
    },
  ],
  lower: ({ axes, starts, ends }) => ({ operands: [starts, ends, axes] }),
});

/** Zeros added before and after every axis. */
export const pad: Op<One, { before: readonly number[]; after: readonly number[] }> = defineOp({
  operator: 'Pad',
  infer: ([x], { before, after }) =>
    x.map((dim, axis) => (before[axis] >= 0 && after[axis] >= 0 ? dim + before[axis] + after[axis] : mismatch('Pad', [x, before, after]))),
  adjoint: ({ inputs: [x], attributes: { before } }, grad) => [
    () =>
      slice(grad, {
        axes: x.shape.map((_, axis) => axis),
        starts: before,
        ends: x.shape.map((dim, axis) => dim + before[axis]),
      }),
  ],
  lower: ({ before, after }) => ({ operands: [[...before, ...after]] }),
});

/** x read backwards along axes. */
export const flip: Op<One, { axes: readonly number[] }> = defineOp({
  operator: 'Slice',
  infer: ([x]) => x,
  adjoint: ({ attributes }, grad) => [() => flip(grad, attributes)],
  lower: ({ axes }) => ({
    operands: [axes.map(() => -1), axes.map(() => Number.MIN_SAFE_INTEGER), axes, axes.map(() => -1)],
  }),
});

/** Inputs one after another along an axis. */
export const concat: Op<readonly Value[], { axis: number }> = defineOp({
  operator: 'Concat',
  infer: (shapes, { axis }) => {
    const [first] = shapes;
    const fits = shapes.every((shape) => shape.every((dim, i) => i === axis || dim === first[i]) && shape.length === first.length);
    if (!fits || first[axis] === undefined) mismatch('Concat', shapes);
    return first.map((dim, i) => (i === axis ? shapes.reduce((sum, shape) => sum + shape[axis], 0) : dim));
  },
  adjoint: ({ inputs, attributes: { axis } }, grad) => {
    let offset = 0;
    return inputs.map((input) => {
      const start = offset;
      offset += input.shape[axis];
      return () => slice(grad, { axes: [axis], starts: [start], ends: [start + input.shape[axis]] });
    });
  },
  lower: ({ axis }) => ({ attributes: { axis } }),
});

/**
 * Pixel shuffle: channels to pixels, [N,C·b²,H,W] → [N,C,H·b,W·b]; channel (i·b+j)·C+c goes to offset (i,j) (ONNX mode DCR).
 * Shi 2016, eq. 4, with the order of the channels that makes it the inverse of spaceToDepth.
 */
export const depthToSpace: Op<One, { block: number }> = defineOp({
  operator: 'DepthToSpace',
  infer: ([[n, c, h, w]], { block }) =>
    c % (block * block) === 0 ? [n, c / (block * block), h * block, w * block] : mismatch('DepthToSpace', [[n, c, h, w]]),
  adjoint: ({ attributes }, grad) => [() => spaceToDepth(grad, attributes)],
  lower: ({ block }) => ({ attributes: { blocksize: block, mode: 'DCR' } }),
});

/** Pixels to channels, [N,C,H·b,W·b] → [N,C·b²,H,W]; the inverse of depthToSpace. */
export const spaceToDepth: Op<One, { block: number }> = defineOp({
  operator: 'SpaceToDepth',
  infer: ([[n, c, h, w]], { block }) =>
    h % block === 0 && w % block === 0 ? [n, c * block * block, h / block, w / block] : mismatch('SpaceToDepth', [[n, c, h, w]]),
  adjoint: ({ attributes }, grad) => [() => depthToSpace(grad, attributes)],
  lower: ({ block }) => ({ attributes: { blocksize: block } }),
});

/** The picture mirrored outward by `size` px without repeating the edge, [N,C,H,W] → [N,C,H+2s,W+2s]. */
export function reflectPad(x: Value, size: number): Value {
  return [2, 3].reduce((picture, axis) => {
    const length = picture.shape[axis];
    const mirror = (from: number, to: number): Value => flip(slice(picture, { axes: [axis], starts: [from], ends: [to] }), { axes: [axis] });
    return concat(mirror(1, size + 1), picture, mirror(length - size - 1, length - 1), { axis });
  }, x);
}
