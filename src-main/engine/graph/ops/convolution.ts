// Convolution and its two gradients, in the forms that run fastest as plain ONNX.
import { constant, defineOp, mismatch, type Op } from '../op.ts';
import type { Shape } from '../../tensor/tensor.ts';
import type { Value } from '../value.ts';
import { adjointKernel } from './adjoint-kernel.ts';
import { expand, multiply, reduceSum, reshape } from './broadcasting.ts';
import { gemm, gemmAdd } from './matrix.ts';
import { concat, pad, slice, transpose } from './movement.ts';

export interface ConvAttributes {
  /** Zeros around the picture in px. */
  readonly padding: number;
  readonly stride?: number;
  /** 1, or the number of channels (depthwise). */
  readonly groups?: number;
}

const outSize = (size: number, kernel: number, { padding, stride = 1 }: ConvAttributes) => Math.floor((size + 2 * padding - kernel) / stride) + 1;

const convShape = ([x, w]: readonly Shape[], attributes: ConvAttributes): Shape => {
  const { groups = 1 } = attributes;
  const [height, width] = [outSize(x[2], w[2], attributes), outSize(x[3], w[3], attributes)];
  const fits = x[1] === w[1] * groups && w[0] % groups === 0 && w[2] === w[3] && height > 0 && width > 0;
  return fits ? [x[0], w[0], height, width] : mismatch('Conv', [x, w]);
};

const convAdjoint = (x: Value, w: Value, attributes: ConvAttributes, grad: Value): readonly [() => Value, () => Value] => [
  () => convInputGradient(grad, w, x, attributes),
  () => convWeightGradient(x, grad, w.shape[2], attributes),
];

const lowerConv = ({ padding, stride = 1, groups = 1 }: ConvAttributes, [, w]: readonly Shape[]) => ({
  attributes: { kernel_shape: [w[2], w[3]], pads: [padding, padding, padding, padding], strides: [stride, stride], group: groups },
});

/** 2-D cross-correlation. x [N,C,H,W], w [M,C/groups,k,k] → [N,M,H′,W′], H′ = ⌊(H+2·padding−k)/stride⌋+1. Dumoulin & Visin 2016. */
export const conv2d: Op<readonly [x: Value, w: Value], ConvAttributes> = defineOp({
  operator: 'Conv',
  infer: convShape,
  adjoint: ({ inputs: [x, w], attributes }, grad) => convAdjoint(x, w, attributes, grad),
  lower: lowerConv,
});

/** conv2d(x, w) + bias [M]. */
export const plusBias: Op<readonly [x: Value, w: Value, bias: Value], ConvAttributes> = defineOp({
  operator: 'Conv',
  infer: ([x, w], attributes) => convShape([x, w], attributes),
  adjoint: ({ inputs: [x, w, bias], attributes }, grad) => [
    ...convAdjoint(x, w, attributes, grad),
    () => reshape(reduceSum(grad, { axes: [0, 2, 3] }), { shape: bias.shape }),
  ],
  lower: lowerConv,
});

/** conv2d(x, w) + bias [1,M,1,1], in one pass. */
export function biasedConv2d(x: Value, w: Value, bias: Value, attributes: ConvAttributes): Value {
  return plusBias(x, w, reshape(bias, { shape: [w.shape[0]] }), attributes); // ONNX wants [M]
}

/** Transposed convolution, the adjoint of a strided conv2d in x. y [N,M,H′,W′], w [M,C/groups,k,k] → [N,C,H,W] of the given size. */
const convTranspose2d: Op<readonly [y: Value, w: Value], ConvAttributes & { readonly height: number; readonly width: number }> = defineOp({
  operator: 'ConvTranspose',
  infer: ([y, w], { groups = 1, height, width }) => [y[0], w[1] * groups, height, width],
  adjoint: ({ inputs: [y, w], attributes }, grad) => [
    () => conv2d(grad, w, attributes),
    () => convWeightGradient(grad, y, w.shape[2], attributes),
  ],
  lower: ({ padding, stride = 1, groups = 1, height, width }, [y, w]) => ({
    attributes: {
      kernel_shape: [w[2], w[3]],
      pads: [padding, padding, padding, padding],
      strides: [stride, stride],
      group: groups,
      output_padding: [height - ((y[2] - 1) * stride - 2 * padding + w[2]), width - ((y[3] - 1) * stride - 2 * padding + w[3])],
    },
  }),
});

/** ∂x of conv2d: at stride 1 a convolution with the flipped kernel, 1.3–2 × faster than ConvTranspose on the CPU. */
function convInputGradient(grad: Value, w: Value, x: Value, attributes: ConvAttributes): Value {
  const { padding, stride = 1, groups = 1 } = attributes;
  const kernel = w.shape[2];
  if (stride !== 1 || padding > kernel - 1) {
    return convTranspose2d(grad, w, { ...attributes, height: x.shape[2], width: x.shape[3] });
  }
  return conv2d(grad, adjointKernel(w, groups), { padding: kernel - 1 - padding, groups });
}

/** conv2d at stride 1 with 2·padding = k − 1, as the transposed convolution it is: cheap where M is far below C, whose copies it saves. */
export function narrowConv(x: Value, w: Value, { padding }: ConvAttributes): Value {
  return convTranspose2d(x, adjointKernel(w, 1), { padding, height: x.shape[2], width: x.shape[3] });
}

/** ∂w of conv2d, [M,C/groups,k,k]. Strides spread the gradient out with zeros first. */
export function convWeightGradient(x: Value, grad: Value, kernel: number, { padding, stride = 1, groups = 1 }: ConvAttributes): Value {
  const [height, width] = [x.shape[2] + 2 * padding - kernel + 1, x.shape[3] + 2 * padding - kernel + 1];
  const spread = stride === 1 ? grad : spreadOut(grad, stride, height, width);
  if (groups === 1) return denseWeightGradient(x, spread, kernel, padding);
  if (groups === x.shape[1] && groups === grad.shape[1]) return depthwiseWeightGradient(padSides(x, padding), spread, kernel);
  return concat(
    ...Array.from({ length: groups }, (_, group) =>
      denseWeightGradient(channelGroup(x, group, groups), channelGroup(spread, group, groups), kernel, padding),
    ),
    { axis: 0 },
  );
}

function padSides(x: Value, size: number): Value {
  return size === 0 ? x : pad(x, { before: [0, 0, size, size], after: [0, 0, size, size] });
}

function channelGroup(x: Value, group: number, groups: number): Value {
  const size = x.shape[1] / groups;
  return slice(x, { axes: [1], starts: [group * size], ends: [(group + 1) * size] });
}

/** [N,M,h,w] with stride−1 zeros after each number, cut to height × width (at most h·stride × w·stride). */
function spreadOut(grad: Value, stride: number, height: number, width: number): Value {
  const [n, m, h, w] = grad.shape;
  const cells = reshape(grad, { shape: [n, m, h, 1, w, 1] });
  const spaced = pad(cells, { before: [0, 0, 0, 0, 0, 0], after: [0, 0, 0, stride - 1, 0, stride - 1] });
  const whole = reshape(spaced, { shape: [n, m, h * stride, w * stride] });
  return slice(whole, { axes: [2, 3], starts: [0, 0], ends: [height, width] });
}

/**
 * One product [kM,Q]·[kC,Q]ᵀ per sample over copies of both maps, the k column shifts stacked in grad and the k row shifts
 * in x, so that every tap is a pair of their rows: no im2col. Sums over the batch ride in Gemm's C input.
 */
function denseWeightGradient(x: Value, grad: Value, kernel: number, padding: number): Value {
  const inner = Math.min(padding, (kernel - 1) >> 1);
  const grown = padSides(x, padding - inner);
  const [n, c] = grown.shape;
  const m = grad.shape[1];
  let sum: Value | undefined;
  for (let sample = 0; sample < n; sample++) {
    const [b, a] = stackShifts(sampleOf(grown, sample), sampleOf(grad, sample), kernel, inner);
    sum = sum ? gemmAdd(a, b, sum, { transposeB: true }) : gemm(a, b, { transposeB: true });
  }
  const taps = reshape(sum ?? zeros(kernel * m, kernel * c), { shape: [m, kernel, c, kernel] }); // m, right, c, down
  return transpose(taps, { order: [0, 2, 3, 1] });
}

function sampleOf(x: Value, sample: number): Value {
  return x.shape[0] === 1 ? x : slice(x, { axes: [0], starts: [sample], ends: [sample + 1] });
}

/**
 * x [1,C,H,W] → [kC,Q] and grad [1,M,h,w] → [kM,Q], every row one shift of a map written out at a pitch that leaves `padding`
 * zeros between its lines. A shifted copy may begin in the tail of the row above it: there the other operand is zero.
 */
function stackShifts(x: Value, grad: Value, kernel: number, padding: number): [x: Value, grad: Value] {
  const [, , height, width] = x.shape;
  const pitch = Math.max(width + padding, grad.shape[3]);
  const spare = Math.max(padding, 1) * pitch;
  const length = height * pitch + spare;
  const down = { first: padding * (pitch + 1), step: -pitch };
  return [stack(lines(x, pitch), kernel, length, down), stack(lines(grad, pitch), kernel, length, { first: 0, step: 1 })];
}

/** A map's rows one after another, zeros between them: [1,C,H,W] → [C,H·pitch]. */
function lines(x: Value, pitch: number): Value {
  const [, c, h, w] = x.shape;
  return reshape(pad(x, { before: [0, 0, 0, 0], after: [0, 0, 0, pitch - w] }), { shape: [c, h * pitch] });
}

/** [C,L] → [C·copies, length]: copy i of a line starts at first + i·step of its row; one concatenation, no copy twice. */
function stack(line: Value, copies: number, length: number, { first, step }: { first: number; step: number }): Value {
  const [c, size] = line.shape;
  const gap = length + step - size;
  const end = copies * length - first - (copies - 1) * (length + step) - size;
  const between = Array.from({ length: copies }, (_, copy) => (copy === 0 ? [line] : [...filler(c, gap), line])).flat();
  return reshape(concat(...filler(c, first), ...between, ...filler(c, end), { axis: 1 }), { shape: [c * copies, length] });
}

const filler = (rows: number, length: number): Value[] => (length === 0 ? [] : [zeros(rows, length)]);
const zeros = (rows: number, columns: number): Value => expand(constant(0), { shape: [rows, columns] });

function offsets(kernel: number): [number, number][] {
  return Array.from({ length: kernel * kernel }, (_, index) => [Math.floor(index / kernel), index % kernel]);
}

function depthwiseWeightGradient(x: Value, grad: Value, kernel: number): Value {
  const [, c] = x.shape;
  const [, , h, w] = grad.shape;
  const sums = offsets(kernel).map(([down, right]) => {
    const window = slice(x, { axes: [2, 3], starts: [down, right], ends: [down + h, right + w] });
    return reshape(reduceSum(multiply(grad, window), { axes: [0, 2, 3] }), { shape: [c, 1] });
  });
  return reshape(concat(...sums, { axis: 1 }), { shape: [c, 1, kernel, kernel] });
}
