// Roughness: how much happens within two pixels, and where.
import { abs, add, averagePool2d, constant, conv2d, input, multiply, reciprocal, reduceMean, reshape, slice, square, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { chromaWeights } from './colour.ts';
import { alongCurve } from './curve.ts';
import { difference } from './difference.ts';
import { luminanceWeights } from './tone-order.ts';

/** Side in px of the cells whose roughness is compared, at full and at half size. */
export const roughnessCellPx = 8;
export const roughnessScales = [1, 2] as const;
export type RoughnessScale = (typeof roughnessScales)[number];

/** Distance in px of the picture over which a difference is taken. */
const reachPx = 2;

/** Shares of a picture's cells that are smoother than the knots. */
export const roughnessRanks = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98] as const;

/** Roughness of luma of photographs at these ranks: 58 of them, short side 480 px. */
export const photographRoughness: Readonly<Record<RoughnessScale, readonly number[]>> = {
  1: [0, 0.0005, 0.0018, 0.0055, 0.0116, 0.0229, 0.0384, 0.0579, 0.0837, 0.1199, 0.1793, 0.235, 0.3046],
  2: [0, 0.0007, 0.0019, 0.0057, 0.0128, 0.0248, 0.0392, 0.0555, 0.0752, 0.1, 0.139, 0.1738, 0.2198],
};

/** Luma, B − Y and R − Y of sRGB values as they are. */
const channels = Float32Array.from([...luminanceWeights, ...chromaWeights]);

/** What a painting asks of pictures in its style, per scale; see roughnessTargets. */
export interface RoughnessTarget {
  /** [3,K,1,1]: how much steeper the painting's curve becomes at each knot. */
  readonly slopes: Value;
  /** [1,3,1,1]: the painting's smoothest places. */
  readonly floor: Value;
  /** [1,3,1,1]: mean square of the painting's roughness. */
  readonly power: Value;
}

/** The inputs of a scale's target. */
export function roughnessInputs(scale: RoughnessScale): RoughnessTarget {
  const names = roughnessNames(scale);
  return { slopes: input(names.slopes, [3, roughnessRanks.length, 1, 1]), floor: input(names.floor, [1, 3, 1, 1]), power: input(names.power, [1, 3, 1, 1]) };
}

/** Input names of a scale's target. */
export function roughnessNames(scale: RoughnessScale): Readonly<Record<keyof RoughnessTarget, string>> {
  return { slopes: `roughness.slopes@${scale}`, floor: `roughness.floor@${scale}`, power: `roughness.power@${scale}` };
}

/**
 * Mean squared difference of the roughness of cells of luma, B − Y and R − Y from what a painting has at places of the same rank,
 * relative to its mean square; the mean over full and half size. A smooth sky becomes as rough as the painting's smooth places are,
 * not as rough as the painting is on the whole, which Gram matrices are content with. [1,3,H,W] in [0,1] ×2 → []; 0 as asked.
 */
export function roughnessLoss(painted: Value, content: Value, targets: Readonly<Record<RoughnessScale, RoughnessTarget>>): Value {
  const terms = roughnessScales.map((scale) => {
    const [p, c] = [painted, content].map((picture) => roughnessOf(picture, scale));
    const luma = slice(c, { axes: [1], starts: [0], ends: [1] });
    const miss = square(subtract(p, wanted(luma, scale, targets[scale])));
    return reduceMean(multiply(reduceMean(miss, { axes: [0, 2, 3] }), reciprocal(targets[scale].power)), { axes: [0, 1, 2, 3] });
  });
  return reshape(multiply(terms.reduce((sum, term) => add(sum, term)), constant(1 / terms.length)), { shape: [] });
}

/**
 * Mean absolute differences to the right and downwards, summed, of luma, B − Y and R − Y of cells: [N,3,H,W] → [N,3,h,w]. At either size they reach
 * over 2 px of the picture: a chequer of single pixels, which no feature sees, is not rough.
 */
export function roughnessOf(picture: Value, scale: RoughnessScale): Value {
  const reduced = conv2d(scale === 1 ? picture : averagePool2d(picture, { size: scale }), constant(channels, [3, 3, 1, 1]), { padding: 0 });
  const reach = reachPx / scale;
  // a cell's last pixels need neighbours, so the rim that fills no cell is left out
  const ends = reduced.shape.slice(2).map((side) => side - reach - ((side - reach) % roughnessCellPx));
  const across = [3, 2].map((axis) => abs(slice(difference(reduced, axis, reach), { axes: [2, 3], starts: [0, 0], ends })));
  return averagePool2d(add(across[0], across[1]), { size: roughnessCellPx });
}

/** The painting's roughness at the rank that a photograph's roughness [1,1,h,w] has among photographs', [1,3,h,w]. */
function wanted(luma: Value, scale: RoughnessScale, { slopes, floor }: RoughnessTarget): Value {
  return alongCurve(luma, photographRoughness[scale], { bends: slopes, floor });
}
