// A curve through points as a sum of ramps, so that what is measured outside a graph can be fed to it.
import { add, concat, constant, conv2d, relu, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

/** How much steeper the curve through (knot, value) becomes at each of K knots; level after the last. */
export function bendsOf(knots: readonly number[], values: readonly number[]): number[] {
  const steepness = values.map((value, at) => (at + 1 < values.length ? (values[at + 1] - value) / (knots[at + 1] - knots[at]) : 0));
  return steepness.map((steep, at) => steep - (at > 0 ? steepness[at - 1] : 0));
}

/** C curves at the places of x [1,1,h,w], level before the first knot: `bends` [C,K,1,1] as of bendsOf, `floor` [1,C,1,1] the first values → [1,C,h,w]. */
export function alongCurve(x: Value, knots: readonly number[], { bends, floor }: { readonly bends: Value; readonly floor: Value }): Value {
  const ramps = knots.map((knot) => relu(subtract(x, constant(knot))));
  return add(conv2d(concat(...ramps, { axis: 1 }), bends, { padding: 0 }), floor);
}
