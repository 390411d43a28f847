// Distillation: a network learns to see what another sees, and an interrupted run ends in the same bits.
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { DistillationPhase, DistillationRecipe } from '../../../../src-main/contract/distillation.ts';
import { featureStudentLayout } from '../../../../src-main/engine/networks/feature-student.ts';
import { startVector } from '../../../../src-main/engine/networks/parameters.ts';
import { imageNet } from '../../../../src-main/engine/networks/perceptual-features.ts';
import { decodeModel } from '../../../../src-main/engine/onnx/proto.ts';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../../../src-main/engine/training/checkpoint.ts';
import { distil, type DistillationCheckpoint, type DistillationMetrics, type DistillationSetup } from '../../../../src-main/engine/training/distillation.ts';
import type { StateVectors } from '../../../../src-main/engine/training/state.ts';
import { imitatedNetwork } from '../../../support/imitated-network.ts';
import { strokePicture } from '../../../support/small-teaching.ts';

const sessions = createOrtSessions();
afterEach(() => expect(sessions.liveSessions()).toBe(0));

const guided: DistillationPhase = { steps: 3, rate: 4e-3, guided: true, batch: 1, weights: { map: 1, style: 0, content: 0 } };
const free: DistillationPhase = { ...guided, rate: 1e-3, guided: false, batch: 2, weights: { map: 1, style: 1, content: 1 } };
const squeezes = [16, 16, 16, 16] as const;

function setupOf(phases: readonly DistillationPhase[]): DistillationSetup {
  const recipe: DistillationRecipe = { formatVersion: 1, kind: 'features', name: 'small', seed: 3, squeezes, cropPx: 32, decay: 0.9, checkpointEvery: 1000, phases };
  return {
    recipe,
    pictures: [strokePicture(90, 70), strokePicture(64, 80, 1)],
    original: { model: decodeModel(imitatedNetwork()), file: 'original.onnx', normalisation: imageNet },
    sessions,
    options: { provider: 'cpu', threads: 1 },
  };
}

const bits = (vectors: StateVectors): Record<string, string> =>
  Object.fromEntries(Object.entries(vectors).map(([name, { buffer, byteOffset, byteLength }]) => [name, Buffer.from(buffer, byteOffset, byteLength).toString('base64')]));

interface Told {
  readonly metrics: DistillationMetrics[];
  readonly checkpoints: DistillationCheckpoint[];
  readonly vectors?: StateVectors;
}

async function run(setup: DistillationSetup, cancelAt = 0): Promise<Told> {
  const cancel = new AbortController();
  const told = { metrics: [] as DistillationMetrics[], checkpoints: [] as DistillationCheckpoint[] };
  const outcome = distil(setup, {
    signal: cancel.signal,
    metrics: (metrics) => {
      told.metrics.push(metrics);
      if (metrics.step === cancelAt) setImmediate(() => cancel.abort());
    },
    checkpoint: async (checkpoint) => void told.checkpoints.push(decodeCheckpoint(encodeCheckpoint(checkpoint), 'checkpoint.zip')),
    rolledBack: (reason) => expect(reason).toBe('none'),
  });
  if (cancelAt === 0) return { ...told, vectors: await outcome };
  await expect(outcome).rejects.toMatchObject({ code: 'job.cancelled' });
  return told;
}

describe('a network that is taught another’s features', () => {
  it('comes closer at every layer, guided first and then on its own', async () => {
    const { metrics } = await run(setupOf([{ ...guided, steps: 40 }, { ...free, steps: 20 }]));
    expect(metrics).toHaveLength(60);
    for (const layer of ['relu1', 'fire2', 'fire3', 'fire4', 'fire5']) {
      const mean = (from: number): number => metrics.slice(from, from + 10).reduce((sum, { losses }) => sum + losses[`map.${layer}`]! / 10, 0);
      expect(mean(30), layer).toBeLessThan(0.8 * mean(0));
    }
    expect(Object.keys(metrics[40]!.losses)).toEqual(expect.arrayContaining(['style.relu1', 'style.fire5', 'content']));
    const total = (from: number): number => metrics.slice(from, from + 5).reduce((sum, { losses }) => sum + losses.total!, 0);
    expect(total(55)).toBeLessThan(total(40));
  });

  it('ends in the same bits after an interruption, wherever it was cut', async () => {
    const setup = setupOf([guided, { ...guided, guided: false }]);
    const straight = (await run(setup)).vectors!;
    for (const step of [2, 4]) {
      const [kept] = (await run(setup, step)).checkpoints.slice(-1);
      const resumed = await run({ ...setup, resume: kept! });
      expect(resumed.metrics[0]!.step).toBe(step + 1);
      expect(bits(resumed.vectors!)).toEqual(bits(straight));
    }
  });

  it('leaves alone what the compared layers do not need', async () => {
    const setup = setupOf([{ ...guided, layers: ['fire4', 'fire5'] }]);
    const before = startVector(featureStudentLayout({ squeezes }), createRandom(3));
    const after = (await run(setup)).vectors!.weights;
    const deep = featureStudentLayout({ squeezes }).parameters.findIndex(({ name }) => name.startsWith('fire4'));
    const shallow = featureStudentLayout({ squeezes }).parameters.slice(0, deep).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b), 0);
    const moved = after.map((value, index) => Number(value !== before[index]));
    expect(moved.subarray(0, shallow)).not.toContain(1);
    expect(moved.subarray(shallow)).toContain(1);
  });

  it('says what an original lacks', async () => {
    const setup = setupOf([guided]);
    const bare = { ...setup.original, model: decodeModel(await readFile('resources/models/features.onnx')) };
    await expect(run({ ...setup, original: bare })).rejects.toMatchObject({ code: 'features.unusable', details: { file: 'original.onnx', reason: expect.stringContaining('fire4') as string } });
  });
});
