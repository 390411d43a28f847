// What the artist wishes of a run reaches the objective of the very next step, with a single style as with many.
import { expect, it } from 'vitest';
import type { TrainingMetrics } from '../../../../src-main/contract/training.ts';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import { train } from '../../../../src-main/engine/training/trainer.ts';
import { smallPhase, smallRecipe, smallSetup } from '../../../support/small-teaching.ts';

/** Losses of the first step at a balance of painting and picture. */
async function firstStep(balance: number): Promise<TrainingMetrics['losses']> {
  const reports: TrainingMetrics[] = [];
  await train(await smallSetup(createOrtSessions(), smallRecipe([smallPhase('refine', 1)])), {
    signal: new AbortController().signal,
    metrics: (metrics) => reports.push(metrics),
    checkpoint: () => Promise.resolve(),
    standing: () => Promise.resolve(),
    steering: () => ({ balance, marks: [] }),
    rolledBack: () => undefined,
  });
  return reports[0]!.losses;
}

it('weighs the painting threefold at one end of the balance, the picture and its tones at the other', async () => {
  const [picture, middle, painting] = [await firstStep(0), await firstStep(0.5), await firstStep(1)];
  const { weights } = smallPhase('refine', 1);
  // the same batch and the same network: the terms are the same, their sum is not
  expect([picture!.style, painting!.style]).toEqual([middle!.style, middle!.style]);
  const [style, held] = [weights.style * middle!.style!, weights.content * middle!.content! + weights.tone! * middle!.tone! + weights.chroma! * middle!.chroma!];
  expect(painting!.total! - middle!.total!).toBeCloseTo(2 * style - (2 / 3) * held, 3);
  expect(picture!.total! - middle!.total!).toBeCloseTo(2 * held - (2 / 3) * style, 3);
});
