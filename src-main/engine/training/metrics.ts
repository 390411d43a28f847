// Where a run stands in steps and time.
import type { TrainingMetrics, TrainingRecipe } from '../../contract/training.ts';

/** How much dearer a step of a depth is than one of `refine`; only used to guess phases that have not run yet. */
const relativeCost = { sketch: 0.7, refine: 1, paint: 1.35 } as const;
const smoothing = 0.95;

export interface Clock {
  /** Called after a step of a phase; steps count from 1. */
  tick(phase: number, step: number): Pick<TrainingMetrics, 'step' | 'steps' | 'stepMs' | 'secondsLeft'>;
}

/** Times steps and estimates what is left of all phases. */
export function createClock({ phases }: TrainingRecipe, now: () => number = () => performance.now()): Clock {
  const steps = phases.reduce((sum, phase) => sum + phase.steps, 0);
  let last = now();
  let stepMs = 0;
  let timedPhase = -1;
  let ticks = 0;
  return {
    tick: (phase, step) => {
      const time = now();
      const tookMs = time - last;
      last = time;
      ticks = phase === timedPhase ? ticks + 1 : 1;
      timedPhase = phase;
      // The first step of a phase carries the opening of its session.
      stepMs = ticks <= 2 ? tookMs : smoothing * stepMs + (1 - smoothing) * tookMs;
      const done = phases.slice(0, phase).reduce((sum, each) => sum + each.steps, 0) + step;
      const unit = stepMs / relativeCost[phases[phase].depth];
      const later = phases.slice(phase + 1).reduce((sum, each) => sum + each.steps * relativeCost[each.depth], 0);
      const secondsLeft = ((phases[phase].steps - step) * stepMs + later * unit) / 1000;
      return { step: done, steps, stepMs: tookMs, secondsLeft };
    },
  };
}
