// Lattice: textures must not lock to the pixel lattice of the strided trunk (FACTS A.3).
import { multiply, reduceMean, reshape, spaceToDepth, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

/** Variance of the 16 phase means of the 4 × 4 lattice, [1,C,H,W] with H and W multiples of 4 → []; 0 without a lattice. */
export function latticeLoss(picture: Value): Value {
  const [n, c] = picture.shape;
  const phases = reduceMean(spaceToDepth(picture, { block: 4 }), { axes: [2, 3] }); // [N, 16·C, 1, 1], phase-major
  const means = reshape(phases, { shape: [n, 16, c] });
  const deviation = subtract(means, reduceMean(means, { axes: [1] }));
  return reshape(reduceMean(multiply(deviation, deviation), { axes: [0, 1, 2] }), { shape: [] });
}
