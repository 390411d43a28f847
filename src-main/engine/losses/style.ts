// Style: second-order statistics of features, each layer relative to the painting's own size (Gatys 2015).
import { withGradients } from '../graph/op.ts';
import { add, constant, gemm, multiply, reduceMean, reshape, square, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

/** What the painting's Gram matrix of one layer is, and 1/rms of it: both fed, so that one graph serves every style. */
export interface StyleTarget {
  /** [C,C] */
  readonly gram: Value;
  /** [] */
  readonly inverseRms: Value;
}

/** Second-order statistics of one sample. [1,C,H,W] → [C,C], symmetric. Gatys 2015, eq. 3, divided by H·W. */
export function gramMatrix(features: Value): Value {
  const [, c, h, w] = features.shape;
  const flat = reshape(features, { shape: [c, h * w] });
  return gemm(flat, flat, { transposeB: true, scale: 1 / (h * w) });
}

/** What crops before have missed, to be averaged with what this one misses. */
export interface RememberedStyle {
  /** [C,C], their mean; any finite numbers where `share` is 1. */
  readonly past: Value;
  /** [] in (0,1]: this crop's part of the new mean; 1 judges it by itself. */
  readonly share: Value;
  /** Weight of this crop by itself, beside 1 of the mean. */
  readonly own: number;
}

/**
 * mean(((G(y) − Gₜ)/rms(Gₜ))²) over one layer, [1,C,H,W] → []. Unlike Gatys 2015 relative to the target's own size,
 * so that every painting and layer counts alike and the number means the same for all of them.
 */
export function styleLoss(features: Value, target: StyleTarget): Value {
  return meanSquare(styleMiss(features, target));
}

/**
 * styleLoss of the mean over many crops, plus `own` times that of this one: a sky need not hold all of a painting's strokes, as long as the
 * pictures together do. `mean` [C,C] is the next crop's past. The slope of the mean is that of a batch of 1/share crops, of which one is new.
 */
export function rememberedStyleLoss(features: Value, target: StyleTarget, { past, share, own }: RememberedStyle): { readonly loss: Value; readonly mean: Value } {
  const miss = styleMiss(features, target);
  const mean = add(multiply(past, subtract(constant(1), share)), multiply(miss, share));
  const together = meanSquare(withGradients(mean, [miss], (grad) => [() => grad]));
  return { loss: add(together, multiply(meanSquare(miss), constant(own))), mean };
}

/** (G(y) − Gₜ)/rms(Gₜ), [1,C,H,W] → [C,C]. */
function styleMiss(features: Value, { gram, inverseRms }: StyleTarget): Value {
  return multiply(subtract(gramMatrix(features), gram), inverseRms);
}

function meanSquare(matrix: Value): Value {
  return reshape(reduceMean(square(matrix), { axes: [0, 1] }), { shape: [] });
}
