// The kernel with which a convolution's gradient is convolved, and how to know one again.
import { constant } from '../op.ts';
import type { Value } from '../value.ts';
import { reshape } from './broadcasting.ts';
import { gemm } from './matrix.ts';
import { transpose } from './movement.ts';

/** Kernel of the stride-1 adjoint: flipped in space, in- and outputs exchanged within each group. */
export function adjointKernel(w: Value, groups: number): Value {
  const [m, c, k] = w.shape;
  const taps = reshape(flipped(w), { shape: [groups, m / groups, c, k * k] });
  return reshape(transpose(taps, { order: [0, 2, 1, 3] }), { shape: [groups * c, m / groups, k, k] });
}

/** Taps in reverse order, as an exact product with a permutation: a Slice of step −1 takes five times as long. */
function flipped(w: Value): Value {
  const [m, c, k] = w.shape;
  return k === 1 ? w : gemm(reshape(w, { shape: [m * c, k * k] }), reversal(k * k), {});
}

/** The rows [M·C, k²] of the kernel w [M,C,k,k] whose adjoint kernel a value is; undefined where it is none. */
export function adjointRows(kernel: Value): Value | undefined {
  const [moved] = kernel.op === reshape ? kernel.inputs : [];
  const [taps] = moved?.op === transpose ? moved.inputs : [];
  const [product] = taps?.op === reshape ? taps.inputs : [];
  const whole = product?.op === gemm && product.inputs[1] === reversals.get(kernel.shape[2] * kernel.shape[3]) && taps.shape[0] === 1;
  return whole ? product.inputs[0] : undefined;
}

const reversals = new Map<number, Value>();

/** The permutation that reverses a row of so many numbers; one constant for all kernels, so that equal flips are shared. */
export function reversal(size: number): Value {
  const known = reversals.get(size);
  if (known) return known;
  const ones = Float32Array.from({ length: size * size }, (_, index) => Number((index % size) + Math.floor(index / size) === size - 1));
  const made = constant(ones, [size, size]);
  reversals.set(size, made);
  return made;
}
