// Exponential moving average of weights: the network that is kept wanders less than the one that learns.
import { add, constant, multiply, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

/** average + (1 − decay)·(weights − average); [P] ×2 → [P], decay []. Polyak & Juditsky 1992 in its exponential form. */
export function movingAverage(average: Value, weights: Value, decay: Value): Value {
  return add(average, multiply(subtract(weights, average), subtract(constant(1), decay)));
}

/** Decay at a step counted from 0: short memory at first, so that an early preview already shows what was learned. */
export function decayAt(step: number, longest = 0.995): number {
  return Math.min(longest, (1 + step) / (10 + step));
}
