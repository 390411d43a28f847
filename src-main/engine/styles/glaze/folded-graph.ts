// The generator with frozen statistics as one plain network: every norm folded into the convolution before it.
import type { GeneratorSpec } from '../../../contract/style.ts';
import type { Extent } from '../../../contract/image.ts';
import { add, constant, input, multiply } from '../../graph/ops/index.ts';
import type { Value } from '../../graph/value.ts';
import { generate, generatorLayout, normLayers, type Norm } from '../../networks/generator.ts';
import type { Rule } from '../../graph/rewrite.ts';
import { normEpsilon } from '../../networks/instance-norm.ts';
import { emit } from '../../onnx/emit.ts';
import { mixedRows } from './mixed-rows.ts';
import { codeParts, partsOf } from './weights.ts';

/** Frozen mean and variance per norm layer, [C] each. */
export type FrozenStatistics = Readonly<Record<string, { readonly mean: Float32Array; readonly variance: Float32Array }>>;

export interface FoldedSpec {
  readonly generator: GeneratorSpec;
  readonly weights: Float32Array;
  /** One style code, or one per mask. */
  readonly codes: readonly Float32Array[];
  readonly statistics: FrozenStatistics;
  readonly window: Extent;
  /** One code alone: takes windows of every size, multiples of the stride product; nothing of `window` is written into the model. */
  readonly anySize?: boolean;
  /** Rewriting for the device that will run it. */
  readonly rules?: readonly Rule[];
}

interface FoldedNorm {
  readonly scale: Float32Array;
  readonly shift: Float32Array;
}

/**
 * Model of one window: `picture` [1,3,h,w], `noise` [1,1,h,w] and, with several codes, `masks` [1,K,h,w] summing to 1
 * → `painted` [1,3,h,w]. One code: plain convolutions. Several: every norm's scale and shift are maps mixed by the masks.
 */
export function foldedModel(spec: FoldedSpec): Uint8Array {
  const { width, height } = spec.window;
  const picture = input('picture', [1, 3, height, width]);
  const noise = input('noise', [1, 1, height, width]);
  const kernels = constantsOf(spec);
  const norms = spec.codes.map((code) => foldNorms(spec, code));
  const [only] = norms;
  const masked = norms.length > 1;
  const norm = masked ? maskedNorm(norms, input('masks', [1, norms.length, height, width])) : shiftOnly(only);
  const weights = masked ? kernels : scaledKernels(spec, kernels, only);
  const symbolic: Record<string, (number | string)[]> = spec.anySize ? { picture: [1, 3, 'H', 'W'], noise: [1, 1, 'H', 'W'], painted: [1, 3, 'H', 'W'] } : {};
  return emit({ painted: generate(spec.generator, weights, norm, picture, noise) }, { rules: spec.rules, symbolic });
}

function constantsOf({ generator, weights }: FoldedSpec): Record<string, Value> {
  return Object.fromEntries(partsOf(generatorLayout(generator), weights).map(({ name, shape, data }) => [name, constant(data, shape)]));
}

/** Scale γ/√(var+ε) and shift β − mean·scale of every norm layer. */
function foldNorms({ generator, statistics }: FoldedSpec, code: Float32Array): Record<string, FoldedNorm> {
  const parts = codeParts(generator, code);
  return Object.fromEntries(
    normLayers(generator).map(({ name }) => {
      const { mean, variance } = statistics[name];
      const { gamma, beta } = parts[name];
      const scale = gamma.map((value, channel) => value / Math.sqrt(variance[channel] + normEpsilon));
      return [name, { scale, shift: beta.map((value, channel) => value - mean[channel] * scale[channel]) }];
    }),
  );
}

const shiftOnly = (folded: Readonly<Record<string, FoldedNorm>>): Norm => (layer, x) => add(x, constant(folded[layer].shift, [1, x.shape[1], 1, 1]));

/** Kernels with their norm's scale multiplied in, output channel by output channel. */
function scaledKernels({ generator, weights }: FoldedSpec, kernels: Readonly<Record<string, Value>>, folded: Readonly<Record<string, FoldedNorm>>): Record<string, Value> {
  const scaled = partsOf(generatorLayout(generator), weights)
    .filter(({ name }) => name in folded)
    .map(({ name, shape, data }) => {
      const perChannel = data.length / shape[0];
      const { scale } = folded[name];
      return [name, constant(data.map((value, index) => value * scale[Math.floor(index / perChannel)]), shape)];
    });
  return { ...kernels, ...Object.fromEntries(scaled) };
}

/** x·S + T with S and T mixed per pixel. */
function maskedNorm(norms: readonly Readonly<Record<string, FoldedNorm>>[], masks: Value): Norm {
  const mixed = mixedRows(masks);
  return (layer, x) => {
    const map = (pick: (folded: FoldedNorm) => Float32Array): Value => mixed(norms.map((folded) => pick(folded[layer])), x.shape[2]);
    return add(multiply(x, map(({ scale }) => scale)), map(({ shift }) => shift));
  };
}
