// Smoothness: total variation, which keeps single-pixel grain out.
import { abs, add, reduceMean, reshape } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { difference } from './difference.ts';

/** Mean absolute difference of neighbours across and down, [N,C,H,W] → []. Mahendran & Vedaldi 2015, with β = 1. */
export function smoothnessLoss(picture: Value): Value {
  return add(neighbourDifference(picture, 2), neighbourDifference(picture, 3));
}

function neighbourDifference(picture: Value, axis: number): Value {
  return reshape(reduceMean(abs(difference(picture, axis)), { axes: [0, 1, 2, 3] }), { shape: [] });
}
