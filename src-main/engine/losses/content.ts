// Content: what is where, whatever its colour and contrast.
import { multiply, reduceMean, reshape, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { normalise } from '../networks/instance-norm.ts';

/**
 * Mean squared difference of instance-normalised features, [N,C,H,W] ×2 → [] in [0,4]; 0 the same, 2 unrelated.
 * Unlike Johnson 2016 normalised per channel: palette and contrast belong to the style and are not held.
 */
export function contentLoss(painted: Value, content: Value): Value {
  const difference = subtract(normalise(painted), normalise(content));
  return reshape(reduceMean(multiply(difference, difference), { axes: [0, 1, 2, 3] }), { shape: [] });
}
