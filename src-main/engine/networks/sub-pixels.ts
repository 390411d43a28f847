// The last kernel before a pixel shuffle, freed of the lattice it would draw on even ground.
import { reduceMean, reshape, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

const subPixels = 4;

export interface SubPixelConv {
  /** [4·C,I,k,k] */
  readonly kernel: Value;
  /** [1,4·C,1,1] */
  readonly bias: Value;
}

/**
 * Kernel [4·C,I,k,k] and bias [1,4·C,1,1] of a convolution whose output a shuffle of 2 × 2 (DCR order) spreads → the same with
 * equal sums of taps and equal biases in the four sub-pixels of a channel, so that features without texture give a picture without
 * one: kernels for enlarging are a partition of unity. They start so (ICNR, Aitken 2017) and would drift from it in training, which
 * draws lines of period 2 px over all that is painted. What differs is taken off evenly from all taps.
 */
export function evenSubPixels(kernel: Value, bias: Value): SubPixelConv {
  const [outputs, inputs] = kernel.shape;
  const excess = excessOf(reduceMean(kernel, { axes: [2, 3] }), inputs);
  return {
    kernel: subtract(kernel, reshape(excess, { shape: [outputs, inputs, 1, 1] })),
    bias: subtract(bias, reshape(excessOf(bias, 1), { shape: [1, outputs, 1, 1] })),
  };
}

/** Numbers [4·C,I] or as many, less the mean of the four sub-pixels of each channel → [4,C,I]. */
function excessOf(numbers: Value, inputs: number): Value {
  const channels = numbers.shape.reduce((all, size) => all * size, 1) / (subPixels * inputs);
  const bySubPixel = reshape(numbers, { shape: [subPixels, channels, inputs] });
  return subtract(bySubPixel, reduceMean(bySubPixel, { axes: [0] }));
}
