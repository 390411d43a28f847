// The eyes of a run: read from a file, and a painting measured once with them.
import { afterEach, describe, expect, it } from 'vitest';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import { measureStyle, readFeatureModel, styleScales } from '../../../../src-main/engine/training/feature-model.ts';
import { targetNames } from '../../../../src-main/engine/training/step-graph.ts';
import { strokePicture } from '../../../support/small-teaching.ts';
import { tinyFeatureNetwork } from '../../../support/tiny-feature-network.ts';

const sessions = createOrtSessions();
const options = { provider: 'cpu', threads: 1 } as const;
afterEach(() => expect(sessions.liveSessions()).toBe(0));

describe('a feature model', () => {
  it('knows its layers by the names of its family', () => {
    const model = readFeatureModel(tinyFeatureNetwork(), 'tiny.onnx');
    expect(model.styleLayers).toEqual([{ name: 'relu1', channels: 12 }, { name: 'fire2', channels: 16 }, { name: 'fire3', channels: 16 }, { name: 'fire5', channels: 16 }]);
    expect(model.contentLayers).toEqual(['fire3']);
  });

  it('is refused by name where its layers are unknown, or it is no network', () => {
    expect(() => readFeatureModel(tinyFeatureNetwork({ outputs: ['a', 'b', 'c', 'd'] }), 'odd.onnx')).toThrowError(expect.objectContaining({ code: 'features.unusable', details: { file: 'odd.onnx', reason: expect.stringContaining('a, b, c, d') } }));
    expect(() => readFeatureModel(new TextEncoder().encode('no model'), 'text.onnx')).toThrowError(expect.objectContaining({ code: 'features.unusable' }));
  });
});

describe('a measured style', () => {
  const model = readFeatureModel(tinyFeatureNetwork(), 'tiny.onnx');
  const measured = (...paintings: Parameters<typeof measureStyle>[0]) => measureStyle(paintings, model, sessions, options);

  it('has a symmetric Gram matrix and its inverse size for every layer at every scale, of paintings of any size', async () => {
    const targets = await measured(strokePicture(101, 67));
    for (const { name, channels } of model.styleLayers) {
      for (const scale of styleScales) {
        const { gram, inverseRms } = targetNames(name, scale);
        const { shape, data } = targets[gram]!;
        expect(shape).toEqual([channels, channels]);
        for (let i = 0; i < channels; i++) for (let j = 0; j < i; j++) expect(data[i * channels + j]).toBeCloseTo(data[j * channels + i]!, 6);
        const rms = Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
        expect(targets[inverseRms]!.data[0]! * rms).toBeCloseTo(1, 5);
      }
    }
  });

  it('of several paintings is the mean of theirs', async () => {
    const [a, b] = [strokePicture(96, 80, 0), strokePicture(64, 96, 3)];
    const [one, other, both] = [await measured(a), await measured(b), await measured(a, b)];
    const { gram } = targetNames('fire2', 1);
    both[gram]!.data.forEach((value, at) => expect(value).toBeCloseTo((one[gram]!.data[at]! + other[gram]!.data[at]!) / 2, 5));
  });

  it('stays finite for a painting of one flat colour', async () => {
    const black = { ...strokePicture(64, 64), data: new Uint8Array(3 * 64 * 64) };
    for (const { data } of Object.values(await measured(black))) expect(data.every(Number.isFinite)).toBe(true);
  });
});
