// Resuming: a run that was interrupted ends in the same bits as one that was not.
import { afterEach, describe, expect, it } from 'vitest';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import { freshGuard } from '../../../../src-main/engine/training/guard.ts';
import type { StateVectors } from '../../../../src-main/engine/training/state.ts';
import { createBatches } from '../../../../src-main/engine/training/batch.ts';
import { patchRule } from '../../../../src-main/engine/training/phase-run.ts';
import type { TrainerSetup } from '../../../../src-main/engine/training/trainer.ts';
import { smallPhase, smallRecipe, smallSetup } from '../../../support/small-teaching.ts';
import { runTraining, vectorsOf } from '../../../support/training-run.ts';

const sessions = createOrtSessions();
afterEach(() => expect(sessions.liveSessions()).toBe(0));

const bits = (vectors: StateVectors): Record<string, string> =>
  Object.fromEntries(Object.entries(vectors).map(([name, { buffer, byteOffset, byteLength }]) => [name, Buffer.from(buffer, byteOffset, byteLength).toString('base64')]));

/** Cancels after a step and goes on from the checkpoint that was left. */
async function interrupted(setup: TrainerSetup, step: number): Promise<StateVectors> {
  const first = await runTraining(setup, step);
  expect(first.outcome).toMatchObject({ code: 'job.cancelled' });
  expect(first.checkpoints.length).toBeGreaterThan(0);
  const second = await runTraining({ ...setup, resume: first.checkpoints.at(-1) });
  expect(second.metrics[0]?.step).toBe(step + 1);
  return vectorsOf(second);
}

describe('a resumed run', () => {
  it.each(['sketch', 'refine'] as const)('of depth %s equals a straight one to the bit', async (depth) => {
    const setup = await smallSetup(sessions, smallRecipe([smallPhase(depth, 6)]));
    const straight = vectorsOf(await runTraining(setup));
    expect(bits(await interrupted(setup, 3))).toEqual(bits(straight));
    // and it did learn
    expect(straight.code).not.toEqual(setup.start.code);
    if (depth === 'sketch') expect(straight.weights).toEqual(setup.start.weights);
    else expect(straight.weights).not.toEqual(setup.start.weights);
  });

  it('equals a straight one to the bit across phases, with R1, wherever it was cut', async () => {
    const setup = await smallSetup(sessions, smallRecipe([smallPhase('refine', 3), smallPhase('paint', 4)], { objective: 'non-saturating' }));
    const straight = await runTraining(setup);
    expect(straight.metrics.map(({ depth }) => depth)).toEqual(['refine', 'refine', 'refine', 'paint', 'paint', 'paint', 'paint']);
    expect(straight.metrics.at(-1)?.losses.r1).toBeGreaterThan(0);
    for (const step of [2, 3, 5]) expect(bits(await interrupted(setup, step))).toEqual(bits(vectorsOf(straight)));
  });

  it('equals a straight one to the bit while the winner is being skipped', async () => {
    const bare = await smallSetup(sessions, smallRecipe([smallPhase('paint', 5)]));
    const random = createBatches(bare.dataset, { ...patchRule, cropPx: 32, styleSizePx: 96 }, 7).state();
    const ahead = { ...freshGuard, smoothedAccuracy: 0.97 };
    const resume = { recipe: bare.recipe, phase: 0, step: 0, random, guard: ahead, rateFactor: 1, rollBacks: 0, vectors: bare.start };
    const setup = { ...bare, resume };
    const straight = await runTraining(setup);
    expect(straight.metrics.filter(({ skipped }) => skipped === 'discriminator').length).toBeGreaterThan(0);
    expect(bits(await interrupted(setup, 2))).toEqual(bits(vectorsOf(straight)));
  });

  it('teaches several styles at once, and resumes that as well', async () => {
    const setup = await smallSetup(sessions, smallRecipe([smallPhase('paint', 4)]), 2);
    const straight = vectorsOf(await runTraining(setup));
    expect(straight.code?.length).toBe(setup.start.code?.length);
    expect(bits(await interrupted(setup, 2))).toEqual(bits(straight));
  });

  it('remembers what each style missed, so that a cut changes nothing of it', async () => {
    const phases = [smallPhase('refine', 5)];
    const setup = await smallSetup(sessions, smallRecipe(phases, { styleMemory: { crops: 4, own: 0.1 } }), 2);
    const straight = vectorsOf(await runTraining(setup));
    for (const step of [1, 3]) expect(bits(await interrupted(setup, step))).toEqual(bits(straight));
    const forgetful = vectorsOf(await runTraining(await smallSetup(sessions, smallRecipe(phases), 2)));
    expect(straight.weights).not.toEqual(forgetful.weights);
  });

  it('keeps a checkpoint as often as the recipe says', async () => {
    const setup = await smallSetup(sessions, smallRecipe([smallPhase('sketch', 7)], { checkpointEvery: 3 }));
    expect((await runTraining(setup)).checkpoints.map(({ step }) => step)).toEqual([3, 6]);
  });

  it('is refused vectors of another size without leaving a session', async () => {
    const setup = await smallSetup(sessions, smallRecipe([smallPhase('refine', 2)]));
    const { outcome } = await runTraining({ ...setup, start: { ...setup.start, code: new Float32Array(3) } });
    expect(outcome).toMatchObject({ code: 'tensor.shape-mismatch' });
  });
});
