// The feature network of our own: the form it is taught in is the form it is used in.
import { describe, expect, it } from 'vitest';
import { input, relu } from '../../../../src-main/engine/graph/ops/index.ts';
import { defaultFeatureStudent, featureLayers, featureStudentLayout, practiseFeatures, seeFeatures } from '../../../../src-main/engine/networks/feature-student.ts';
import { startVector, store } from '../../../../src-main/engine/networks/parameters.ts';
import { emit } from '../../../../src-main/engine/onnx/emit.ts';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { readFeatureModel } from '../../../../src-main/engine/training/feature-model.ts';
import { featureFile } from '../../../../src-main/engine/training/feature-file.ts';
import { noiseAt, pictureOf } from '../../../support/pictures.ts';

const sessions = createOrtSessions();
const layout = featureStudentLayout(defaultFeatureStudent);
const vector = startVector(layout, createRandom(5));
const weights = store(layout, vector);
const facts = { normalisation: { mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.3, 0.4] }, licence: 'MIT', source: 'a test' };
const picture = (width: number, height: number) => pictureOf(width, height, (x, y) => [noiseAt(x, y, 1), noiseAt(x, y, 2), noiseAt(x, y, 3)]);

describe('the feature network', () => {
  it('sees the same while it is taught and while it is used', async () => {
    const x = input('x', [1, 3, 48, 40]);
    const seen = seeFeatures(weights, x);
    const practised = practiseFeatures(weights, x);
    const guided = practiseFeatures(weights, x, seen);
    const outputs = Object.fromEntries(featureLayers.flatMap((layer) => [[`seen.${layer}`, seen[layer]], [`own.${layer}`, relu(practised[layer])], [`given.${layer}`, relu(guided[layer])]]));
    const session = await sessions.open(emit(outputs), { provider: 'cpu', threads: 1 });
    try {
      const found = await session.run({ x: picture(40, 48) });
      for (const layer of featureLayers) {
        const [wanted, own, given] = ['seen', 'own', 'given'].map((form) => found[`${form}.${layer}`]!.data as Float32Array);
        expect(Math.max(...wanted)).toBeGreaterThan(0.1);
        for (const form of [own, given]) expect(Math.max(...wanted.map((value, index) => Math.abs(value - form[index])))).toBeLessThan(1e-4);
      }
    } finally {
      await session.release();
    }
  });

  it('is one file of stored weights that takes pictures of any size and serves as a teacher', async () => {
    const file = featureFile(defaultFeatureStudent, vector, facts);
    const session = await sessions.open(file, { provider: 'cpu', threads: 1 });
    try {
      const found = await session.run({ image: picture(75, 98) });
      expect(Object.fromEntries(Object.entries(found).map(([name, { shape }]) => [name, shape]))).toEqual({
        relu1: [1, 64, 48, 37],
        fire2: [1, 128, 24, 18],
        fire3: [1, 128, 24, 18],
        fire5: [1, 256, 12, 9],
      });
    } finally {
      await session.release();
    }
    expect(readFeatureModel(file, 'features.onnx').styleLayers).toEqual([
      { name: 'relu1', channels: 64 },
      { name: 'fire2', channels: 128 },
      { name: 'fire3', channels: 128 },
      { name: 'fire5', channels: 256 },
    ]);
  });
});
