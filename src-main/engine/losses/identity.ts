// Identity: a picture that should stay as it is (Taigman 2017).
import { reduceMean, reshape, square, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

/** Mean squared difference of pixels, [N,3,H,W] in [0,1] ×2 → []. */
export function identityLoss(painted: Value, picture: Value): Value {
  const difference = subtract(painted, picture);
  return reshape(reduceMean(square(difference), { axes: [0, 1, 2, 3] }), { shape: [] });
}
