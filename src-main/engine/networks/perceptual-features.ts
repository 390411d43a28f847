// A fixed, pretrained network's activations as the eyes of the losses.
import { constant } from '../graph/op.ts';
import { add, multiply } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';

/** How a feature network is used: which of its outputs carry style, which content, and what it wants as input. */
export interface FeatureSpec {
  readonly style: readonly string[];
  readonly content: readonly string[];
  /** Per-channel mean and deviation to be removed from RGB in [0,1]; absent: fed as it is. */
  readonly normalisation?: { readonly mean: readonly number[]; readonly deviation: readonly number[] };
}

/** How networks taught on ImageNet want RGB in [0,1]: minus the mean, divided by the deviation. */
export const imageNet = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };

/** Known families of output names, told by the first of their outputs (FACTS A.3; FORMATS of the networks). */
export const featureFamilies: readonly { readonly has: readonly string[]; readonly spec: FeatureSpec }[] = [
  { has: ['relu1', 'fire2', 'fire3', 'fire5'], spec: { style: ['relu1', 'fire2', 'fire3', 'fire5'], content: ['fire3'], normalisation: imageNet } },
  { has: ['relu1_1', 'relu2_1', 'relu3_1'], spec: { style: ['relu1_1', 'relu2_1', 'relu3_1'], content: ['relu3_1'] } },
];

/** The spec that fits a network with these outputs, or undefined. */
export function featureSpecOf(outputs: readonly string[]): FeatureSpec | undefined {
  return featureFamilies.find(({ has }) => has.every((name) => outputs.includes(name)))?.spec;
}

/** What a file's metadata says of its input: mean and deviation, or that RGB in [0,1] is taken as it is. Undefined where it says nothing. */
export function statedInput(metadata: Readonly<Record<string, string>>): Pick<FeatureSpec, 'normalisation'> | undefined {
  const numbers = (key: string): number[] => (metadata[key] ?? '').split(',').map(Number).filter((value) => Number.isFinite(value));
  const [mean, deviation] = [numbers('preprocess.mean'), numbers('preprocess.std')];
  if (mean.length === 3 && deviation.length === 3 && deviation.every((value) => value > 0)) return { normalisation: { mean, deviation } };
  return metadata['preprocess.range'] === '0..1' ? {} : undefined;
}

/** RGB [N,3,H,W] in [0,1] → activations by name; the network as a function on values. */
export type Extractor = (picture: Value) => Readonly<Record<string, Value>>;

/** An extractor that normalises its input as the spec says. `network` maps the network's own input to its activations. */
export function perceptualFeatures(spec: FeatureSpec, network: Extractor): Extractor {
  const { normalisation } = spec;
  if (!normalisation) return network;
  const row = (numbers: readonly number[]): Value => constant(Float32Array.from(numbers), [1, 3, 1, 1]);
  const scale = row(normalisation.deviation.map((deviation) => 1 / deviation));
  const shift = row(normalisation.mean.map((mean, channel) => -mean / normalisation.deviation[channel]));
  return (picture) => network(add(multiply(picture, scale), shift));
}
