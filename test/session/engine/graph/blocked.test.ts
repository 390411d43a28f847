// Convolutions in blocks of channels against plain ones, where this CPU's runtime has such a layout.
import { afterAll, describe, expect, it } from 'vitest';
import { blocked } from '../../../../src-main/engine/graph/blocked.ts';
import { gradients } from '../../../../src-main/engine/graph/gradient.ts';
import { biasedConv2d, constant, conv2d, input, leakyRelu, reduceSum } from '../../../../src-main/engine/graph/ops/index.ts';
import type { Rule } from '../../../../src-main/engine/graph/rewrite.ts';
import type { Value } from '../../../../src-main/engine/graph/value.ts';
import { emit } from '../../../../src-main/engine/onnx/emit.ts';
import { decodeModel } from '../../../../src-main/engine/onnx/proto.ts';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import { blockOf, trainingRules } from '../../../../src-main/engine/training/blocked-layout.ts';
import { failingSessions } from '../../../support/failing-session.ts';
import { spread } from '../../../support/proof-model.ts';

const sessions = createOrtSessions();
afterAll(() => expect(sessions.liveSessions()).toBe(0));
const block = await blockOf(sessions);

async function run(value: Value, ports: readonly Value[], rules: readonly Rule[]): Promise<{ numbers: Float32Array; domains: readonly string[] }> {
  const bytes = emit({ y: value }, { rules });
  const feeds = Object.fromEntries(ports.map(({ shape }, seed) => [`x${seed}`, tensor(shape, Float32Array.from(spread(shape, seed, [-1, 1]).data))]));
  const session = await sessions.open(bytes, { provider: 'cpu', threads: 1 });
  try {
    const { y } = await session.run(feeds);
    return { numbers: y.data as Float32Array, domains: decodeModel(bytes).graph.node.flatMap(({ domain, opType }) => (domain ? [opType] : [])) };
  } finally {
    await session.release();
  }
}

async function expectSame(value: Value, ports: readonly Value[]): Promise<readonly string[]> {
  const plain = await run(value, ports, []);
  const inBlocks = await run(value, ports, blocked(block!));
  const largest = plain.numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  expect(inBlocks.numbers.length).toBe(plain.numbers.length);
  for (const [index, number] of plain.numbers.entries()) expect(Math.abs(inBlocks.numbers[index] - number)).toBeLessThan(1e-5 * largest);
  return inBlocks.domains;
}

describe.skipIf(block === undefined)('a convolution in blocks', () => {
  it.each([
    ['of two blocks to three', 32, 48, 3, 1],
    ['of fewer channels than a block', 3, 32, 3, 1],
    ['to channels that leave part of a block empty', 16, 12, 3, 1],
    ['of one pixel', 16, 16, 1, 0],
    ['of 5 × 5 without padding', 16, 16, 5, 0],
  ])('%s gives the same numbers', async (_, c, m, kernel, padding) => {
    const ports = [input('x0', [2, c, 6, 7]), input('x1', [m, c, kernel, kernel])];
    expect(await expectSame(conv2d(ports[0], ports[1], { padding }), ports)).toContain('Conv');
  });

  it('takes its bias and activation along', async () => {
    const ports = [input('x0', [1, 16, 5, 5]), input('x1', [12, 16, 3, 3]), input('x2', [1, 12, 1, 1])];
    const y = leakyRelu(biasedConv2d(ports[0], ports[1], ports[2], { padding: 1 }), { slope: 0.2 });
    expect(await expectSame(y, ports)).toEqual(['ReorderInput', 'Conv', 'ReorderOutput']);
  });

  it('is left out for a judgement from many channels', async () => {
    const ports = [input('x0', [1, 16, 5, 6]), input('x1', [1, 16, 3, 3]), input('x2', [1, 1, 1, 1])];
    expect(await expectSame(biasedConv2d(ports[0], ports[1], ports[2], { padding: 1 }), ports)).toEqual([]);
  });

  it.each([
    ['from whole blocks', 16, 32],
    ['from fewer channels than a block', 16, 12],
  ])('serves gradients %s', async (_, c, m) => {
    const ports = [input('x0', [1, c, 6, 5]), input('x1', [m, c, 3, 3])];
    const y = leakyRelu(conv2d(ports[0], ports[1], { padding: 1 }), { slope: 0.2 });
    const domains = await expectSame(gradients(reduceSum(y, { axes: [0, 1, 2, 3] }), [ports[0]])[0], ports);
    expect(domains.filter((operator) => operator === 'Conv')).toHaveLength(2);
  });

  it('is not written for kernels that are stored, nor for shapes it does not fit', async () => {
    const x = input('x0', [1, 16, 6, 6]);
    const stored = constant(Float32Array.from(spread([16, 16, 3, 3], 3, [-1, 1]).data), [16, 16, 3, 3]);
    expect(await expectSame(conv2d(x, stored, { padding: 1 }), [x])).toEqual([]);
    const ports = [input('x0', [1, 20, 6, 6]), input('x1', [16, 20, 3, 3])];
    expect(await expectSame(conv2d(ports[0], ports[1], { padding: 1 }), ports)).toEqual([]);
  });
});

describe('rules for training', () => {
  it('do without blocks where the runtime refuses them', async () => {
    const refusing = failingSessions(sessions, 1);
    expect(await trainingRules('cpu', refusing)).toEqual([]);
  });
});
