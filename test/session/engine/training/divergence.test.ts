// What the trainer does when training leaves the road: back to the last good checkpoint, slower, and told; and the balance of the game.
import { afterEach, describe, expect, it } from 'vitest';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import type { Feeds } from '../../../../src-main/engine/runtime/session.ts';
import { blockOf } from '../../../../src-main/engine/training/blocked-layout.ts';
import { freshGuard } from '../../../../src-main/engine/training/guard.ts';
import { smallPhase, smallRecipe, smallSetup } from '../../../support/small-teaching.ts';
import { failingSessions, scriptedSessions } from '../../../support/failing-session.ts';
import { runTraining, vectorsOf, type TrainingRun } from '../../../support/training-run.ts';

const real = createOrtSessions();
afterEach(() => expect(real.liveSessions()).toBe(0));

const rateIn = (feeds: Feeds): number => Number(feeds['rate.code']!.data[0]);

describe('a run that diverges', () => {
  it('goes back to its last checkpoint at half the rates, says so, and ends well', async () => {
    const recipe = smallRecipe([smallPhase('sketch', 6)], { checkpointEvery: 2 });
    const rates: number[] = [];
    const sessions = scriptedSessions(real, (losses, run, feeds) => {
      rates.push(rateIn(feeds));
      if (run === 4) losses[0] = Number.NaN;
    });
    const run = await runTraining({ ...(await smallSetup(real, recipe)), sessions });
    expect(run.rollBacks).toEqual([{ reason: 'not-a-number', step: 2, rateFactor: 0.5 }]);
    // steps 3 and 4 again, after the checkpoint at 2
    expect(run.metrics.map(({ step }) => step)).toEqual([1, 2, 3, 3, 4, 5, 6]);
    expect(rates[4]).toBeCloseTo(rates[2]! / 2, 9);
    expect(rates[5]).toBeCloseTo(rates[3]! / 2, 9);
    expect(run.standings[3]).not.toEqual(run.standings[2]);
    expect(run.checkpoints.at(-1)).toMatchObject({ step: 6, rateFactor: 0.5, rollBacks: 1 });
    vectorsOf(run);
  });

  it('restores weights, moments and chance of the checkpoint exactly', async () => {
    const recipe = smallRecipe([smallPhase('sketch', 5, { codeRate: 0 })], { checkpointEvery: 2 });
    const setup = await smallSetup(real, recipe);
    const calm = await runTraining(setup);
    const sessions = scriptedSessions(real, (losses, run) => void (run === 4 && (losses[0] = Infinity)));
    const shaken = await runTraining({ ...setup, sessions });
    // at rate 0 half the rate is the same, so all that follows is equal only if all that was kept came back
    expect(vectorsOf(shaken)).toEqual(vectorsOf(calm));
    expect(shaken.metrics.at(-1)?.losses).toEqual(calm.metrics.at(-1)?.losses);
  });

  it('is given up after three roll-backs, at an eighth of the rates', async () => {
    const sessions = scriptedSessions(real, (losses, run) => void (run % 3 === 0 && (losses[0] = Number.NaN)), true);
    const run = await runTraining({ ...(await smallSetup(real, smallRecipe([smallPhase('sketch', 9)]))), sessions });
    expect(run.rollBacks.map(({ rateFactor }) => rateFactor)).toEqual([0.5, 0.25, 0.125]);
    expect(run.outcome).toMatchObject({ code: 'training.diverged', details: { reason: 'not-a-number', step: 3 } });
  });

  it('is seen by its norm', async () => {
    const setup = await smallSetup(real, smallRecipe([smallPhase('sketch', 45)]));
    const sessions = scriptedSessions(real, (losses, run) => void losses.fill(run === 40 ? 900 : 1), true);
    expect((await runTraining({ ...setup, sessions })).rollBacks).toEqual([{ reason: 'exploding-gradient', step: 0, rateFactor: 0.5 }]);
  });

  it.each([
    [1, 'discriminator-won'],
    [0, 'generator-won'],
  ] as const)('is seen when the accuracy stays at %d for 200 steps', async (accuracy, reason) => {
    const setup = await smallSetup(real, smallRecipe([smallPhase('paint', 205)]));
    const names = Object.keys((await runTraining({ ...setup, recipe: smallRecipe([smallPhase('paint', 1)]) })).metrics[0]!.losses);
    const sessions = scriptedSessions(real, (losses, run) => {
      losses.fill(1);
      losses[names.indexOf('accuracy')] = run <= 200 ? accuracy : 0.5;
    }, true);
    const run = await runTraining({ ...setup, sessions });
    expect(run.rollBacks).toEqual([{ reason, step: 0, rateFactor: 0.5 }]);
    expect(run.metrics.findIndex(({ step }, index) => index > 0 && step === 1)).toBe(199);
    expect(run.metrics.at(-1)?.step).toBe(205);
  });
});

describe('the balance of the two networks', () => {
  const moved = ({ standings: [first, second] }: TrainingRun, group: string): boolean[] =>
    ['', '.first', '.second'].map((part) => !Buffer.from(first![group + part]!.buffer).equals(Buffer.from(second![group + part]!.buffer)));

  /** Two steps, in the second of which the guard believes this accuracy. */
  async function twoSteps(smoothedAccuracy: number): Promise<TrainingRun> {
    const setup = await smallSetup(real, smallRecipe([smallPhase('paint', 2)], { checkpointEvery: 1 }));
    const begun = await runTraining(setup, 1);
    const from = begun.checkpoints[0]!;
    const rest = await runTraining({ ...setup, resume: { ...from, guard: { ...freshGuard, smoothedAccuracy } } });
    return { ...rest, standings: [from.vectors, ...rest.standings] };
  }

  it.each([
    ['discriminator', 0.99, { weights: true, code: true, critic: false }],
    ['generator', 0.01, { weights: false, code: false, critic: true }],
    [undefined, 0.6, { weights: true, code: true, critic: true }],
  ] as const)('skips the update of the winner (%s): neither its numbers nor its moments move, and it is reported', async (winner, accuracy, moves) => {
    const run = await twoSteps(accuracy);
    expect(run.metrics[0]?.skipped).toBe(winner);
    for (const [group, expected] of Object.entries(moves)) {
      expect([group, ...moved(run, group)]).toEqual([group, expected, expected, expected]);
      expect(run.standings[1]![`${group}.updates`]![0]).toBe(expected ? 2 : 1);
    }
  });
});

describe('a session that fails', () => {
  it('at any of its openings and runs leaves none behind, and its own fault', async () => {
    const recipe = smallRecipe([smallPhase('sketch', 2), smallPhase('paint', 1)]);
    const attempt = async (sessions: ReturnType<typeof failingSessions>): Promise<unknown> => {
      try {
        return (await runTraining({ ...(await smallSetup(sessions, recipe)) })).outcome;
      } catch (thrown) {
        return thrown;
      }
    };
    const counted = failingSessions(real, 0);
    await attempt(counted);
    const trial = (await blockOf(real)) === undefined ? 1 : 2; // of the layout that paint would like
    expect(counted.acts()).toBe(9 + trial); // measuring the painting: 4, sketch: 3, paint: 2
    expect(await attempt(failingSessions(real, 8))).not.toBeInstanceOf(Error); // refused in the trial: it does without
    for (const n of Array.from({ length: counted.acts() }, (_, index) => index + 1).filter((act) => act !== 8)) {
      const opening = [1, 3, 5, 8 + trial].includes(n);
      expect(await attempt(failingSessions(real, n))).toMatchObject({ code: opening ? 'session.rejected' : 'session.failed', details: { reason: `act ${n} fails` } });
      expect(real.liveSessions()).toBe(0);
    }
  });
});
