// The order of light and dark, which features compared normalised do not hold.
import { averagePool2d, constant, conv2d } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { contentLoss } from './content.ts';

/** Side in px of the cells whose order is held. */
const orderCellPx = 8;
/** Rec. 709 luminance of sRGB values as they are: an order of tones, not a measurement. */
export const luminanceWeights = Float32Array.from([0.2126, 0.7152, 0.0722]);

/** Difference of the instance-normalised luminance of 8 px cells, [N,3,H,W] ×2 → [] in [0,4]. A flat result costs nothing. */
export function toneOrderLoss(painted: Value, content: Value): Value {
  return contentLoss(tones(painted), tones(content));
}

function tones(picture: Value): Value {
  return conv2d(averagePool2d(picture, { size: orderCellPx }), constant(luminanceWeights, [1, 3, 1, 1]), { padding: 0 });
}
