// A pretrained network's activations as the eyes of the measures, opened from an ONNX file.
import { StudioError } from '../../contract/fault.ts';
import { featureSpecOf, statedInput, type FeatureSpec } from '../networks/perceptual-features.ts';
import { parseModel, type ParsedModel } from '../onnx/parse.ts';
import type { Session, SessionFactory, SessionOptions } from '../runtime/session.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';
import { gramModel } from './gram-model.ts';
import { layerStatistics, type LayerStatistics, type StyleStatistics } from './style-statistics.ts';

/** Activations by layer, [1,C,h,w] each. */
export type Features = Readonly<Record<string, Tensor>>;

export interface FeatureNetwork {
  /** Every layer it shows. */
  readonly layers: readonly string[];
  /** picture: [1,3,H,W] in [0,1], both sides at least smallestFeaturePx. Throws session.failed | session.out-of-memory. */
  features(picture: Tensor): Promise<Features>;
  /** Statistics of the layers that carry style; as features. */
  styleStatistics(picture: Tensor): Promise<StyleStatistics>;
  close(): Promise<void>;
}

/** Smaller pictures leave nothing at the deepest layers. */
export const smallestFeaturePx = 32;

/**
 * Opens a feature network; `file` is its name for messages, no path.
 * Throws features.unusable when its layers or its input are not understood; network.* and session.rejected.
 */
export async function openFeatureNetwork(model: Uint8Array, file: string, sessions: SessionFactory, options: SessionOptions): Promise<FeatureNetwork> {
  const parsed = parseModel(model, file);
  const refuse = (reason: string): never => {
    throw new StudioError('features.unusable', { file, reason });
  };
  const [input, ...others] = parsed.summary.inputs;
  if (!input || others.length > 0) return refuse(`it has ${parsed.summary.inputs.length} inputs instead of one`);
  if (input.type !== 'float32' || input.shape?.length !== 4 || input.shape[1] !== 3) return refuse('its input is not [N,3,H,W] float32');
  if (input.shape.slice(2).some((dim) => typeof dim === 'number')) return refuse('its input has a fixed size');
  const layers = parsed.summary.outputs.filter(({ type, shape }) => type === 'float32' && (shape === undefined || shape.length === 4)).map(({ name }) => name);
  const spec = featureSpecOf(layers);
  if (!spec) return refuse(`its outputs are of no known family (${layers.slice(0, 6).join(', ')})`);
  const wanted = statedInput(parsed.summary.metadata) ?? (spec.normalisation || startsWithPreprocessing(parsed) ? spec : undefined);
  if (!wanted) return refuse('it does not say how its input is normalised');
  const session = await sessions.open(model, options);
  const gram = await sessions.open(gramModel(), options).catch(async (thrown: unknown) => {
    await session.release();
    throw thrown;
  });
  const features = (picture: Tensor): Promise<Features> => featuresOf(session, input.name, layers, normalised(picture, wanted));
  return {
    layers,
    features,
    styleStatistics: async (picture) => statisticsOf(gram, await features(picture), spec.style),
    close: async () => {
      await session.release();
      await gram.release();
    },
  };
}

async function statisticsOf(gram: Session, features: Features, layers: readonly string[]): Promise<StyleStatistics> {
  const found: LayerStatistics[] = [];
  for (const layer of layers) {
    const activations = features[layer]!;
    const { gram: product } = await gram.run({ x: activations });
    if (product?.type !== 'float32') throw new StudioError('session.failed', { provider: gram.provider, reason: 'no Gram matrix' });
    found.push(layerStatistics(activations, product));
  }
  return found;
}

type InputNorm = Pick<FeatureSpec, 'normalisation'>;

/** Networks that take RGB in [0,1] as it is bring their preprocessing along: a first convolution 1×1 from 3 to 3 channels. */
function startsWithPreprocessing({ model: { graph } }: ParsedModel): boolean {
  const first = graph.node.find(({ opType }) => opType === 'Conv');
  const weights = graph.initializer?.find(({ name }) => name === first?.input[1]);
  return weights !== undefined && weights.dims.join() === '3,3,1,1';
}

async function featuresOf(session: Session, input: string, layers: readonly string[], picture: Tensor): Promise<Features> {
  const outputs = await session.run({ [input]: picture });
  return Object.fromEntries(layers.map((layer) => {
    const found = outputs[layer];
    if (found?.type !== 'float32') throw new StudioError('session.failed', { provider: session.provider, reason: `no activations "${layer}"` });
    return [layer, found];
  }));
}

function normalised(picture: Tensor, { normalisation }: InputNorm): Tensor {
  if (!normalisation) return picture;
  const size = picture.data.length / 3;
  const data = new Float32Array(picture.data.length);
  for (let c = 0; c < 3; c++) {
    const mean = normalisation.mean[c]!;
    const scale = 1 / normalisation.deviation[c]!;
    for (let i = c * size; i < (c + 1) * size; i++) data[i] = (picture.data[i]! - mean) * scale;
  }
  return tensor(picture.shape, data);
}
