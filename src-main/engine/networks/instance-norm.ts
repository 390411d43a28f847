// Instance normalisation, plain and conditional, as one affine per channel.
import { constant, withGradients } from '../graph/op.ts';
import { add, multiply, reciprocal, reduceMean, reduceSum, sqrt, square, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

/** Added to the variance, so that flat channels stay finite. */
export const normEpsilon = 1e-5;

/** Mean and variance of every channel over its pixels, [N,C,1,1] each. */
export interface InstanceStatistics {
  readonly mean: Value;
  readonly variance: Value;
}

/** γ and β of a norm layer: [N,C,1,1], or maps [N,C,H,W] that mix styles in space. */
export interface Affine {
  readonly gamma: Value;
  readonly beta: Value;
}

/** Statistics of x [N,C,H,W]. Ulyanov 2016, eq. 4. */
export function instanceStatistics(x: Value): InstanceStatistics {
  const axes = [2, 3];
  const mean = reduceMean(x, { axes });
  return { mean, variance: reduceMean(square(subtract(x, mean)), { axes }) };
}

/** x·a + b with a = γ/√(var+ε), b = β − mean·a: conditional instance norm (Dumoulin 2017, eq. 5), [N,C,H,W] → same. */
export function applyNorm(x: Value, { mean, variance }: InstanceStatistics, { gamma, beta }: Affine): Value {
  const { scale, shift } = foldNorm({ mean, variance }, { gamma, beta });
  return add(multiply(x, scale), shift);
}

/**
 * applyNorm with the statistics of x itself, γ and β rows [1,C,1,1]; its gradient in closed form takes two sums over the map:
 * ∂x = a·(g − Σg/n − c·r²·Σ(g·c)/n) with a = γ·r, r = 1/√(var+ε) and c = x − mean.
 */
export function normaliseLive(x: Value, statistics: InstanceStatistics, { gamma, beta }: Affine): Value {
  const r = inverseDeviation(statistics.variance);
  const a = multiply(gamma, r);
  const perPixel = constant(-1 / (x.shape[2] * x.shape[3]));
  return withGradients(applyNorm(x, statistics, { gamma, beta }), [x, gamma, beta], (grad) => {
    const centred = subtract(x, statistics.mean);
    const sum = reduceSum(grad, { axes: [2, 3] });
    const along = reduceSum(multiply(grad, centred), { axes: [2, 3] });
    const pull = multiply(multiply(multiply(a, perPixel), square(r)), along);
    return [
      () => add(add(multiply(grad, a), multiply(centred, pull)), multiply(multiply(a, perPixel), sum)),
      () => overBatch(multiply(along, r)),
      () => overBatch(sum),
    ];
  });
}

/** [N,C,1,1] → [1,C,1,1] */
function overBatch(rows: Value): Value {
  return rows.shape[0] === 1 ? rows : reduceSum(rows, { axes: [0] });
}

function inverseDeviation(variance: Value): Value {
  return reciprocal(sqrt(add(variance, constant(normEpsilon))));
}

/** The affine of a norm with known statistics: scale and shift in the shape of γ. */
export function foldNorm({ mean, variance }: InstanceStatistics, { gamma, beta }: Affine): { scale: Value; shift: Value } {
  const scale = multiply(gamma, inverseDeviation(variance));
  return { scale, shift: subtract(beta, multiply(mean, scale)) };
}

/** A map in the parts of its normalised form, centred·scale: mean 0 and variance 1 per channel leave arrangement, not contrast. */
export interface Standardised {
  /** [N,C,H,W] */
  readonly centred: Value;
  /** [N,C,1,1] */
  readonly variance: Value;
  /** 1/√(var+ε), [N,C,1,1] */
  readonly scale: Value;
}

/** The parts of x [N,C,H,W]. */
export function standardise(x: Value): Standardised {
  const { mean, variance } = instanceStatistics(x);
  return { centred: subtract(x, mean), variance, scale: inverseDeviation(variance) };
}
