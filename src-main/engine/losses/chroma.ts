// Chroma: which parts of a picture differ in colour, and in which direction, whatever the palette's middle is.
import { add, averagePool2d, constant, conv2d, multiply, reciprocal, reduceMean, reshape, sqrt, square, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { standardise } from '../networks/instance-norm.ts';
import { luminanceWeights, toneCellPx } from './tone.ts';

const [red, green, blue] = luminanceWeights;
/** B − Y and R − Y of sRGB values as they are, each a row over RGB. */
const differences = Float32Array.from([-red, -green, 1 - blue, 1 - red, -green, -blue]);
/** Deviations of chroma: below the first a picture's colours are not stretched to the painting's, below the second nothing is asked. */
const [flatDeviation, greyDeviation] = [0.03, 0.04] as const;

/**
 * Mean squared difference of B − Y and R − Y of 4 px cells from the picture's, whose deviations are first brought to `deviation` [1,2,1,1];
 * divided by the mean of its squares. The mean colour is free, and a grey picture asks for nothing: its palette is the painting's alone.
 * [N,3,H,W] in [0,1] ×2 → []; 0 the same, 1 for one colour of a colourful picture.
 * Content is compared normalised, so without it a red house and a grey one are painted alike (docs/decisions.md).
 */
export function chromaLoss(painted: Value, content: Value, deviation: Value): Value {
  const [p, c] = [standardise(chromas(painted)), standardise(chromas(content))];
  const asked = multiply(c.variance, reciprocal(add(c.variance, constant(greyDeviation ** 2))));
  const stretch = multiply(reciprocal(sqrt(add(c.variance, constant(flatDeviation ** 2)))), deviation);
  const distance = reduceMean(square(subtract(p.centred, multiply(c.centred, stretch))), { axes: [2, 3] });
  const relative = multiply(reduceMean(multiply(distance, asked), { axes: [0, 1] }), reciprocal(reduceMean(square(deviation), { axes: [1] })));
  return reshape(relative, { shape: [] });
}

function chromas(picture: Value): Value {
  return conv2d(averagePool2d(picture, { size: toneCellPx }), constant(differences, [2, 3, 1, 1]), { padding: 0 });
}
