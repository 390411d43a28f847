// The discriminator: a patch → one judgement per overlapping region of it (PatchGAN, Isola 2017).
import { constant } from '../graph/op.ts';
import { add, biasedConv2d, leakyRelu, multiply, reduceSum, reshape, spaceToDepth, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { layoutOf, type Layout } from './parameters.ts';

export interface DiscriminatorSpec {
  /** Channels after each halving, e.g. [32, 64]. */
  readonly channels: readonly number[];
  /** Rows of the style table; 1 where a single style is taught. */
  readonly styles: number;
}

/** Two halvings, regions of 26 px: strokes, not scenes. */
export const defaultDiscriminator: DiscriminatorSpec = { channels: [32, 64], styles: 1 };

/** Weights of a discriminator; with several styles it carries one projection vector each (Miyato & Koyama 2018). */
export function discriminatorLayout({ channels, styles }: DiscriminatorSpec): Layout {
  const stages = channels.flatMap((out, stage) => [
    { name: `stage${stage}`, shape: [out, 4 * (channels[stage - 1] ?? 3), 3, 3], start: 'he' as const },
    { name: `stage${stage}.bias`, shape: [1, out, 1, 1], start: 'zero' as const },
  ]);
  const last = channels[channels.length - 1];
  const projection = styles > 1 ? [{ name: 'style', shape: [styles, last], start: 'zero' as const }] : [];
  return layoutOf([
    ...stages,
    { name: 'realness', shape: [1, last, 3, 3], start: 'he' },
    { name: 'realness.bias', shape: [1, 1, 1, 1], start: 'zero' },
    ...projection,
  ]);
}

/**
 * Logits of realness, > 0 for "the painter's". patch [N,3,H,W] in [0,1], H and W multiples of 2^stages → [N,1,h,w].
 * `style` [1,K] (one-hot or a blend) conditions it on the style where the spec has several. No norm, so that R1 is exact.
 */
export function discriminate(spec: DiscriminatorSpec, weights: Readonly<Record<string, Value>>, patch: Value, style?: Value): Value {
  const biased = (name: string, x: Value): Value => biasedConv2d(x, weights[name], weights[`${name}.bias`], { padding: 1 });
  let x = multiply(subtract(patch, constant(0.5)), constant(2));
  for (const stage of spec.channels.keys()) {
    x = leakyRelu(biased(`stage${stage}`, spaceToDepth(x, { block: 2 })), { slope: 0.2 });
  }
  const logits = biased('realness', x);
  if (spec.styles === 1 || !style) return logits;
  const [styles, channels] = weights.style.shape;
  const vector = reduceSum(multiply(reshape(style, { shape: [styles, 1] }), weights.style), { axes: [0] });
  return add(logits, reduceSum(multiply(x, reshape(vector, { shape: [1, channels, 1, 1] })), { axes: [1] }));
}
