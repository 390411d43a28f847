// Foreign networks built for the purpose: what they want is found out, what cannot work is refused in words.
import { afterEach, describe, expect, it } from 'vitest';
import type { Extent } from '../../../../../src-main/contract/image.ts';
import { createOrtSessions } from '../../../../../src-main/engine/runtime/ort-node.ts';
import { openExternal, type ExternalOptions } from '../../../../../src-main/engine/styles/external/open-external.ts';
import type { ExternalRunner } from '../../../../../src-main/engine/styles/external/external-runner.ts';
import { trialPicture } from '../../../../../src-main/engine/styles/external/trial-picture.ts';
import { cropPatch } from '../../../../../src-main/engine/tensor/layout.ts';
import { readSafetensors, writeSafetensors } from '../../../../../src-main/engine/tensor/safetensors.ts';
import type { Tensor } from '../../../../../src-main/engine/tensor/tensor.ts';
import { blurWeights, int, ints, node, port, smallNetwork, text, type SmallNetwork } from '../../../../support/small-network.ts';

const sessions = createOrtSessions();
const open: ExternalRunner[] = [];

afterEach(async () => {
  for (const runner of open.splice(0)) await runner.close();
  expect(sessions.liveSessions()).toBe(0);
});

async function opened(network: SmallNetwork, options: Partial<ExternalOptions> = {}): Promise<ExternalRunner> {
  const runner = await openExternal(smallNetwork(network), 'net.onnx', { sessions, provider: 'cpu', threads: 1, ...options });
  open.push(runner);
  return runner;
}

const same = ints('pads', [1, 1, 1, 1]);
const blur = node('Conv', ['x', 'w'], 'a', [same]);
const tanhNet: SmallNetwork = { nodes: [blur, node('Tanh', ['a'], 'y')], constants: { w: blurWeights(3, 2) } };

function whole(size: Extent): { picture: Tensor; place: { x: number; y: number; width: number; height: number }; frame: Extent } {
  return { picture: trialPicture(size), place: { x: 0, y: 0, ...size }, frame: size };
}

describe('the value range', () => {
  it('is −1..1 where the graph ends in tanh', async () => {
    expect((await opened(tanhNet)).description).toMatchObject({ input: { range: '-1..1' }, output: { range: '-1..1' }, rangeEvidence: 'trial' });
  });

  it('is 0..1 where the graph ends in a sigmoid that bytes would saturate', async () => {
    const constants = { w: blurWeights(3, 6), half: { dims: [1], data: [-3] } };
    const { description } = await opened({ nodes: [blur, node('Add', ['a', 'half'], 'b'), node('Sigmoid', ['b'], 'y')], constants });
    expect(description).toMatchObject({ input: { range: '0..1' }, output: { range: '0..1' } });
  });

  it('is 0..255 where the graph clips there, and where it divides by 255 itself', async () => {
    const constants = { w: blurWeights(3), low: { dims: [], data: [0] }, high: { dims: [], data: [255] } };
    expect((await opened({ nodes: [blur, node('Clip', ['a', 'low', 'high'], 'y')], constants })).description.input.range).toBe('0..255');
    const scaled = { w: blurWeights(3, 4), n: { dims: [1], data: [255] } };
    const { description } = await opened({ nodes: [node('Div', ['x', 'n'], 'u'), node('Conv', ['u', 'w'], 'a', [same]), node('Sigmoid', ['a'], 'y')], constants: scaled });
    expect(description).toMatchObject({ input: { range: '0..255' }, output: { range: '0..1' }, rangeEvidence: 'graph' });
  });

  it('is what the file states where it states it', async () => {
    const { description } = await opened({ ...tanhNet, rest: { metadataProps: [{ key: 'Image.NominalPixelRange', value: 'Normalized_0_1' }] } });
    expect(description).toMatchObject({ input: { range: '0..1' }, rangeEvidence: 'stated' });
  });

  it('is 0..255 for bytes, and half precision goes in and out', async () => {
    const cast = (to: number) => [int('to', to)];
    const bytes = await opened({ type: 'uint8', nodes: [node('Cast', ['x'], 'f', cast(1)), node('Conv', ['f', 'w'], 'a', [same]), node('Cast', ['a'], 'y', cast(2))], constants: { w: blurWeights(3) } });
    expect(bytes.description).toMatchObject({ type: 'uint8', input: { range: '0..255' }, output: { range: '0..255' } });
    const half = await opened({ type: 'float16', nodes: [node('Cast', ['x'], 'f', cast(1)), blur, node('Tanh', ['a'], 'b'), node('Cast', ['b'], 'y', cast(10))].map((each) => (each === blur ? node('Conv', ['f', 'w'], 'a', [same]) : each)), constants: { w: blurWeights(3, 2) } });
    expect(half.description).toMatchObject({ type: 'float16', input: { range: '-1..1' } });
    const painted = await half.paint(whole({ width: 32, height: 32 }));
    expect(Math.min(...painted.data)).toBeGreaterThanOrEqual(0);
    expect(new Set(painted.data).size).toBeGreaterThan(100);
  });
});

describe('channels and layout', () => {
  it('are RGB with a word of caution where nothing is said, and BGR where the file says so', async () => {
    const silent = await opened(tanhNet);
    expect(silent.description).toMatchObject({ input: { channels: 'rgb' }, channelsEvidence: 'assumed' });
    expect(silent.notes.map(({ key }) => key)).toContain('network.channels-assumed');
    const bgr = await opened({ ...tanhNet, rest: { metadataProps: [{ key: 'Image.BitmapPixelFormat', value: 'Bgr8' }] } });
    expect(bgr.description).toMatchObject({ input: { channels: 'bgr' }, channelsEvidence: 'stated' });
    expect(bgr.notes.map(({ key }) => key)).not.toContain('network.channels-assumed');
    const inWords = await opened({ ...tanhNet, rest: { docString: 'Image in BGR format.' } });
    expect(inWords.description.input.channels).toBe('bgr');
  });

  it('follow --channels against the file, so that the first channel of the network is blue', async () => {
    // Keeps the network's first channel only.
    const mask = { dims: [1, 3, 1, 1], data: [1, 0, 0] };
    const runner = await opened({ nodes: [node('Mul', ['x', 'mask'], 'a'), node('Identity', ['a'], 'y')], constants: { mask } }, { channels: 'bgr' });
    expect(runner.description.channelsEvidence).toBe('chosen');
    const size = { width: 8, height: 8 };
    const { data } = await runner.paint(whole(size));
    expect(Math.max(...data.subarray(0, 128))).toBe(0);
    expect([...data.subarray(128)]).toEqual([...trialPicture(size).data.subarray(128)]);
  });

  it('take pictures whose channels come last, also where the output declares no size at all', async () => {
    const dims = [1, 'H', 'W', 3];
    const nodes = [node('Transpose', ['x'], 't', [ints('perm', [0, 3, 1, 2])]), node('Conv', ['t', 'w'], 'a', [same]), node('Tanh', ['a'], 'b'), node('Transpose', ['b'], 'y', [ints('perm', [0, 2, 3, 1])])];
    const runner = await opened({ nodes, constants: { w: blurWeights(3, 2) }, input: dims, output: ['N', 'a', 'b', 'c'] });
    expect(runner.description).toMatchObject({ layout: 'nhwc', input: { range: '-1..1' } });
    const straight = await (await opened(tanhNet)).paint(whole({ width: 24, height: 16 }));
    expect([...(await runner.paint(whole({ width: 24, height: 16 }))).data]).toEqual([...straight.data]);
  });
});

const upsample = node('Resize', ['b', '', 'scales'], 'c', [text('mode', 'nearest'), text('coordinate_transformation_mode', 'asymmetric'), text('nearest_mode', 'floor')]);
/** conv 3×3 /2, instance norm, nearest ×2, conv 3×3, tanh: stride 2, one norm over the whole picture. */
const normNet: SmallNetwork = {
  nodes: [
    node('Conv', ['x', 'w'], 'a', [same, ints('strides', [2, 2])]),
    node('InstanceNormalization', ['a', 'gamma', 'beta'], 'b'),
    upsample,
    node('Conv', ['c', 'w'], 'd', [same]),
    node('Tanh', ['d'], 'y'),
  ],
  constants: { w: blurWeights(3), gamma: { dims: [3], data: [1, 0.8, 1.2] }, beta: { dims: [3], data: [0, 0.1, -0.1] }, scales: { dims: [4], data: [1, 1, 2, 2] } },
};

describe('sizes and tiles', () => {
  it('find the multiple that a strided network needs', async () => {
    expect((await opened(normNet)).description.multiple).toBe(2);
    expect((await opened(tanhNet)).description.multiple).toBe(1);
  });

  it('freeze the statistics, so that a tile with the stated halo equals the whole to the bit and a narrower one does not', async () => {
    const runner = await opened(normNet);
    expect(runner.description.tiles).toBe('frozen');
    const size = { width: 96, height: 64 };
    await runner.measure(trialPicture({ width: 50, height: 34 }));
    const all = await runner.paint(whole(size));
    const core = { x: 32, y: 24, width: 16, height: 8 };
    const differences = [];
    for (const halo of [runner.tiling.haloPx, 0].map((px) => Math.ceil(px / 2) * 2)) {
      const place = { x: core.x - halo, y: core.y - halo, width: core.width + 2 * halo, height: core.height + 2 * halo };
      const { planes } = cropPatch({ place: { x: 0, y: 0, ...size }, planes: trialPicture(size) }, place);
      const tile = await runner.paint({ picture: planes, place, frame: size });
      const [a, b] = [cropPatch({ place, planes: tile }, core), cropPatch({ place: { x: 0, y: 0, ...size }, planes: all }, core)];
      differences.push(a.planes.data.filter((value, i) => value !== b.planes.data[i]).length);
    }
    expect(differences[0]).toBe(0);
    expect(differences[1]).toBeGreaterThan(0);
  });

  it('freeze to what the live network gives where the thumbnail is the picture', async () => {
    const runner = await opened(normNet);
    const window = whole({ width: 96, height: 96 });
    const live = await runner.paint(window);
    await runner.measure(window.picture);
    const frozen = await runner.paint(window);
    expect(Math.max(...live.data.map((value, i) => Math.abs(value - frozen.data[i]!)))).toBeLessThan(1e-5);
  });

  it('take statistics that were stored as bytes, and paint the same to the bit', async () => {
    const [measured, thawed] = [await opened(normNet), await opened(normNet)];
    const window = whole({ width: 96, height: 96 });
    await measured.measure(trialPicture({ width: 50, height: 34 }));
    await thawed.thaw(readSafetensors(writeSafetensors(measured.freeze()), 'statistics'));
    expect((await thawed.paint(window)).data).toEqual((await measured.paint(window)).data);
    await expect(thawed.thaw({})).rejects.toMatchObject({ code: 'asset.corrupt' });
  });

  it('paint fixed-size networks in tiles of that size', async () => {
    const dims = [1, 3, 48, 64];
    const runner = await opened({ ...normNet, input: dims, output: dims });
    expect(runner.tiling).toMatchObject({ fixed: { width: 64, height: 48 }, multiple: 2 });
    expect(runner.notes.map(({ key }) => key)).toContain('network.fixed-size');
    await runner.measure(trialPicture({ width: 200, height: 100 }));
    expect((await runner.paint(whole({ width: 64, height: 48 }))).shape).toEqual([1, 3, 48, 64]);
  });

  it('say so where a network looks at the whole picture in a way that cannot be frozen', async () => {
    const nodes = [blur, node('Softmax', ['a'], 's', [int('axis', 3)]), node('Add', ['a', 's'], 'b'), node('Tanh', ['b'], 'y')];
    const runner = await opened({ nodes, constants: { w: blurWeights(3, 2) } });
    expect(runner.description.tiles).toBe('near');
    expect(runner.notes.map(({ key }) => key)).toContain('network.tiles-differ');
  });
});

describe('refusals', () => {
  const fault = (code: string, reason: RegExp = /./) => ({ code, details: expect.objectContaining({ file: 'net.onnx', reason: expect.stringMatching(reason) }) });

  it('name what is missing in a classifier', async () => {
    const nodes = [node('GlobalAveragePool', ['x'], 'p'), node('Flatten', ['p'], 'y')];
    await expect(opened({ nodes, output: [1, 3] })).rejects.toMatchObject(fault('network.not-an-image-network', /output is y \[1, 3\]/));
  });

  it('name the size in a network that enlarges', async () => {
    const nodes = [node('Conv', ['x', 'w'], 'b', [same]), { ...upsample, output: ['y'] }];
    const constants = { w: blurWeights(3), scales: { dims: [4], data: [1, 1, 2, 2] } };
    await expect(opened({ nodes, constants })).rejects.toMatchObject(fault('network.not-an-image-network', /96 × 96 px comes out as 192 × 192/));
    const fixed: SmallNetwork = { nodes, constants, input: [1, 3, 32, 32], output: [1, 3, 64, 64] };
    await expect(opened(fixed)).rejects.toMatchObject(fault('network.not-an-image-network', /32 × 32 px come out as 64 × 64/));
  });

  it('notice a network that forgets the picture', async () => {
    const constants = { w: blurWeights(3), zero: { dims: [1], data: [0] } };
    await expect(opened({ nodes: [blur, node('Mul', ['a', 'zero'], 'y')], constants })).rejects.toMatchObject(fault('network.not-an-image-network', /does not resemble/));
  });

  it('stop before a fixed size that no memory holds, and at one that holds no picture', async () => {
    const huge = [1, 3, 200_000, 200_000];
    await expect(opened({ ...tanhNet, input: huge, output: huge })).rejects.toMatchObject({ code: 'network.too-large', details: { limit: '4096 px' } });
    const tiny = [1, 3, 2, 2];
    await expect(opened({ ...tanhNet, input: tiny, output: tiny })).rejects.toMatchObject(fault('network.not-an-image-network'));
  });

  it('name an operator that nobody knows', async () => {
    await expect(opened({ nodes: [node('PaintLikeMonet', ['x'], 'y')] })).rejects.toMatchObject({ code: 'network.custom-operator', details: { operator: expect.stringContaining('PaintLikeMonet') } });
  });

  it('point to --predictor where a second input is needed', async () => {
    const bytes = smallNetwork({ nodes: [node('Add', ['x', 'style'], 'y')], rest: { graph: { node: [node('Add', ['x', 'style'], 'y')], input: [port('x', [1, 3, 'H', 'W']), port('style', [1, 3, 1, 1])], output: [port('y', [1, 3, 'H', 'W'])] } } });
    await expect(openExternal(bytes, 'net.onnx', { sessions, provider: 'cpu' })).rejects.toMatchObject(fault('network.not-an-image-network', /“style”.*--predictor/));
  });

  it('blame the device, not the file, where a provider is missing', async () => {
    await expect(opened(tanhNet, { provider: process.platform === 'darwin' ? 'dml' : 'coreml' })).rejects.toMatchObject({ code: 'session.rejected' });
  });
});
