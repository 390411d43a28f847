// ONNX operators that move numbers, and reductions.
import { broadcastShape, broadcastTo, gather, places, sizeOf, stridesOf, zeros, type NdArray } from './array.ts';
import type { PlainOperator } from './operator.ts';

const integersOf = (x: NdArray): number[] => [...x.data];

const transpose: PlainOperator = ([x], attributes) => {
  const order = attributes.integers('perm', x.shape.map((_, axis) => x.shape.length - 1 - axis));
  const strides = stridesOf(x.shape);
  const shape = order.map((axis) => x.shape[axis]);
  return gather(x, shape, places(shape, order.map((axis) => strides[axis])));
};

/** 0 keeps a size, −1 takes what is left. */
const reshape: PlainOperator = ([x, target]) => {
  const shape = integersOf(target).map((dim, axis) => (dim === 0 ? x.shape[axis] : dim));
  const known = shape.reduce((product, dim) => (dim === -1 ? product : product * dim), 1);
  const whole = shape.map((dim) => (dim === -1 ? x.data.length / known : dim));
  if (sizeOf(whole) !== x.data.length) throw new Error(`Reshape of [${x.shape.join()}] to [${whole.join()}]`);
  return { shape: whole, data: x.data };
};

const slice: PlainOperator = ([x, starts, ends, axes, steps]) => {
  const strides = stridesOf(x.shape);
  const shape = [...x.shape];
  let offset = 0;
  for (const [index, given] of integersOf(axes).entries()) {
    const axis = given < 0 ? given + x.shape.length : given;
    const dim = x.shape[axis];
    const step = steps ? steps.data[index] : 1;
    const [start, end] = [starts.data[index], ends.data[index]].map((at, which) => {
      const counted = at < 0 ? at + dim : at;
      if (step > 0) return Math.min(Math.max(counted, 0), dim);
      return Math.min(Math.max(counted, which === 0 ? 0 : -1), dim - 1);
    });
    offset += start * strides[axis];
    shape[axis] = Math.max(0, Math.ceil((end - start) / step));
    strides[axis] *= step;
  }
  return gather(x, shape, places(shape, strides, offset));
};

const pad: PlainOperator = ([x, pads]) => {
  const rank = x.shape.length;
  const shape = x.shape.map((dim, axis) => dim + pads.data[axis] + pads.data[rank + axis]);
  const strides = stridesOf(shape);
  const result = zeros(shape);
  const start = strides.reduce((sum, stride, axis) => sum + stride * pads.data[axis], 0);
  for (const [index, place] of places(x.shape, strides, start).entries()) result.data[place] = x.data[index];
  return result;
};

const concat: PlainOperator = (inputs, attributes) => {
  const axis = attributes.integer('axis');
  const shape = inputs[0].shape.map((dim, at) => (at === axis ? inputs.reduce((sum, input) => sum + input.shape[axis], 0) : dim));
  const strides = stridesOf(shape);
  const result = zeros(shape);
  let start = 0;
  for (const input of inputs) {
    for (const [index, place] of places(input.shape, strides, start * strides[axis]).entries()) result.data[place] = input.data[index];
    start += input.shape[axis];
  }
  return result;
};

const depthToSpace: PlainOperator = ([x], attributes) => {
  const [n, c, h, w] = x.shape;
  const b = attributes.integer('blocksize');
  if (attributes.text('mode', 'DCR') !== 'DCR') throw new Error('DepthToSpace: only DCR');
  const depth = c / (b * b);
  const [sn, sc, sh, sw] = stridesOf(x.shape);
  // Read as [n, depth, h, row in block, w, column in block].
  const from = places([n, depth, h, b, w, b], [sn, sc, sh, b * depth * sc, sw, depth * sc]);
  return gather(x, [n, depth, h * b, w * b], from);
};

const spaceToDepth: PlainOperator = ([x], attributes) => {
  const [n, c, h, w] = x.shape;
  const b = attributes.integer('blocksize');
  const [sn, sc, sh, sw] = stridesOf(x.shape);
  const from = places([n, b, b, c, h / b, w / b], [sn, sh, sw, sc, sh * b, sw * b]);
  return gather(x, [n, c * b * b, h / b, w / b], from);
};

/** Without axes, all of them. */
const reduction = (term: (x: number) => number, finish: (sum: number, count: number) => number): PlainOperator => ([x, axesInput], attributes) => {
  const axes = axesInput ? integersOf(axesInput).map((axis) => (axis < 0 ? axis + x.shape.length : axis)) : [];
  if (attributes.integer('keepdims', 1) !== 1) throw new Error('reductions keep their axes');
  const shape = x.shape.map((dim, axis) => (axes.length === 0 || axes.includes(axis) ? 1 : dim));
  const result = zeros(shape);
  const strides = stridesOf(shape).map((stride, axis) => (shape[axis] === 1 ? 0 : stride));
  for (const [index, place] of places(x.shape, strides).entries()) result.data[place] += term(x.data[index]);
  return { shape, data: result.data.map((sum) => finish(sum, x.data.length / result.data.length)) };
};

export const movement: Readonly<Record<string, PlainOperator>> = {
  Concat: concat,
  DepthToSpace: depthToSpace,
  Expand: ([x, shape]) => broadcastTo(x, broadcastShape([x.shape, integersOf(shape)])),
  Pad: pad,
  ReduceMean: reduction((x) => x, (sum, count) => sum / count),
  ReduceSum: reduction((x) => x, (sum) => sum),
  Reshape: reshape,
  Slice: slice,
  SpaceToDepth: spaceToDepth,
  Transpose: transpose,
};
