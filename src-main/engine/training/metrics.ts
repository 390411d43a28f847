// Where a run stands in steps and time.
import type { TrainingMetrics, TrainingRecipe } from '../../contract/training.ts';

/** How much dearer a step of a depth is than one of `refine`; only used to guess phases that have not run yet. */
const relativeCost = { sketch: 0.7, refine: 1, paint: 1.35 } as const;
/** The pace of a run is that of its last so many ms: previews come now and then, other programs come and go. */
const paceMs = 30_000;
/** Of fewer or shorter steps no time is told: the first ones are slow, above all on a busy machine. */
const fewest = { steps: 10, ms: 8000, share: 0.1 } as const;

export interface Clock {
  /** Called after a step of a phase; steps count from 1. `secondsLeft` is absent until it can be told. */
  tick(phase: number, step: number): Pick<TrainingMetrics, 'step' | 'steps' | 'stepMs' | 'secondsLeft'>;
}

/** Times steps and estimates what is left of all phases. */
export function createClock({ phases }: TrainingRecipe, now: () => number = () => performance.now()): Clock {
  const steps = phases.reduce((sum, phase) => sum + phase.steps, 0);
  let last = now();
  let timedPhase = -1;
  /** When the last steps of this phase ended; the first one carries the opening of its session. */
  let ends: number[] = [];
  /** Ms of a step of `refine`, as far as it is known. */
  let unitMs: number | undefined;

  const measure = (phase: number, step: number): void => {
    const first = ends.findIndex((end) => last - end <= paceMs);
    ends = ends.slice(Math.max(0, Math.min(first, ends.length - 1 - fewest.steps)));
    const [count, ms] = [ends.length - 1, last - (ends[0] ?? last)];
    const { depth, steps: all } = phases[phase];
    if (count >= fewest.steps && (ms >= fewest.ms || step >= fewest.share * all)) unitMs = ms / count / relativeCost[depth];
  };

  return {
    tick: (phase, step) => {
      const time = now();
      const stepMs = time - last;
      last = time;
      if (phase !== timedPhase) ends = [];
      timedPhase = phase;
      ends.push(time);
      measure(phase, step);
      const done = phases.slice(0, phase).reduce((sum, each) => sum + each.steps, 0) + step;
      const ahead = phases.slice(phase).reduce((sum, each, index) => sum + (each.steps - (index === 0 ? step : 0)) * relativeCost[each.depth], 0);
      const isKnown = unitMs !== undefined || ahead === 0;
      return { step: done, steps, stepMs, ...(isKnown && { secondsLeft: (ahead * (unitMs ?? 0)) / 1000 }) };
    },
  };
}
