// A feature network to imitate: one of our own kind with weights by chance that shows fire4 too, as SqueezeNet does.
import { defaultFeatureStudent, featureStudentLayout } from '../../src-main/engine/networks/feature-student.ts';
import { startVector } from '../../src-main/engine/networks/parameters.ts';
import { imageNet } from '../../src-main/engine/networks/perceptual-features.ts';
import { decodeModel, encodeModel } from '../../src-main/engine/onnx/proto.ts';
import { createRandom } from '../../src-main/engine/tensor/random.ts';
import { featureFile } from '../../src-main/engine/training/feature-file.ts';

/** Its bytes; fire4 is named inside, not given out. */
export function imitatedNetwork(): Uint8Array {
  const weights = startVector(featureStudentLayout(defaultFeatureStudent), createRandom(1));
  const model = decodeModel(featureFile(defaultFeatureStudent, weights, { normalisation: imageNet, licence: 'MIT', source: 'a test' }));
  const [, , fire4] = model.graph.node.filter(({ opType }) => opType === 'Concat');
  model.graph.node.push({ opType: 'Identity', input: [fire4!.output[0]!], output: ['fire4'] });
  return encodeModel(model);
}
