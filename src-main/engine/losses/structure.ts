// Structure: what is light beside dark stays so, however faint; features that are compared normalised hardly see a pale face.
import { add, averagePool2d, constant, conv2d, multiply, reciprocal, reduceMean, relu, reshape, sqrt, square, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { luminanceWeights } from './tone-order.ts';

/** Side in px of the cells whose luminance is compared, and the deviation in cells of the Gaussian window they are compared in. */
const cellPx = 4;
const windowSigma = 3;
/** The window reaches this far in cells; what is nearer to the rim has no place. */
const windowReach = 2 * windowSigma;
/** Variance of luminance at which a place begins to count, and beside which what is painted must be plain to see: deviations of 0.02 and 0.03. */
const [leastAsked, leastSeen] = [0.02 ** 2, 0.03 ** 2] as const;
/** What keeps the root differentiable where the picture is even. */
const leastVariance = 1e-6;

/**
 * 1 − local correlation of the luminance of 4 px cells in windows of about 25 px, the mean over places weighed by how much the picture varies
 * there; [N,3,H,W] in [0,1] ×2 → [] in [0,2]: 0 where all that was lighter than its surroundings plainly still is, about 1 where nothing is to be
 * seen. The structure of SSIM (Wang 2004, equation 10) with a floor under the painted deviation alone, so that contrast and brightness are free and
 * a form that has faded is missed.
 */
export function structureLoss(painted: Value, content: Value): Value {
  const [p, c] = [cellsOf(painted), cellsOf(content)];
  const [meanP, meanC] = [windowed(p), windowed(c)];
  const varianceOf = (x: Value, mean: Value): Value => relu(subtract(windowed(square(x)), square(mean)));
  const [varianceP, varianceC] = [varianceOf(p, meanP), varianceOf(c, meanC)];
  const covariance = subtract(windowed(multiply(p, c)), multiply(meanP, meanC));
  const deviations = sqrt(multiply(add(varianceP, constant(leastSeen)), add(varianceC, constant(leastVariance))));
  const structure = multiply(covariance, reciprocal(deviations));
  const counts = multiply(varianceC, reciprocal(add(varianceC, constant(leastAsked))));
  return reshape(reduceMean(multiply(counts, subtract(constant(1), structure)), { axes: [0, 1, 2, 3] }), { shape: [] });
}

function cellsOf(picture: Value): Value {
  return conv2d(averagePool2d(picture, { size: cellPx }), constant(luminanceWeights, [1, 3, 1, 1]), { padding: 0 });
}

/** Mean within the window, where it lies inside: [N,1,h,w] → [N,1,h − 12,w − 12]; a smaller window where the picture is smaller than one. */
function windowed(x: Value): Value {
  const reach = Math.min(windowReach, Math.floor((Math.min(x.shape[2], x.shape[3]) - 1) / 2));
  const side = 2 * reach + 1;
  const bell = Array.from({ length: side }, (_, at) => Math.exp(-((at - reach) ** 2) / (2 * windowSigma ** 2)));
  const sum = bell.reduce((all, value) => all + value);
  const kernel = Float32Array.from({ length: side ** 2 }, (_, at) => (bell[Math.floor(at / side)] * bell[at % side]) / sum ** 2);
  return conv2d(x, constant(kernel, [1, 1, side, side]), { padding: 0 });
}
