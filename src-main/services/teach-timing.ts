// How long a step takes here: turns seconds into steps, and finds how many threads are quicker.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { StudioError } from '../contract/fault.ts';
import type { TeachRequest } from '../contract/teaching.ts';
import type { Depth } from '../contract/training.ts';
import { createBatches } from '../engine/training/batch.ts';
import { freshGuard } from '../engine/training/guard.ts';
import { openPhase, patchRule } from '../engine/training/phase-run.ts';
import type { TrainerSetup } from '../engine/training/trainer.ts';
import { depthsOf, phaseOf, type StepTimes } from './teach-plan.ts';

/** Steps that are timed to turn seconds into steps. */
const timedSteps = 20;
/** Steps that are timed with each number of threads. */
const trialSteps = 8;
/** More threads must be quicker by this to be worth the processor they take. */
const worthwhile = 0.95;

export interface Trial {
  readonly request: TeachRequest;
  readonly setup: Pick<TrainerSetup, 'recipe' | 'generator' | 'dataset' | 'features' | 'targets' | 'start' | 'sessions'>;
  readonly signal: AbortSignal;
}

/** Milliseconds per step of each depth of a request, over twenty steps that are thrown away. Throws job.cancelled. */
export async function timeSteps(trial: Trial, threads: number): Promise<StepTimes> {
  const times: Partial<Record<Depth, number>> = {};
  for (const depth of depthsOf(trial.request)) times[depth] = await timeDepth(trial, depth, threads, timedSteps);
  return times;
}

/**
 * One thread or `most`, whichever teaches the request's last depth faster here: two threads of one core, or small crops,
 * can make the second thread a burden. Throws job.cancelled.
 */
export async function quickerThreads(trial: Trial, most: number): Promise<number> {
  if (most === 1) return 1;
  const depth = depthsOf(trial.request).at(-1) ?? 'refine';
  const alone = await timeDepth(trial, depth, 1, trialSteps);
  const together = await timeDepth(trial, depth, most, trialSteps);
  return together < alone * worthwhile ? most : 1;
}

async function timeDepth({ request, setup, signal }: Trial, depth: Depth, threads: number, steps: number): Promise<number> {
  const { recipe, dataset, start } = setup;
  const run = await openPhase({ ...setup, phase: phaseOf(request, depth, steps), options: { provider: 'cpu', threads } }, start);
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
