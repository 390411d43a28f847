// Whether crops of a result could be crops of the painting: two samples of pooled features, compared by a kernel.
import { StudioError } from '../../contract/fault.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Where nothing is active there is no direction. */
const epsilon = 1e-9;

/** Mean over places of the directions of activations [1,C,h,w]: [C], of length √C where all places agree, shorter where they differ. Blind to contrast, as featureDistance is. */
export function pooledDirections({ shape, data }: Tensor): Float32Array {
  const [, channels = 0, height = 0, width = 0] = shape;
  const places = height * width;
  const pooled = new Float32Array(channels);
  for (let at = 0; at < places; at++) {
    let square = 0;
    for (let c = 0; c < channels; c++) square += data[c * places + at]! ** 2;
    const scale = Math.sqrt(channels) / ((Math.sqrt(square) + epsilon) * places);
    for (let c = 0; c < channels; c++) pooled[c]! += data[c * places + at]! * scale;
  }
  return pooled;
}

/**
 * Kernel distance of two samples of pooled features [D], at least two of each: 0 on average where both are drawn from one distribution, so also
 * a little below; higher, less alike. The unbiased square of the maximum mean discrepancy (Gretton 2012, eq. 3) with the kernel (x·y/D + 1)³
 * (Bińkowski 2018, KID). Deviation: pooled directions of any feature network instead of Inception's last layer. Throws tensor.shape-mismatch.
 */
export function kernelDistance(xs: readonly Float32Array[], ys: readonly Float32Array[]): number {
  const size = xs[0]?.length ?? 0;
  const fits = [xs, ys].every((sample) => sample.length > 1 && sample.every(({ length }) => length === size));
  if (!fits) throw new StudioError('tensor.shape-mismatch', { expected: `two samples of at least two, ${size} numbers each`, got: `${xs.length} and ${ys.length}` });
  return meanWithin(xs) + meanWithin(ys) - 2 * mean(xs.flatMap((x) => ys.map((y) => kernel(x, y))));
}

/** Of pairs of different members: that makes the estimate unbiased. */
function meanWithin(sample: readonly Float32Array[]): number {
  return mean(sample.flatMap((x, i) => sample.slice(i + 1).map((y) => kernel(x, y))));
}

function kernel(x: Float32Array, y: Float32Array): number {
  let product = 0;
  for (let i = 0; i < x.length; i++) product += x[i]! * y[i]!;
  return (product / x.length + 1) ** 3;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
