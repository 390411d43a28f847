// The game of the two networks: what each wants of the discriminator's logits.
import type { Objective } from '../../contract/training.ts';
import { constant } from '../graph/op.ts';
import { add, greater, multiply, negate, reduceMean, reduceSum, relu, reshape, softplus, square, subtract, where } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { gradients } from '../graph/gradient.ts';

const mean = (x: Value): Value => reshape(reduceMean(x, { axes: x.shape.map((_, axis) => axis) }), { shape: [] });

interface Game {
  /** Loss of the discriminator on logits of the painter's patches and of painted ones. */
  readonly discriminator: (real: Value, painted: Value) => Value;
  /** Loss of the generator on logits of painted patches. */
  readonly generator: (painted: Value) => Value;
}

const crossEntropy = (real: Value, painted: Value): Value => add(mean(softplus(negate(real))), mean(softplus(painted)));

/** Logits [N,1,h,w] → scalars, per objective. */
export const games: Readonly<Record<Objective, Game>> = {
  /** Goodfellow 2014, eq. 1: G minimises log(1 − D). */
  minimax: { discriminator: crossEntropy, generator: (painted) => negate(mean(softplus(painted))) },
  /** Goodfellow 2014, section 3: G maximises log D, which does not fade while D wins. */
  'non-saturating': { discriminator: crossEntropy, generator: (painted) => mean(softplus(negate(painted))) },
  /** Mao 2017, eq. 9 with labels 1 and 0. */
  'least-squares': {
    discriminator: (real, painted) => add(mean(square(subtract(real, constant(1)))), mean(square(painted))),
    generator: (painted) => mean(square(subtract(painted, constant(1)))),
  },
  /** Lim & Ye 2017, eq. 4–5. */
  hinge: {
    discriminator: (real, painted) => add(mean(relu(subtract(constant(1), real))), mean(relu(add(constant(1), painted)))),
    generator: (painted) => negate(mean(painted)),
  },
};

/** Decision threshold of the logits: least squares aims at 1 and 0, the others at ±. */
const thresholds: Readonly<Record<Objective, number>> = { minimax: 0, 'non-saturating': 0, 'least-squares': 0.5, hinge: 0 };

/** Share of regions that the discriminator tells right, [] in [0,1]; 0.5 where it cannot tell. */
export function accuracy(objective: Objective, real: Value, painted: Value): Value {
  const limit = constant(thresholds[objective]);
  const share = (above: Value): Value => mean(where(above, constant(1), constant(0)));
  return multiply(add(share(greater(real, limit)), share(greater(limit, painted))), constant(0.5));
}

/** E‖∇ₓD(x)‖² on the painter's patches, [N,3,H,W] → []; differentiable in D's weights. R1 of Mescheder 2018, eq. 9, without γ/2. */
export function gradientPenalty(logits: Value, real: Value): Value {
  const total = reshape(reduceSum(logits, { axes: [0, 1, 2, 3] }), { shape: [] });
  const [slope] = gradients(total, [real]);
  return multiply(reshape(reduceSum(square(slope), { axes: [0, 1, 2, 3] }), { shape: [] }), constant(1 / real.shape[0]));
}
