// Adam as graph values over one flat vector.
import { constant } from '../graph/op.ts';
import { add, clamp, divide, multiply, reduceSumSquare, reshape, sqrt, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

/** Weights and the running moments of their gradient, [P] each. */
export interface AdamState {
  readonly weights: Value;
  readonly first: Value;
  readonly second: Value;
}

export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
}

const epsilon = 1e-8;

/** The rate that folds in both bias corrections at a step counted from 1: α·√(1−β₂ᵗ)/(1−β₁ᵗ). Kingma & Ba 2015, section 2. */
export function correctedRate(rate: number, step: number, { beta1, beta2 }: AdamOptions): number {
  return (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
}

/** One update; `rate` [] is a corrected rate. Kingma & Ba 2015, algorithm 1, in the form with ε̂. */
export function adam(state: AdamState, gradient: Value, rate: Value, { beta1, beta2 }: AdamOptions): AdamState {
  const first = add(multiply(state.first, constant(beta1)), multiply(gradient, constant(1 - beta1)));
  const second = add(multiply(state.second, constant(beta2)), multiply(multiply(gradient, gradient), constant(1 - beta2)));
  const step = divide(multiply(first, rate), add(sqrt(second), constant(epsilon)));
  return { weights: subtract(state.weights, step), first, second };
}

/** ‖g‖ [] of a flat gradient [P]. */
export function gradientNorm(gradient: Value): Value {
  return reshape(sqrt(add(reduceSumSquare(gradient, { axes: [0] }), constant(1e-20))), { shape: [] });
}

/** The gradient shortened to at most `limit` in norm, its direction kept (Pascanu 2013, algorithm 1). */
export function clipNorm(gradient: Value, norm: Value, limit: number): Value {
  return multiply(gradient, clamp(divide(constant(limit), norm), { min: 0, max: 1 }));
}
