// Chroma: the painting's colours for light and dark, and within them which parts of a picture differ in colour.
import { add, averagePool2d, constant, conv2d, input, multiply, reciprocal, reduceMean, reshape, sqrt, square, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { standardise } from '../networks/instance-norm.ts';
import { alongCurve } from './curve.ts';
import { luminanceWeights, toneCellPx } from './tone.ts';

const [red, green, blue] = luminanceWeights;
/** B − Y and R − Y of sRGB values as they are, each a row over RGB. */
export const chromaWeights = Float32Array.from([-red, -green, 1 - blue, 1 - red, -green, -blue]);
/** Deviations of chroma: below the first a picture's colours are not stretched to the painting's, below the second nothing is asked. */
const [flatDeviation, greyDeviation] = [0.03, 0.04] as const;

/** Luma at which a painting's palette is told. */
export const paletteKnots: readonly number[] = Array.from({ length: 11 }, (_, at) => at / 10);

/** What a painting's colours ask of pictures in its style; see targetChroma. */
export interface ChromaTarget {
  /** [1,2,1,1]: how far B − Y and R − Y lie from what is usual at their luma. */
  readonly deviation: Value;
  /** [1,2,1,1]: their mean square about the mean colour, to which the loss is relative. */
  readonly power: Value;
  /** [1,2,1,1] and [2,K,1,1]: what is usual at the first knot, and how much steeper its curve becomes at each. */
  readonly floor: Value;
  readonly slopes: Value;
}

/** Input names of the target. */
export const chromaNames: Readonly<Record<keyof ChromaTarget, string>> = { deviation: 'chroma.deviation', power: 'chroma.power', floor: 'chroma.floor', slopes: 'chroma.slopes' };

/** The inputs of the target. */
export function chromaInputs(): ChromaTarget {
  const pair = (name: keyof ChromaTarget): Value => input(chromaNames[name], [1, 2, 1, 1]);
  return { deviation: pair('deviation'), power: pair('power'), floor: pair('floor'), slopes: input(chromaNames.slopes, [2, paletteKnots.length, 1, 1]) };
}

/**
 * Mean squared difference of B − Y and R − Y of 4 px cells from what the painting has at the same luma, plus the picture's own differences,
 * their deviations brought to the painting's about that; relative to the painting's power. A grey picture asks for the painting's palette alone.
 * [N,3,H,W] in [0,1] ×2 → []; 0 as asked. Content is compared normalised, so without it a red house and a grey one are painted alike
 * (docs/decisions.md).
 */
export function chromaLoss(painted: Value, content: Value, { deviation, power, floor, slopes }: ChromaTarget): Value {
  const cells = averagePool2d(painted, { size: toneCellPx });
  const luma = conv2d(cells, constant(luminanceWeights, [1, 3, 1, 1]), { padding: 0 });
  const usual = alongCurve(luma, paletteKnots, { bends: slopes, floor });
  const own = standardise(chromasOf(averagePool2d(content, { size: toneCellPx })));
  const asked = multiply(own.variance, reciprocal(add(own.variance, constant(greyDeviation ** 2))));
  const stretch = multiply(multiply(reciprocal(sqrt(add(own.variance, constant(flatDeviation ** 2)))), deviation), asked);
  const miss = subtract(chromasOf(cells), add(usual, multiply(own.centred, stretch)));
  return reshape(multiply(reduceMean(square(miss), { axes: [0, 1, 2, 3] }), reciprocal(reduceMean(power, { axes: [1] }))), { shape: [] });
}

function chromasOf(cells: Value): Value {
  return conv2d(cells, constant(chromaWeights, [2, 3, 1, 1]), { padding: 0 });
}
