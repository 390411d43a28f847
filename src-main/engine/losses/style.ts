// Style: second-order statistics of features, each layer relative to the painting's own size (Gatys 2015).
import { gemm, multiply, reduceMean, reshape, square, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

/** What the painting's Gram matrix of one layer is, and 1/rms of it: both fed, so that one graph serves every style. */
export interface StyleTarget {
  /** [C,C] */
  readonly gram: Value;
  /** [] */
  readonly inverseRms: Value;
}

/** Second-order statistics of one sample. [1,C,H,W] → [C,C], symmetric. Gatys 2015, eq. 3, divided by H·W. */
export function gramMatrix(features: Value): Value {
  const [, c, h, w] = features.shape;
  const flat = reshape(features, { shape: [c, h * w] });
  return gemm(flat, flat, { transposeB: true, scale: 1 / (h * w) });
}

/**
 * mean(((G(y) − Gₜ)/rms(Gₜ))²) over one layer, [1,C,H,W] → []. Unlike Gatys 2015 relative to the target's own size,
 * so that every painting and layer counts alike and the number means the same for all of them.
 */
export function styleLoss(features: Value, { gram, inverseRms }: StyleTarget): Value {
  const difference = multiply(subtract(gramMatrix(features), gram), inverseRms);
  return reshape(reduceMean(square(difference), { axes: [0, 1] }), { shape: [] });
}
