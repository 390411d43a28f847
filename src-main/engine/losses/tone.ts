// Tone: the light and dark of a picture, which instance norm forgets and features of small pictures do not see.
import { add, averagePool2d, constant, conv2d, multiply, reciprocal, reduceMean, reshape, sqrt, square, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { standardise } from '../networks/instance-norm.ts';
import { contentLoss } from './content.ts';

/** Side in px of the cells whose tone is held, and of those whose order is. */
export const toneCellPx = 4;
const orderCellPx = 8;
/** Rec. 709 luminance of sRGB values as they are: an order of tones, not a measurement. */
export const luminanceWeights = Float32Array.from([0.2126, 0.7152, 0.0722]);
/** Deviation of tone below which a picture counts as flat: it is not stretched to the painting's. */
const flatDeviation = 0.08;

/**
 * Mean squared difference of the tones of 4 px cells from the picture's, whose deviation is first brought to `deviation` [] in (0,1];
 * divided by its square. The mean tone is free. [N,3,H,W] in [0,1] ×2 → []; 0 the same, 1 for an even grey of a lively picture.
 * Without it a generator with instance norm paints a dark coat and a face alike (docs/decisions.md).
 */
export function toneLoss(painted: Value, content: Value, deviation: Value): Value {
  const [p, c] = [standardise(tones(painted, toneCellPx)), standardise(tones(content, toneCellPx))];
  const stretch = reciprocal(sqrt(add(c.variance, constant(flatDeviation ** 2))));
  const difference = subtract(multiply(p.centred, reciprocal(deviation)), multiply(c.centred, stretch));
  return reshape(reduceMean(square(difference), { axes: [0, 1, 2, 3] }), { shape: [] });
}

/** The order alone: instance-normalised luminance of 8 px cells, [N,3,H,W] ×2 → [] in [0,4]. A flat result costs nothing. */
export function toneOrderLoss(painted: Value, content: Value): Value {
  return contentLoss(tones(painted, orderCellPx), tones(content, orderCellPx));
}

function tones(picture: Value, cellPx: number): Value {
  return conv2d(averagePool2d(picture, { size: cellPx }), constant(luminanceWeights, [1, 3, 1, 1]), { padding: 0 });
}
