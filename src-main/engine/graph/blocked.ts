// Convolutions of trained kernels in the CPU runtime's own layout, channels in blocks: what it does by itself for stored kernels only.
import { constant, defineOp, inputOp, type Op } from './op.ts';
import { add, concat, conv2d, expand, gemm, leakyRelu, narrowConv, plusBias, reshape, transpose, type ConvAttributes } from './ops/index.ts';
import { adjointRows, reversal } from './ops/adjoint-kernel.ts';
import type { Rule } from './rewrite.ts';
import { reachable, type Domain, type Value } from './value.ts';

/** The runtime's domain of layout operators; a CPU without them refuses the model. */
const layouts: Domain = { name: 'com.microsoft.nchwc', version: 1 };

/** Written after all derivatives are taken. */
const noGradient = (): [null] => [null];

/** [N,C,H,W] → the same numbers in blocks of channels, C a multiple of the block. */
export const toBlocks: Op<readonly [x: Value]> = defineOp({ domain: layouts, operator: 'ReorderInput', infer: ([x]) => x, adjoint: noGradient });

/** Blocks → [N,C,H,W] with the first `channels`. */
const fromBlocks: Op<readonly [x: Value], { channels: number }> = defineOp({
  domain: layouts,
  operator: 'ReorderOutput',
  infer: ([[n, , h, w]], { channels }) => [n, channels, h, w],
  adjoint: noGradient,
  lower: ({ channels }) => ({ attributes: { channels } }),
});

interface BlockedAttributes {
  readonly padding: number;
  /** Slope of a leaky ReLU done on the way out. */
  readonly slope?: number;
}

/** conv2d of blocks (or of fewer channels than a block as they are) with a blocked kernel, with or without a bias [M]. */
const blockedConv = defineOp<readonly Value[], BlockedAttributes>({
  domain: layouts,
  operator: 'Conv',
  infer: ([[n, , h, w], [m, , k]], { padding }) => [n, m, h + 2 * padding - k + 1, w + 2 * padding - k + 1],
  adjoint: ({ inputs }) => inputs.map(() => null),
  lower: ({ padding, slope }, [, [, , k]]) => ({
    attributes: {
      kernel_shape: [k, k],
      pads: [padding, padding, padding, padding],
      strides: [1, 1],
      dilations: [1, 1],
      group: 1,
      ...(slope === undefined ? {} : { activation: 'LeakyRelu', activation_params: { floats: [slope] } }),
    },
  }),
});

/** Rules for a CPU whose blocks are `block` channels wide. Kernels that are stored are left to the runtime. */
export function blocked(block: number): Rule[] {
  const joinActivation: Rule = (value) => {
    if (value.op !== leakyRelu || value.inputs[0].op !== fromBlocks) return undefined;
    const [reordered] = value.inputs;
    const [conv] = reordered.inputs;
    if (conv.op !== blockedConv) return undefined;
    const attributes = { ...(conv.attributes as BlockedAttributes), ...(value.attributes as { slope: number }) };
    return fromBlocks(blockedConv(...conv.inputs, attributes), reordered.attributes as { channels: number });
  };
  return [narrow, (value) => blockConvolution(value, block), joinActivation];
}

/** A judgement from many channels, e.g. the discriminator's last layer: too few kernels to fill a block. */
const narrow: Rule = (value) => {
  if (value.op !== conv2d && value.op !== plusBias) return undefined;
  const [x, w, bias] = value.inputs;
  const { padding, stride = 1, groups = 1 } = value.attributes as ConvAttributes;
  const [m, c, k] = w.shape;
  if (8 * m > c || k === 1 || 2 * padding !== k - 1 || stride !== 1 || groups !== 1 || isStored(w)) return undefined;
  const y = narrowConv(x, w, { padding });
  return bias ? add(y, reshape(bias, { shape: [1, m, 1, 1] })) : y;
};

function blockConvolution(value: Value, block: number): Value | undefined {
  if (value.op !== conv2d && value.op !== plusBias) return undefined;
  const [x, w, bias] = value.inputs;
  const { padding, stride = 1, groups = 1 } = value.attributes as ConvAttributes;
  const [m, c] = w.shape;
  const whole = Math.ceil(m / block) * block;
  const worthIt = whole - m <= m / 3 && (c < block || c % block === 0);
  if (isStored(w) || stride !== 1 || groups !== 1 || !worthIt) return undefined;
  const kernel = blockKernel(grown(w, whole), block);
  const operands = bias ? [kernel, grown(bias, whole)] : [kernel];
  return fromBlocks(blockedConv(c < block ? x : toBlocks(x), ...operands, { padding }), { channels: m });
}

/** No run feeds it anything: the runtime computes it once, and blocks it itself. */
function isStored(w: Value): boolean {
  return reachable([w]).every(({ op }) => op !== inputOp);
}

/** Zeros after the first axis up to a size. */
function grown(x: Value, size: number): Value {
  const [m, ...rest] = x.shape;
  return m === size ? x : concat(x, expand(constant(0), { shape: [size - m, ...rest] }), { axis: 0 });
}

/** [M,C,k,k] with its numbers in the order [M/b][C/b][k·k][b of C][b of M], or [M/b][C][k·k][b of M] for C < b. */
function blockKernel(w: Value, block: number): Value {
  const [m, c, k] = w.shape;
  const [outer, inner] = c < block ? [1, c] : [c / block, block];
  const rows = adjointRows(w);
  // Plain transpositions as exact products with ones: a Transpose before another the runtime would join to a slower one.
  const line = rows ? gemm(reversal(k * k), rows, { transposeB: true }) : gemm(reshape(w, { shape: [m, c * k * k] }), identity(m), { transposeA: true });
  const shape = rows ? [k * k, outer, inner, m / block, block] : [outer, inner, k * k, m / block, block];
  return reshape(transpose(reshape(line, { shape }), { order: orderOf(rows !== undefined, c < block) }), { shape: w.shape });
}

/** From [taps, C/b, b, M/b, b] or [C/b, b, taps, M/b, b] to the order of blockKernel. */
function orderOf(tapsFirst: boolean, whole: boolean): number[] {
  if (tapsFirst) return whole ? [3, 1, 2, 0, 4] : [3, 1, 0, 2, 4];
  return whole ? [3, 0, 1, 2, 4] : [3, 0, 2, 1, 4];
}

function identity(size: number): Value {
  return constant(Float32Array.from({ length: size * size }, (_, index) => Number(index % (size + 1) === 0)), [size, size]);
}
