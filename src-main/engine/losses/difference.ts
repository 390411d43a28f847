// Differences of neighbouring pixels, of which textures' penalties are made.
import { slice, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

/** x₁ − x₀ along an axis, one shorter than x; taken twice the second difference, and so on. */
export function difference(x: Value, axis: number): Value {
  const size = x.shape[axis];
  const part = (from: number): Value => slice(x, { axes: [axis], starts: [from], ends: [size - 1 + from] });
  return subtract(part(1), part(0));
}
