// Lattice: textures must lock neither to the 4-px lattice of the strided trunk nor to the 2-px one of the last pixel shuffle.
import { add, constant, multiply, reduceMean, reshape, spaceToDepth, square, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { difference } from './difference.ts';

/** Weight of local chequers beside the phase means: visible ones are a hundred times stronger in square. */
const chequerShare = 0.06;

/**
 * Variance of the 16 phase means of the 4 × 4 lattice (FACTS A.3) plus the energy of period 2, whose chequers and lines
 * of either sign cancel in the means. [1,C,H,W] in [0,1] with H and W multiples of 4 → []; 0 without a lattice.
 */
export function latticeLoss(picture: Value): Value {
  return add(phaseVariance(picture), multiply(chequerEnergy(picture), constant(chequerShare)));
}

function phaseVariance(picture: Value): Value {
  const [n, c] = picture.shape;
  const phases = reduceMean(spaceToDepth(picture, { block: 4 }), { axes: [2, 3] }); // [N, 16·C, 1, 1], phase-major
  const means = reshape(phases, { shape: [n, 16, c] });
  return meanSquare(subtract(means, reduceMean(means, { axes: [1] })));
}

/** Mean square of the fourth differences across and down: edges hardly stir them, lines and chequers of period 2 do. */
function chequerEnergy(picture: Value): Value {
  const [across, down] = [3, 2].map((axis) => meanSquare(fourthDifference(picture, axis)));
  return multiply(add(across, down), constant(1 / gain ** 2));
}

/** Of neighbours that alternate by ±x the fourth difference is ±16·x. */
const gain = 16;

function fourthDifference(x: Value, axis: number): Value {
  return [1, 2, 3, 4].reduce((differences) => difference(differences, axis), x);
}

function meanSquare(x: Value): Value {
  return reshape(reduceMean(square(x), { axes: x.shape.map((_, axis) => axis) }), { shape: [] });
}
