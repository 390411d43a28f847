// Steps counted over all phases, and the time that is left.
import { describe, expect, it } from 'vitest';
import { createClock } from '../../../../src-main/engine/training/metrics.ts';
import { smallPhase, smallRecipe } from '../../../support/small-teaching.ts';

function clockOf(depths: readonly ('sketch' | 'refine' | 'paint')[], steps: number) {
  const time = { now: 0 };
  const clock = createClock(smallRecipe(depths.map((depth) => smallPhase(depth, steps))), () => time.now);
  return { after: (ms: number, phase: number, step: number) => ((time.now += ms), clock.tick(phase, step)) };
}

describe('the clock of a run', () => {
  it('counts steps over the phases', () => {
    const { after } = clockOf(['sketch', 'refine'], 10);
    expect(after(5, 0, 3)).toMatchObject({ step: 3, steps: 20, stepMs: 5 });
    expect(after(5, 1, 1)).toMatchObject({ step: 11, steps: 20 });
  });

  it('tells no time before it can be told, and never takes the opening of a session for a step', () => {
    const { after } = clockOf(['refine'], 10_000);
    after(3000, 0, 1);
    for (let step = 2; step <= 160; step++) expect(after(50, 0, step)).not.toHaveProperty('secondsLeft');
    expect(after(50, 0, 161).secondsLeft).toBeCloseTo((9839 * 50) / 1000, 6);
  });

  it('tells the time of a short run after a tenth of it', () => {
    const { after } = clockOf(['refine'], 101);
    for (let step = 1; step <= 10; step++) expect(after(5, 0, step)).not.toHaveProperty('secondsLeft');
    expect(after(5, 0, 11).secondsLeft).toBeCloseTo((90 * 5) / 1000, 6);
  });

  it('forgets a slow beginning: after a minute it is within a tenth of the truth', () => {
    const { after } = clockOf(['refine'], 4000);
    let step = 0;
    for (; step < 20; step++) after(900, 0, step + 1);
    let left: number | undefined;
    for (let ms = 0; ms < 42_000; ms += 60) left = after(60, 0, ++step).secondsLeft;
    const truth = ((4000 - step) * 60) / 1000;
    expect(Math.abs((left ?? 0) / truth - 1)).toBeLessThan(0.1);
  });

  it('expects a later phase to cost what its depth costs, also before it has begun', () => {
    const { after } = clockOf(['refine', 'paint'], 100);
    let left: number | undefined;
    for (let step = 1; step <= 100; step++) left = after(10, 0, step).secondsLeft;
    expect(left).toBeCloseTo(1.35, 6);
    expect(after(2000, 1, 1).secondsLeft).toBeCloseTo(0.99 * 1.35, 6);
    expect(after(10, 1, 100).secondsLeft).toBe(0);
  });
});
