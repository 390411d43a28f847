// Places past the edge of an axis, as a mirror shows them.

/** Position inside [0, length) that a mirrored axis shows at `index`; the edge itself is not repeated (ONNX 'reflect'). */
export function reflectIndex(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const folded = ((index % period) + period) % period;
  return folded < length ? folded : period - folded;
}
