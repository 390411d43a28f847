// The generator: a picture, a noise field and a style code → a painted picture (Johnson 2016, Dumoulin 2017).
import type { GeneratorSpec } from '../../contract/style.ts';
import { constant } from '../graph/op.ts';
import { add, biasedConv2d, concat, conv2d, depthToSpace, multiply, relu, sigmoid, spaceToDepth, subtract } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { instanceStatistics, normaliseLive, type Affine, type InstanceStatistics } from './instance-norm.ts';
import { layoutOf, type Layout, type ParameterSpec } from './parameters.ts';
import { evenSubPixels } from './sub-pixels.ts';
import { upsampledConv } from './upsampled-conv.ts';

/** Channels 16/48/16, four residual blocks: 205 k weights, 928 code numbers, 14.8 kMAC per pixel. */
export const defaultGenerator: GeneratorSpec = { family: 'residual', encoder: 16, trunk: 48, decoder: 16, blocks: 4 };

/** Pixels by which a window must reach past what it paints, for windows and cores that start on multiples of the stride product. */
export function haloOf({ blocks }: GeneratorSpec): number {
  // In quarters: 1 for the two 3×3 kernels after the trunk, 1 + 2·blocks in it; before it one kernel at half resolution.
  return Math.ceil((4 * (2 + 2 * blocks) + 2) / strideProduct) * strideProduct;
}

/** Windows start and end on multiples of this. */
export const strideProduct = 4;

/** Norm layers in order of use, with their channels. */
export function normLayers({ encoder, trunk, decoder, blocks }: GeneratorSpec): { name: string; channels: number }[] {
  const body = Array.from({ length: blocks }, (_, block) => [`block${block}.a`, `block${block}.b`]).flat();
  return [
    { name: 'half', channels: encoder },
    { name: 'quarter', channels: trunk },
    ...body.map((name) => ({ name, channels: trunk })),
    { name: 'up', channels: decoder },
  ];
}

/** Weights of a generator: kernels named like the norm layer they feed, and the picture's kernel and bias. */
export function generatorLayout(spec: GeneratorSpec): Layout {
  const { encoder, trunk, decoder } = spec;
  const inputs: Record<string, number> = { half: 16, quarter: 4 * encoder, up: trunk };
  const kernels = normLayers(spec).map(({ name, channels }): ParameterSpec => ({
    name,
    shape: [channels, inputs[name] ?? trunk, 3, 3],
    start: 'he',
  }));
  return layoutOf([
    ...kernels,
    { name: 'picture', shape: [12, decoder, 3, 3], start: 'icnr' },
    { name: 'picture.bias', shape: [1, 12, 1, 1], start: 'zero' },
  ]);
}

/** A style code: γ and β of every norm layer. Its row 0 of a table is by custom the identity. */
export function codeLayout(spec: GeneratorSpec): Layout {
  return layoutOf(
    normLayers(spec).flatMap(({ name, channels }): ParameterSpec[] => [
      { name: `${name}.gamma`, shape: [1, channels, 1, 1], start: 'one' },
      { name: `${name}.beta`, shape: [1, channels, 1, 1], start: 'zero' },
    ]),
  );
}

/** Normalises the output of one layer; what a norm is (live, frozen, masked) is the caller's choice. */
export type Norm = (layer: string, x: Value) => Value;

/** A norm with statistics of the picture at hand; `record` sees them. */
export function liveNorm(code: Readonly<Record<string, Value>>, options: { record?: (layer: string, statistics: InstanceStatistics) => void } = {}): Norm {
  return (layer, x) => {
    const statistics = instanceStatistics(x);
    options.record?.(layer, statistics);
    return normaliseLive(x, statistics, affineOf(code, layer));
  };
}

/** γ and β of one layer of a bound code. */
export function affineOf(code: Readonly<Record<string, Value>>, layer: string): Affine {
  return { gamma: code[`${layer}.gamma`], beta: code[`${layer}.beta`] };
}

/**
 * picture [N,3,H,W] in [0,1] and noise [N,1,H,W] of unit variance (0 allowed), H and W multiples of 4 → [N,3,H,W] in [0,1].
 * Zero padding: the outer haloOf(spec) pixels are to be cropped.
 */
export function generate(spec: GeneratorSpec, weights: Readonly<Record<string, Value>>, norm: Norm, picture: Value, noise: Value): Value {
  const layer = (name: string, x: Value): Value => norm(name, conv2d(x, weights[name], { padding: 1 }));
  const centred = multiply(subtract(picture, constant(0.5)), constant(4)); // about unit variance, like the noise
  const half = relu(layer('half', spaceToDepth(concat(centred, noise, { axis: 1 }), { block: 2 })));
  let trunk = relu(layer('quarter', spaceToDepth(half, { block: 2 })));
  for (let block = 0; block < spec.blocks; block++) {
    const inner = relu(layer(`block${block}.a`, trunk));
    trunk = add(trunk, layer(`block${block}.b`, inner));
  }
  const up = relu(add(norm('up', upsampledConv(trunk, weights.up)), half)); // the picture's edges, past the trunk
  const last = evenSubPixels(weights.picture, weights['picture.bias']);
  const pixels = biasedConv2d(up, last.kernel, last.bias, { padding: 1 });
  return sigmoid(depthToSpace(pixels, { block: 2 }));
}
