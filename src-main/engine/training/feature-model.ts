// The perceptual network of a run: an ONNX file read once, used inside graphs and to measure paintings.
import { StudioError } from '../../contract/fault.ts';
import { emit } from '../onnx/emit.ts';
import { importGraph } from '../onnx/import-graph.ts';
import { decodeModel, type ModelProto } from '../onnx/proto.ts';
import { averagePool2d, input } from '../graph/ops/index.ts';
import type { Value } from '../graph/value.ts';
import { gramMatrix } from '../losses/style.ts';
import { featureSpecOf, perceptualFeatures, statedInput, type Extractor } from '../networks/perceptual-features.ts';
import type { SessionFactory, SessionOptions } from '../runtime/session.ts';
import { scalar, tensor, type Shape, type Tensor } from '../tensor/tensor.ts';
import type { Picture } from './augment.ts';
import { planesOf } from '../tensor/layout.ts';
import { colourTargets } from './colour-targets.ts';
import { roughnessTargets } from './roughness-targets.ts';
import { targetNames } from './step-graph.ts';

export interface FeatureModel {
  readonly extract: Extractor;
  readonly styleLayers: readonly { readonly name: string; readonly channels: number }[];
  readonly contentLayers: readonly string[];
  /** Reductions at which style is compared. */
  readonly styleScales: readonly number[];
}

/** Where a recipe says nothing: strokes as they are, and those twice as large. */
export const styleScales: readonly number[] = [1, 2];

/** A layer that sees nothing in a painting has no size to be relative to. */
const smallestRms = 1e-6;

/** Feeds of the style terms, named by targetNames, of tone, of chroma and of roughness, and the palette that colours are carried over to. */
export type StyleTargets = Readonly<Record<string, Tensor>>;

/** Reads a feature network; `file` names it in faults. Throws features.unusable. */
export function readFeatureModel(bytes: Uint8Array, file: string, scales: readonly number[] = styleScales): FeatureModel {
  const model = decode(bytes, file);
  const outputs = model.graph.output.map(({ name }) => name);
  const spec = featureSpecOf(outputs);
  if (!spec) throw new StudioError('features.unusable', { file, reason: `its outputs are ${outputs.slice(0, 6).join(', ')}` });
  const names = [...new Set([...spec.style, ...spec.content])];
  const metadata = Object.fromEntries((model.metadataProps ?? []).map(({ key, value }) => [key, value]));
  const normalisation = (statedInput(metadata) ?? spec).normalisation;
  const extract = perceptualFeatures({ ...spec, normalisation }, (x) => importGraph(model, x, names, file));
  const probe = extract(input('probe', [1, 3, 64, 64]));
  return {
    extract,
    styleLayers: spec.style.map((name) => ({ name, channels: probe[name].shape[1] })),
    contentLayers: spec.content,
    styleScales: scales,
  };
}

function decode(bytes: Uint8Array, file: string): ModelProto {
  try {
    return decodeModel(bytes);
  } catch (thrown) {
    throw new StudioError('features.unusable', { file, reason: 'it is no ONNX file' }, { cause: thrown });
  }
}

/** What a style aims at: Gram matrices, the mean over its paintings, each at its own size and at every reduction; its colours and its roughness. */
export async function measureStyle(paintings: readonly Picture[], model: FeatureModel, sessions: SessionFactory, options: SessionOptions): Promise<StyleTargets> {
  return {
    ...(await measureGrams(paintings, model, sessions, options)),
    ...colourTargets(paintings),
    ...(await roughnessTargets(paintings, sessions, options)),
  };
}

/** The Gram matrices alone, by which pictures are compared with known styles. */
export async function measureGrams(paintings: readonly Picture[], model: FeatureModel, sessions: SessionFactory, options: SessionOptions): Promise<StyleTargets> {
  const sums = new Map<string, Float32Array>();
  for (const painting of paintings) {
    for (const [name, gram] of await gramsOf(painting, model, sessions, options)) {
      const sum = sums.get(name) ?? new Float32Array(gram.length);
      gram.forEach((value, index) => (sum[index] += value / paintings.length));
      sums.set(name, sum);
    }
  }
  const feeds: Record<string, Tensor> = {};
  for (const { name, channels } of model.styleLayers) {
    for (const scale of model.styleScales) {
      const target = targetNames(name, scale);
      const gram = sums.get(target.gram) ?? new Float32Array(channels * channels);
      const meanSquare = gram.reduce((sum, value) => sum + value * value, 0) / gram.length;
      feeds[target.gram] = tensor([channels, channels], gram);
      feeds[target.inverseRms] = scalar(1 / Math.max(Math.sqrt(meanSquare), smallestRms));
    }
  }
  return feeds;
}

/** Gram matrices [C,C] of the input `picture` of this shape [1,3,H,W], at every reduction, by targetNames. */
export function gramGraph({ extract, styleLayers, styleScales: scales }: FeatureModel, shape: Shape): Record<string, Value> {
  const picture = input('picture', shape);
  const outputs: Record<string, Value> = {};
  for (const scale of scales) {
    const features = extract(scale === 1 ? picture : averagePool2d(picture, { size: scale }));
    for (const { name } of styleLayers) outputs[targetNames(name, scale).gram] = gramMatrix(features[name]);
  }
  return outputs;
}

async function gramsOf(painting: Picture, model: FeatureModel, sessions: SessionFactory, options: SessionOptions): Promise<[string, Float32Array][]> {
  const planes = planesOf(painting);
  const session = await sessions.open(emit(gramGraph(model, planes.shape)), options);
  try {
    const results = await session.run({ picture: planes });
    return Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]);
  } finally {
    await session.release();
  }
}
