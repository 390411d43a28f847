// A painter and a predictor made for each other, and pairs that do not fit.
import { afterEach, describe, expect, it } from 'vitest';
import { createOrtSessions } from '../../../../../src-main/engine/runtime/ort-node.ts';
import { openExternalPair } from '../../../../../src-main/engine/styles/external/open-external-pair.ts';
import { trialPicture } from '../../../../../src-main/engine/styles/external/trial-picture.ts';
import { tensor } from '../../../../../src-main/engine/tensor/tensor.ts';
import { anySize, blurWeights, ints, node, port, smallNetwork } from '../../../../support/small-network.ts';

const sessions = createOrtSessions();
afterEach(() => expect(sessions.liveSessions()).toBe(0));
const options = { sessions, provider: 'cpu' as const, threads: 1 };

/** The mean colour of the style picture… */
const predictor = { file: 'predict.onnx', model: smallNetwork({ nodes: [node('GlobalAveragePool', ['x'], 'y')], output: [1, 3, 1, 1] }) };
/** …is added to the picture. */
function transfer(channels: number) {
  const nodes = [node('Conv', ['x', 'w'], 'a', [ints('pads', [1, 1, 1, 1])]), node('Add', ['a', 'style'], 'b'), node('Clip', ['b', 'low', 'high'], 'y')];
  const constants = [['w', blurWeights(3, 0.5)], ['low', { dims: [], data: [0] }], ['high', { dims: [], data: [1] }]] as const;
  const initializer = constants.map(([name, { dims, data }]) => ({ name, dims: [...dims], dataType: 1, rawData: new Uint8Array(Float32Array.from(data).buffer) }));
  const graph = { name: 'g', node: nodes, initializer, input: [port('x', anySize), port('style', [1, channels, 1, 1])], output: [port('y', anySize)] };
  return { file: 'transfer.onnx', model: smallNetwork({ nodes, rest: { graph } }) };
}

function plain(colour: readonly number[]) {
  return tensor([1, 3, 8, 8], Float32Array.from({ length: 192 }, (_, i) => colour[Math.floor(i / 64)]!));
}

async function paintWith(colour: readonly number[]): Promise<readonly number[]> {
  const runner = await openExternalPair(transfer(3), predictor, plain(colour), options);
  const size = { width: 32, height: 32 };
  const { data } = await runner.paint({ picture: trialPicture(size), place: { x: 0, y: 0, ...size }, frame: size });
  await runner.close();
  return [0, 1, 2].map((c) => data.subarray(c * 1024, (c + 1) * 1024).reduce((sum, value) => sum + value, 0) / 1024);
}

describe('a pair of networks', () => {
  it('paints with the style that the predictor reads from the picture', async () => {
    const red = await paintWith([0.4, 0, 0]);
    const blue = await paintWith([0, 0, 0.4]);
    expect(red[0]! - blue[0]!).toBeGreaterThan(0.3);
    expect(blue[2]! - red[2]!).toBeGreaterThan(0.3);
    expect(red[1]).toBeCloseTo(blue[1]!, 5);
  });

  it('is refused when the style has another size than the painter wants', async () => {
    await expect(openExternalPair(transfer(7), predictor, plain([1, 1, 1]), options)).rejects.toMatchObject({
      code: 'network.not-an-image-network',
      details: { reason: expect.stringContaining('predict.onnx gives 1×3×1×1') },
    });
  });

  it('is refused when the painter needs no style', async () => {
    const alone = { file: 'alone.onnx', model: smallNetwork({ nodes: [node('Tanh', ['x'], 'y')] }) };
    await expect(openExternalPair(alone, predictor, plain([1, 1, 1]), options)).rejects.toMatchObject({ code: 'network.not-an-image-network' });
  });
});
