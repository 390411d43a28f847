// Lattice: textures must lock neither to the 4-px lattice of the strided trunk nor to the 2-px one of the last pixel shuffle.
import { add, constant, multiply, reduceMean, reshape, slice, spaceToDepth, square, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

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
  return add(...([2, 3].map((axis) => meanSquare(secondDifference(secondDifference(picture, axis), axis))) as [Value, Value]));
}

/** (x₋₁ − 2·x₀ + x₁)/4 along an axis: 0 for a slope, ±x where neighbours alternate. */
function secondDifference(x: Value, axis: number): Value {
  const size = x.shape[axis];
  const shifted = (from: number): Value => slice(x, { axes: [axis], starts: [from], ends: [size - 2 + from] });
  return multiply(subtract(add(shifted(0), shifted(2)), multiply(shifted(1), constant(2))), constant(0.25));
}

function meanSquare(x: Value): Value {
  return reshape(reduceMean(square(x), { axes: x.shape.map((_, axis) => axis) }), { shape: [] });
}
