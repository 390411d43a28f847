// Lattice: textures must lock neither to the 4-px lattice of the strided trunk nor to the 2-px one of the last pixel shuffle.
import { add, constant, multiply, reduceMean, reshape, slice, spaceToDepth, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

/** Weight of the local chequers beside the phase means: visible ones are a hundred times stronger in square. */
const chequerShare = 0.01;

/**
 * Variance of the 16 phase means of the 4 × 4 lattice (FACTS A.3) plus the energy of the finest diagonal band, which holds
 * chequers of either sign that cancel in the means. [1,C,H,W] in [0,1] with H and W multiples of 4 → []; 0 without a lattice.
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

/** Mean square of x₀₀ − x₀₁ − x₁₀ + x₁₁ over the 2 × 2 cells: the diagonal band of a Haar transform. */
function chequerEnergy(picture: Value): Value {
  const channels = picture.shape[1];
  const cells = spaceToDepth(picture, { block: 2 });
  const phase = (index: number): Value => slice(cells, { axes: [1], starts: [index * channels], ends: [(index + 1) * channels] });
  return meanSquare(subtract(subtract(phase(0), phase(1)), subtract(phase(2), phase(3))));
}

function meanSquare(x: Value): Value {
  return reshape(reduceMean(multiply(x, x), { axes: x.shape.map((_, axis) => axis) }), { shape: [] });
}
