// Smoothness: total variation, which keeps single-pixel grain out.
import { abs, add, reduceMean, reshape, slice, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

/** Mean absolute difference of neighbours across and down, [N,C,H,W] → []. Mahendran & Vedaldi 2015, with β = 1. */
export function smoothnessLoss(picture: Value): Value {
  return add(neighbourDifference(picture, 2), neighbourDifference(picture, 3));
}

function neighbourDifference(picture: Value, axis: number): Value {
  const size = picture.shape[axis];
  const after = slice(picture, { axes: [axis], starts: [1], ends: [size] });
  const before = slice(picture, { axes: [axis], starts: [0], ends: [size - 1] });
  return reshape(reduceMean(abs(subtract(after, before)), { axes: [0, 1, 2, 3] }), { shape: [] });
}
