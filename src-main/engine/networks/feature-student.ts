// The perceptual network that ships: SqueezeNet's topology down to its fifth fire module, weights of our own training.
import { concat, maxPool3Stride2, pad, plusBias, relu, reshape, spaceToDepth, transpose } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { layoutOf, type Layout, type ParameterSpec } from './parameters.ts';

/** Channels each fire module squeezes to, from fire2 on (Iandola 2016, table 1: 16, 16, 32, 32). */
export interface FeatureStudentSpec {
  readonly squeezes: readonly [fire2: number, fire3: number, fire4: number, fire5: number];
}

export const defaultFeatureStudent: FeatureStudentSpec = { squeezes: [16, 16, 32, 32] };

const stemChannels = 64;

interface Stage {
  readonly name: string;
  /** Channels in, and of each of the two expansions. */
  readonly channels: number;
  readonly expands: number;
  /** Halved by a maximum before. */
  readonly pooled: boolean;
}

const stages: readonly Stage[] = [
  { name: 'fire2', channels: 64, expands: 64, pooled: true },
  { name: 'fire3', channels: 128, expands: 64, pooled: false },
  { name: 'fire4', channels: 128, expands: 128, pooled: true },
  { name: 'fire5', channels: 256, expands: 128, pooled: false },
];

/** The maps of the network in order, all of them taught; fire4 is not looked at by any loss afterwards. */
export const featureLayers: readonly string[] = ['relu1', ...stages.map(({ name }) => name)];

/** Weights of the network, 120 k numbers with the default squeezes. */
export function featureStudentLayout({ squeezes }: FeatureStudentSpec): Layout {
  const conv = (name: string, shape: readonly [number, number, number, number]): ParameterSpec[] => [
    { name, shape, start: 'he' },
    { name: `${name}.bias`, shape: [shape[0]], start: 'zero' },
  ];
  return layoutOf([
    ...conv('stem', [stemChannels, 3, 3, 3]),
    ...stages.flatMap(({ name, channels, expands }, index) => [
      ...conv(`${name}.squeeze`, [squeezes[index], channels, 1, 1]),
      ...conv(`${name}.expand1`, [expands, squeezes[index], 1, 1]),
      ...conv(`${name}.expand3`, [expands, squeezes[index], 3, 3]),
    ]),
  ]);
}

type Weights = Readonly<Record<string, Value>>;

/** relu1 [N,64,h,w] of a normalised picture [N,3,H,W], before its ReLU; h = ⌊(H−3)/2⌋+1. */
function stem(weights: Weights, picture: Value, trained: boolean): Value {
  if (!trained) return plusBias(picture, weights.stem, weights['stem.bias'], { padding: 0, stride: 2 });
  // The same sums as a convolution of 2 × 2 cells, even sizes only: a stride's gradient would be spread out with zeros.
  const taps = pad(weights.stem, { before: [0, 0, 0, 0], after: [0, 0, 1, 1] });
  const cells = transpose(reshape(taps, { shape: [stemChannels, 3, 2, 2, 2, 2] }), { order: [0, 3, 5, 1, 2, 4] });
  return plusBias(spaceToDepth(picture, { block: 2 }), reshape(cells, { shape: [stemChannels, 12, 2, 2] }), weights['stem.bias'], { padding: 0 });
}

/** The two halves of a fire module before their ReLU, [N,C,h,w] → [N,expands,h′,w′] each. Iandola 2016, section 3.2. */
function fire({ name, pooled }: Stage, weights: Weights, x: Value): readonly [Value, Value] {
  const conv = (part: string, map: Value, padding = 0): Value => plusBias(map, weights[`${name}.${part}`], weights[`${name}.${part}.bias`], { padding });
  const squeezed = relu(conv('squeeze', pooled ? maxPool3Stride2(x) : x));
  return [conv('expand1', squeezed), conv('expand3', squeezed, 1)];
}

/** The network as it is used: a normalised picture [N,3,H,W] → relu1 at half size, fire2 and fire3 at a quarter, fire4 and fire5 at an eighth. */
export function seeFeatures(weights: Weights, picture: Value): Record<string, Value> {
  let map = relu(stem(weights, picture, false));
  const maps: Record<string, Value> = { relu1: map };
  for (const stage of stages) maps[stage.name] = map = concat(...fire(stage, weights, map).map((half) => relu(half)), { axis: 1 });
  return maps;
}

/**
 * The network as it is taught: every map before its ReLU, H and W even. Each module reads what the one before gives,
 * or with `given` the maps of the network that is imitated, so that all modules learn at once and none waits for another.
 */
export function practiseFeatures(weights: Weights, picture: Value, given?: Readonly<Record<string, Value>>): Record<string, Value> {
  const maps: Record<string, Value> = { relu1: stem(weights, picture, true) };
  let last = 'relu1';
  for (const stage of stages) {
    maps[stage.name] = concat(...fire(stage, weights, given?.[last] ?? relu(maps[last])), { axis: 1 });
    last = stage.name;
  }
  return maps;
}
