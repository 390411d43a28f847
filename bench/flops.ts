// Floating-point operations of a training step, by the mathematics and not by how the graph computes it.
import { reachable, type Value } from '../src-main/engine/graph/value.ts';
import type { Descent } from '../src-main/engine/training/step-graph.ts';
import { sizeOf } from '../src-main/engine/tensor/tensor.ts';

/**
 * FLOP of one step: twice the multiply–adds of every convolution and matrix product of the losses.
 * Each counts once forward, however many losses read it; then, per loss, once more for its gradient in the picture and once
 * for its gradient in the kernel, each only where something trained by that loss lies behind it: a frozen network costs
 * forward + dX, a trained one forward + dX + dW, its first layer forward + dW. A product of a matrix with itself (Gram) has
 * one gradient. Zeros of padding around a picture count as pixels do; everything else (norms, pools, optimizers) counts nothing.
 */
export function flopsOf(descents: readonly Descent[]): number {
  const forward = reachable(descents.map(({ loss }) => loss)).reduce((sum, value) => sum + productFlops(value), 0);
  return descents.reduce((sum, descent) => sum + backwardFlops(descent), forward);
}

function backwardFlops({ loss, trained }: Descent): number {
  const moving = new Set<Value>(trained);
  let flops = 0;
  for (const value of reachable([loss])) {
    if (value.inputs.some((input) => moving.has(input))) moving.add(value);
    const factors = new Set(value.inputs.slice(0, 2)); // a bias is no factor
    flops += [...factors].filter((input) => moving.has(input)).length * productFlops(value);
  }
  return flops;
}

/** Twice the multiply–adds of one node; 0 for what is no product. */
function productFlops({ op, inputs, attributes, shape }: Value): number {
  if (op.operator === 'Conv') return 2 * sizeOf(shape) * sizeOf(inputs[1].shape.slice(1));
  if (op.operator !== 'Gemm') return 0;
  const { transposeA } = attributes as { transposeA?: boolean };
  return 2 * sizeOf(shape) * inputs[0].shape[transposeA ? 0 : 1];
}
