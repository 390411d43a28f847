// How long a step takes here: turns seconds into steps, and finds the quickest use of the processor.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { StudioError } from '../../contract/fault.ts';
import type { TeachRequest } from '../../contract/teaching.ts';
import type { Depth } from '../../contract/training.ts';
import { createBatches } from '../../engine/training/batch.ts';
import { freshGuard } from '../../engine/training/guard.ts';
import { openPhase, patchRule } from '../../engine/training/phase-run.ts';
import type { TrainerSetup } from '../../engine/training/trainer.ts';
import { depthsOf, phaseOf, type StepTimes } from './teach-plan.ts';

/** Steps that are timed to turn seconds into steps. */
const timedSteps = 20;
/** Steps that are timed at each pace. */
const trialSteps = 8;
/** A pace that takes more of the processor must be quicker by this. */
const worthwhile = 0.95;

export interface Trial {
  readonly request: TeachRequest;
  readonly setup: Pick<TrainerSetup, 'recipe' | 'generator' | 'dataset' | 'features' | 'targets' | 'start' | 'sessions'>;
  readonly signal: AbortSignal;
}

/** Milliseconds per step of each depth of a request, over twenty steps that are thrown away. Throws job.cancelled. */
export async function timeSteps(trial: Trial, pace: Pace): Promise<StepTimes> {
  const times: Partial<Record<Depth, number>> = {};
  for (const depth of depthsOf(trial.request)) times[depth] = await timeDepth(trial, depth, pace, timedSteps);
  return times;
}

/** How a run uses the processor. Threads decide its bits, spinning only its speed. */
export interface Pace {
  readonly threads: number;
  readonly spinning: boolean;
}

/**
 * One thread, `most`, or `most` that busily wait for one another, whichever teaches the request's last depth fastest here:
 * on a busy machine, or with small crops, more threads can be a burden. Throws job.cancelled.
 */
export async function quickestPace(trial: Trial, most: number): Promise<Pace> {
  let best: Pace = { threads: 1, spinning: false };
  if (most === 1) return best;
  const depth = depthsOf(trial.request).at(-1) ?? 'refine';
  let bestMs = await timeDepth(trial, depth, best, trialSteps);
  for (const spinning of [false, true]) {
    const pace = { threads: most, spinning };
    const ms = await timeDepth(trial, depth, pace, trialSteps);
    if (ms < bestMs * worthwhile) [best, bestMs] = [pace, ms];
  }
  return best;
}

async function timeDepth({ request, setup, signal }: Trial, depth: Depth, pace: Pace, steps: number): Promise<number> {
  const { recipe, dataset, start } = setup;
  const run = await openPhase({ ...setup, phase: phaseOf(request, depth, steps), options: { provider: 'cpu', ...pace } }, start);
  const batches = createBatches(dataset, { ...patchRule, cropPx: recipe.cropPx, styleSizePx: recipe.styleSizePx }, recipe.seed);
  let from = 0;
  try {
    for (let step = 0; step <= steps; step++) {
      await run.step(batches.next(), step, 1, freshGuard);
      if (step === 0) from = performance.now(); // the first run allocates
      await nextTurn(); // a cancel arrives between steps
      if (signal.aborted) throw new StudioError('job.cancelled');
    }
    return (performance.now() - from) / steps;
  } finally {
    await run.close();
  }
}
