// Enlargement and convolution in one: the convolution is done on the small picture, where it is cheap.
import { constant } from '../graph/op.ts';
import { conv2d, depthToSpace, gemm, reshape, transpose } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

/**
 * conv2d(upsampleNearest(x, 2), w) with 3 × 3 kernels and padding 1, without the large picture between: every pixel of a
 * 2 × 2 cell is its own convolution of the small one. x [N,C,H,W], w [M,C,3,3] → [N,M,2H,2W]. Shi 2016, section 3.2, the other way round.
 */
export function upsampledConv(x: Value, w: Value): Value {
  const [m, c] = w.shape;
  const taps = reshape(gemm(reshape(w, { shape: [m * c, 9] }), gathering, {}), { shape: [m, c, 4, 9] });
  const kernels = reshape(transpose(taps, { order: [2, 0, 1, 3] }), { shape: [4 * m, c, 3, 3] });
  return depthToSpace(conv2d(x, kernels, { padding: 1 }), { block: 2 });
}

/** Which row (or column) of the small picture a tap reads, above (0), at (1) or below (2) the cell: per place in the cell and tap. */
const reads = [
  [0, 1, 1],
  [1, 1, 2],
] as const;

/** [9, 4·9]: the taps of a kernel, summed into those of the four kernels on the small picture. One constant, so that equal kernels are shared. */
const gathering = constant(
  Float32Array.from({ length: 9 * 36 }, (_, index) => {
    const [tap, place, at] = [Math.floor(index / 36), Math.floor((index % 36) / 9), index % 9];
    const row = reads[place >> 1][Math.floor(tap / 3)] === Math.floor(at / 3);
    const column = reads[place & 1][tap % 3] === at % 3;
    return Number(row && column);
  }),
  [9, 36],
);
