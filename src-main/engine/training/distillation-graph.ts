// One training step of the network that imitates another's features, as one graph.
import type { DistillationWeights } from '../../contract/distillation.ts';
import { add, constant, concat, divide, input, multiply, positive, reduceMean, reduceSum, relu, reshape, slice, square, subtract } from '../graph/ops/index.ts';
import { gradients } from '../graph/gradient.ts';
import { withGradients } from '../graph/op.ts';
import type { Value } from '../graph/value.ts';
import { contentLoss } from '../losses/content.ts';
import { gramMatrix } from '../losses/style.ts';
import { featureStudentLayout, practiseFeatures, type FeatureStudentSpec } from '../networks/feature-student.ts';
import { bind } from '../networks/parameters.ts';
import type { Extractor } from '../networks/perceptual-features.ts';
import { adam, clipNorm, gradientNorm, type AdamOptions } from '../optimizers/adam.ts';
import { movingAverage } from '../optimizers/average.ts';
import type { StateGroup } from './step-graph.ts';

export interface DistillationSpec {
  readonly student: FeatureStudentSpec;
  /** The network that is imitated: normalised picture → maps by layer. */
  readonly original: Extractor;
  /** Normalises RGB in [0,1] as both networks want it. */
  readonly normalise: (picture: Value) => Value;
  readonly cropPx: number;
  readonly batch: number;
  /** Whether every module reads the original's maps instead of the student's own. */
  readonly guided: boolean;
  /** The layers that are compared. */
  readonly layers: readonly string[];
  readonly weights: DistillationWeights;
}

export interface DistillationGraph {
  readonly outputs: Readonly<Record<string, Value>>;
  readonly groups: readonly StateGroup[];
  readonly lossNames: readonly string[];
}

export const distillationMoments: AdamOptions = { beta1: 0.9, beta2: 0.999 };
/** Largest gradient norm that passes unshortened. */
const normLimit = 10;
/** Share of a layer's mean power below which a channel's own power does not count as smaller. */
const quietShare = 0.05;
/** What keeps the relative terms finite on a flat picture. */
const leastPower = 1e-6;

/**
 * The graph of one step. Inputs: `pictures` [N,3,S,S] in [0,1], `rate.weights` [], `decay` [], and the state group `weights`.
 * Outputs: the group moved on (same names with `next.`) and `losses` [L]. Hinton 2015; at every depth Romero 2015.
 */
export function distillationGraph(spec: DistillationSpec): DistillationGraph {
  const layout = featureStudentLayout(spec.student);
  const group: StateGroup = { name: 'weights', size: layout.size, averaged: true };
  const weights = input('weights', [layout.size]);
  const picture = spec.normalise(input('pictures', [spec.batch, 3, spec.cropPx, spec.cropPx]));
  const wanted = spec.original(picture);
  const maps = practiseFeatures(bind(layout, weights), picture, spec.guided ? wanted : undefined);
  const terms = termsOf(spec, maps, wanted);
  const total = Object.values(terms).reduce((sum, term) => add(sum, term));
  const slope = gradients(total, [weights])[0];
  const norm = gradientNorm(slope);
  const before = { weights, first: input('weights.first', [layout.size]), second: input('weights.second', [layout.size]) };
  const after = adam(before, clipNorm(slope, norm, normLimit), input('rate.weights', []), distillationMoments);
  const reports: Record<string, Value> = { total, ...terms, 'norm.weights': norm };
  return {
    outputs: {
      'next.weights': after.weights,
      'next.weights.first': after.first,
      'next.weights.second': after.second,
      'next.weights.average': movingAverage(input('weights.average', [layout.size]), after.weights, input('decay', [])),
      losses: concat(...Object.values(reports).map((value) => reshape(value, { shape: [1] })), { axis: 0 }),
    },
    groups: [group],
    lossNames: Object.keys(reports),
  };
}

type Maps = Readonly<Record<string, Value>>;

/** Every term already weighed; terms of weight 0 are not built. */
function termsOf({ weights, layers }: DistillationSpec, maps: Maps, wanted: Maps): Record<string, Value> {
  const terms: Record<string, Value> = {};
  const weighed = (term: Value, weight: number): Value => multiply(term, constant(weight));
  for (const layer of layers) {
    terms[`map.${layer}`] = weighed(mapDistance(maps[layer], wanted[layer]), weights.map);
    if (weights.style > 0 && layer !== 'fire4') terms[`style.${layer}`] = weighed(styleDistance(relu(maps[layer]), wanted[layer]), weights.style);
  }
  if (weights.content > 0) terms.content = weighed(contentLoss(relu(maps.fire3), wanted.fire3), weights.content);
  return terms;
}

/**
 * Mean squared difference relative to the power of each channel, so that quiet channels count: a map before its ReLU
 * against activations, [N,C,H,W] ×2 → []. Its gradient is written out: one pass over the map.
 */
function mapDistance(map: Value, wanted: Value): Value {
  const [n, c, h, w] = map.shape;
  const axes = [0, 2, 3];
  const power = reduceMean(square(wanted), { axes });
  const floor = add(multiply(reduceMean(power, { axes: [1] }), constant(quietShare)), constant(leastPower));
  const share = divide(constant(1 / (n * c * h * w)), add(power, floor));
  const miss = missOf(map, wanted);
  const distance = reshape(reduceSum(multiply(reduceSum(square(miss), { axes }), share), { axes: [1] }), { shape: [] });
  return withGradients(distance, [map], (grad) => [() => multiply(miss, multiply(share, multiply(grad, constant(2))))]);
}

/** What a map lacks: after its ReLU, but as it is where the wanted channel is active, so that one that is silent there still learns. */
function missOf(map: Value, wanted: Value): Value {
  const difference = subtract(map, wanted);
  const over = relu(difference);
  return add(over, multiply(subtract(difference, over), positive(wanted)));
}

/** Mean squared difference of the Gram matrices relative to the original's own, mean over the pictures, [N,C,H,W] ×2 → []. */
function styleDistance(map: Value, wanted: Value): Value {
  const [count] = map.shape;
  const each = Array.from({ length: count }, (_, index) => {
    const only = (x: Value): Value => slice(x, { axes: [0], starts: [index], ends: [index + 1] });
    const target = gramMatrix(only(wanted));
    const power = add(reduceMean(square(target), { axes: [0, 1] }), constant(leastPower));
    return divide(reduceMean(square(subtract(gramMatrix(only(map)), target)), { axes: [0, 1] }), power);
  });
  return reshape(multiply(each.reduce((sum, one) => add(sum, one)), constant(1 / count)), { shape: [] });
}
