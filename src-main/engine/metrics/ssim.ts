// Structural similarity of two pictures' luminance.
import { StudioError } from '../../contract/fault.ts';
import { lumaOf } from '../image/color.ts';
import type { Tensor } from '../tensor/tensor.ts';

const windowPx = 11;
const deviation = 1.5;
/** Stabilisers for a dynamic range of 1. */
const c1 = 0.01 ** 2;
const c2 = 0.03 ** 2;

/**
 * Mean structural similarity of luma (Rec. 601) of two [1,3,H,W] in [0,1]; 1 for equal pictures, about 0 for unrelated ones.
 * Wang 2004: gaussian window of 11 px, σ 1.5, whole windows only. Throws tensor.shape-mismatch for different or tiny pictures.
 */
export function ssim(a: Tensor, b: Tensor): number {
  const [, , height = 0, width = 0] = a.shape;
  if (a.shape.join() !== b.shape.join() || Math.min(height, width) < windowPx) {
    throw new StudioError('tensor.shape-mismatch', { expected: `two alike, at least ${windowPx} px`, got: `${a.shape.join('×')}, ${b.shape.join('×')}` });
  }
  const x = lumasOf(a);
  const y = lumasOf(b);
  const [mx, my, xx, yy, xy] = [x, y, product(x, x), product(y, y), product(x, y)].map((plane) => blurred(plane, width, height));
  let sum = 0;
  for (let i = 0; i < mx!.length; i++) {
    const [ux, uy] = [mx![i]!, my![i]!];
    const [vx, vy, cov] = [xx![i]! - ux * ux, yy![i]! - uy * uy, xy![i]! - ux * uy];
    sum += ((2 * ux * uy + c1) * (2 * cov + c2)) / ((ux * ux + uy * uy + c1) * (vx + vy + c2));
  }
  return sum / mx!.length;
}

/** [1,3,H,W] → H·W samples in [0,1]. */
function lumasOf({ data }: Tensor): Float64Array {
  const size = data.length / 3;
  return Float64Array.from({ length: size }, (_, i) => lumaOf(data[i]!, data[size + i]!, data[2 * size + i]!));
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value * b[i]!);
}

const kernel = (() => {
  const weights = Array.from({ length: windowPx }, (_, i) => Math.exp(-((i - (windowPx - 1) / 2) ** 2) / (2 * deviation ** 2)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
})();

/** Gaussian mean of every whole window: (H − 10)·(W − 10) samples. */
function blurred(plane: Float64Array, width: number, height: number): Float64Array {
  const across = width - windowPx + 1;
  const rows = new Float64Array(across * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < across; x++) {
      let sum = 0;
      for (let k = 0; k < windowPx; k++) sum += kernel[k]! * plane[y * width + x + k]!;
      rows[y * across + x] = sum;
    }
  }
  const out = new Float64Array(across * (height - windowPx + 1));
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let k = 0; k < windowPx; k++) sum += kernel[k]! * rows[i + k * across]!;
    out[i] = sum;
  }
  return out;
}
