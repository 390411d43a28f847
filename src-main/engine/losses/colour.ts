// Colour: light and dark, and what differs in colour, as they are asked for; instance norm forgets both, and features of small pictures do not see them.
import { averagePool2d, constant, conv2d, multiply, reciprocal, reduceMean, reshape, square, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { luminanceWeights } from './tone-order.ts';

/** Side in px of the cells whose colour is asked for: strokes within them are free. */
export const toneCellPx = 4;
/** Input names: the colours a crop shall have, and the power of tone and of chroma to which what is missed is relative. */
export const colourNames = { asked: 'colours', tone: 'tone.power', chroma: 'chroma.power' } as const;

const [red, green, blue] = luminanceWeights;
/** B − Y and R − Y of sRGB values as they are, each a row over RGB. */
export const chromaWeights = Float32Array.from([-red, -green, 1 - blue, 1 - red, -green, -blue]);

/** Mean squared difference of the luminance of 4 px cells of `painted` [N,3,H,W] from that of `asked` [N,3,H/4,W/4], both in [0,1], over `power` [] → []. */
export function toneLoss(painted: Value, asked: Value, power: Value): Value {
  return missed(painted, asked, { seen: constant(luminanceWeights, [1, 3, 1, 1]), power });
}

/** As toneLoss, of B − Y and R − Y. Content is compared normalised: without it a red house and a grey one are painted alike (docs/decisions.md). */
export function chromaLoss(painted: Value, asked: Value, power: Value): Value {
  return missed(painted, asked, { seen: constant(chromaWeights, [2, 3, 1, 1]), power });
}

function missed(painted: Value, asked: Value, { seen, power }: { readonly seen: Value; readonly power: Value }): Value {
  const miss = subtract(averagePool2d(painted, { size: toneCellPx }), asked);
  const squares = square(conv2d(miss, seen, { padding: 0 }));
  return multiply(reshape(reduceMean(squares, { axes: [0, 1, 2, 3] }), { shape: [] }), reciprocal(power));
}
