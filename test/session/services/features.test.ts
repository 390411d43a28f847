// The perceptual network that ships is found without being asked for, and is a teacher.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openFeatureNetwork } from '../../../src-main/engine/metrics/feature-network.ts';
import { createOrtSessions } from '../../../src-main/engine/runtime/ort-node.ts';
import { readFeatureModel } from '../../../src-main/engine/training/feature-model.ts';
import { findFeatures, readFeatures } from '../../../src-main/services/features.ts';
import { foldersOf } from '../../../src-main/services/node-platform.ts';
import { stripes } from '../../support/pictures.ts';

const find = () => findFeatures(undefined, {}, foldersOf({}).resources);

describe('the shipped perceptual network', () => {
  it('is what a fresh installation teaches with', async () => {
    const found = await find();
    expect(found.from).toBe('shipped');
    expect(found.path).toMatch(/models[\\/]features\.onnx$/);
    const { styleLayers, contentLayers } = readFeatureModel(await readFeatures(found), 'features.onnx');
    expect(styleLayers.map(({ name, channels }) => `${name} ${channels}`)).toEqual(['relu1 64', 'fire2 128', 'fire3 128', 'fire5 256']);
    expect(contentLayers).toEqual(['fire3']);
    expect((await readFile(found.path)).length).toBeLessThan(3e6);
  });

  it('sees at every layer, and tells two directions of strokes apart', async () => {
    const sessions = createOrtSessions();
    const network = await openFeatureNetwork(await readFeatures(await find()), 'features.onnx', sessions, { provider: 'cpu', threads: 1 });
    try {
      const [across, along] = [await network.features(stripes(64, 64, 8, 0)), await network.features(stripes(64, 64, 8, 1))];
      for (const layer of network.layers) {
        const [a, b] = [across[layer]!.data as Float32Array, along[layer]!.data as Float32Array];
        const power = (map: Float32Array): number => map.reduce((sum, value) => sum + value * value, 0);
        expect(power(a.map((value, index) => value - b[index]!)) / power(a), layer).toBeGreaterThan(0.1);
        expect(Math.min(...a)).toBeGreaterThanOrEqual(0);
      }
    } finally {
      await network.close();
    }
  });
});
