// Measures that look through a network: opened only when understood, in the right order, nothing left open.
import { afterEach, describe, expect, it } from 'vitest';
import { diversity } from '../../../../src-main/engine/metrics/diversity.ts';
import { featureDistance } from '../../../../src-main/engine/metrics/feature-distance.ts';
import { openFeatureNetwork } from '../../../../src-main/engine/metrics/feature-network.ts';
import { realism } from '../../../../src-main/engine/metrics/realism.ts';
import { styleMatch } from '../../../../src-main/engine/metrics/style-match.ts';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import { noiseAt, pictureOf, stripes } from '../../../support/pictures.ts';
import { tinyFeatureNetwork } from '../../../support/tiny-feature-network.ts';

const sessions = createOrtSessions();
const options = { provider: 'cpu', threads: 1 } as const;
const open = (model = tinyFeatureNetwork()) => openFeatureNetwork(model, 'f.onnx', sessions, options);

afterEach(() => expect(sessions.liveSessions()).toBe(0));

describe('a feature network', () => {
  it('shows its layers at their sizes', async () => {
    const network = await open();
    const features = await network.features(stripes(64, 48, 8, 0));
    expect(Object.values(features).map(({ shape }) => shape.join())).toEqual(['1,12,24,32', '1,16,12,16', '1,16,12,16', '1,16,6,8']);
    await network.close();
  });

  it('normalises the input as the family wants, or as the file says', async () => {
    const grey = pictureOf(32, 32, () => [0.485, 0.456, 0.406]);
    const family = await open();
    expect(Math.max(...(await family.features(grey))['relu1']!.data)).toBeLessThan(1e-5);
    await family.close();
    const stated = await open(tinyFeatureNetwork({ metadata: { 'preprocess.mean': '0,0,0', 'preprocess.std': '1,1,1' } }));
    expect(Math.max(...(await stated.features(grey))['relu1']!.data)).toBeGreaterThan(0.01);
    await stated.close();
  });

  it('has the Gram matrix that a sum over places gives', async () => {
    const network = await open();
    const picture = stripes(40, 36, 6, 1);
    const { data, shape } = (await network.features(picture))['relu1']!;
    const [first] = await network.styleStatistics(picture);
    const places = shape[2]! * shape[3]!;
    let sum = 0;
    for (let i = 0; i < places; i++) sum += data[2 * places + i]! * data[5 * places + i]!;
    expect(first!.gram[2 * 12 + 5]).toBeCloseTo(sum / places, 4);
    await network.close();
  });

  it.each([
    ['unknown outputs', tinyFeatureNetwork({ outputs: ['a', 'b', 'c', 'd'] }), 'no known family'],
    ['an input that is no RGB picture', tinyFeatureNetwork({ inputChannels: 1 }), '[N,3,H,W]'],
    ['a family that must say how it is fed and does not', tinyFeatureNetwork({ outputs: ['relu1_1', 'relu2_1', 'relu3_1', 'relu4_1'] }), 'normalised'],
  ])('is refused with %s', async (_, model, reason) => {
    await expect(open(model)).rejects.toMatchObject({ code: 'features.unusable', details: { file: 'f.onnx', reason: expect.stringContaining(reason) } });
  });

  it('is refused when it is no network', async () => {
    await expect(open(new Uint8Array([1, 2, 3]))).rejects.toMatchObject({ code: 'network.corrupt' });
  });
});

describe('measured through it', () => {
  it('a picture is nearer to itself with noise than to another picture', async () => {
    const network = await open();
    const picture = stripes(64, 64, 9, 0.3);
    const [own, noisy, other] = [
      await network.features(picture),
      await network.features({ ...picture, data: picture.data.map((value, i) => value + 0.05 * noiseAt(i, 1)) }),
      await network.features(stripes(64, 64, 20, 1.8)),
    ];
    expect(featureDistance(own, own)).toBeCloseTo(0, 9);
    expect(featureDistance(own, noisy)).toBeLessThan(featureDistance(own, other));
    await network.close();
  });

  it('another piece of the same texture is about as close as the texture to itself; another texture is far', async () => {
    const network = await open();
    const style = [stripes(256, 256, 9, 0.5, 1)];
    const [same, other] = await styleMatch([stripes(256, 256, 9, 0.5, 2), stripes(256, 256, 24, 2, 2)], style, 'full', network);
    expect(same!.gram).toBeGreaterThan(0.5);
    expect(same!.gram).toBeLessThan(2);
    expect(other!.gram).toBeGreaterThan(3 * same!.gram);
    expect(other!.moments).toBeGreaterThan(2 * same!.moments);
    await network.close();
  });

  it('a fine weave that matches at full size does not at a quarter', async () => {
    const network = await open();
    const weave = (x: number, y: number, seed: number) => 0.3 + 0.4 * noiseAt(x, y, seed);
    const brush = (x: number, y: number) => 0.2 * noiseAt(x >> 4, y >> 4, 9);
    const grey = (value: number) => [value, value, value] as const;
    const style = pictureOf(512, 512, (x, y) => grey(weave(x, y, 1) + brush(x, y)));
    const woven = pictureOf(512, 512, (x, y) => grey(weave(x, y, 2) + 0.1));
    const [[full], [quarter]] = [await styleMatch([woven], [style], 'full', network), await styleMatch([woven], [style], 'quarter', network)];
    expect(full!.gram).toBeCloseTo(1, 1);
    expect(quarter!.gram).toBeGreaterThan(1.25 * full!.gram);
    await network.close();
  });

  it('pictures too small for a scale have no match there', async () => {
    const network = await open();
    expect(await styleMatch([stripes(128, 128, 9, 0)], [stripes(128, 128, 9, 0)], 'quarter', network)).toEqual([]);
    await network.close();
  });

  it('equal pictures have no diversity, unequal ones more the more they differ', async () => {
    const network = await open();
    const base = stripes(64, 64, 9, 0.3);
    const strewn = (amount: number) => [1, 2, 3].map((seed) => ({ ...base, data: base.data.map((value, i) => value + amount * noiseAt(i, seed, seed)) }));
    expect(await diversity([base, base], network)).toBeCloseTo(0, 9);
    expect(await diversity([base], network)).toBe(0);
    expect(await diversity(strewn(0.3), network)).toBeGreaterThan(await diversity(strewn(0.05), network));
    await network.close();
  });
});

describe('realism', () => {
  it('is the mean score over patches', async () => {
    const session = await sessions.open(tinyFeatureNetwork({ outputs: ['score'] }), options);
    const picture = stripes(200, 120, 9, 0.3);
    const whole = (await session.run({ image: stripes(96, 96, 9, 0.3) }))['score']!;
    const mean = (whole.data as Float32Array).reduce((sum, value) => sum + value, 0) / whole.data.length;
    expect(await realism(picture, session)).toBeCloseTo(mean, 1);
    await expect(realism(stripes(90, 200, 9, 0), session)).rejects.toMatchObject({ code: 'tensor.shape-mismatch' });
    await session.release();
  });
});
