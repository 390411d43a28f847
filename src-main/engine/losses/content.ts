// Content: what is where, whatever its colour and contrast.
import { add, constant, multiply, reduceMean, reshape, square, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { standardise, type Standardised } from '../networks/instance-norm.ts';

/**
 * Mean squared difference of instance-normalised features, [N,C,H,W] ×2 → [] in [0,4]; 0 the same, 2 unrelated.
 * Unlike Johnson 2016 normalised per channel: palette and contrast belong to the style and are not held.
 * Written as |p̂|² + |ĉ|² − 2·p̂·ĉ per channel, which needs no normalised maps.
 */
export function contentLoss(painted: Value, content: Value): Value {
  const [p, c] = [standardise(painted), standardise(content)];
  const product = multiply(multiply(p.scale, c.scale), reduceMean(multiply(p.centred, c.centred), { axes: [2, 3] }));
  const distance = subtract(add(energy(p), energy(c)), multiply(product, constant(2)));
  return reshape(reduceMean(distance, { axes: [0, 1, 2, 3] }), { shape: [] });
}

/** Mean square of the normalised map: 1, or less where a channel is flat. */
function energy({ variance, scale }: Standardised): Value {
  return multiply(variance, square(scale));
}
