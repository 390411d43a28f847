// Differences of neighbouring pixels, of which textures' penalties are made.
import { slice, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

/** x at i + `reach` − x at i along an axis, shorter than x by `reach`; by 1, taken twice, the second difference, and so on. */
export function difference(x: Value, axis: number, reach = 1): Value {
  const size = x.shape[axis];
  const part = (from: number): Value => slice(x, { axes: [axis], starts: [from], ends: [size - reach + from] });
  return subtract(part(reach), part(0));
}
