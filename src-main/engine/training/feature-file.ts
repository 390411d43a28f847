// The taught perceptual network as one ONNX file that any tool opens.
import { input } from '../graph/ops/index.ts';
import { featureStudentLayout, seeFeatures, type FeatureStudentSpec } from '../networks/feature-student.ts';
import { store } from '../networks/parameters.ts';
import type { FeatureSpec } from '../networks/perceptual-features.ts';
import { emit } from '../onnx/emit.ts';

/** What the file gives out; fire4 is on the way, and no loss looks at it. */
const outputs = ['relu1', 'fire2', 'fire3', 'fire5'] as const;
/** Sizes are symbols in the file; this one only carries the graph. */
const anySide = 64;

export interface FeatureFileFacts {
  /** Said in the file's metadata: what was subtracted from RGB in [0,1], and by what it was divided. */
  readonly normalisation: NonNullable<FeatureSpec['normalisation']>;
  readonly licence: string;
  readonly source: string;
}

/** Weights [P] as a model: `image` [1,3,H,W] normalised → relu1 [1,64,·,·], fire2 and fire3 [1,128,·,·], fire5 [1,256,·,·]. */
export function featureFile(spec: FeatureStudentSpec, weights: Float32Array, { normalisation, licence, source }: FeatureFileFacts): Uint8Array {
  const maps = seeFeatures(store(featureStudentLayout(spec), weights), input('image', [1, 3, anySide, anySide]));
  const given = Object.fromEntries(outputs.map((name) => [name, maps[name]]));
  return emit(given, {
    symbolic: { image: [1, 3, 'H', 'W'], ...Object.fromEntries(outputs.map((name) => [name, [1, maps[name].shape[1], `${name}_h`, `${name}_w`]])) },
    metadata: {
      'preprocess.order': 'RGB',
      'preprocess.range': '0..1 then (x-mean)/std',
      'preprocess.mean': normalisation.mean.join(','),
      'preprocess.std': normalisation.deviation.join(','),
      license: licence,
      source,
    },
  });
}
