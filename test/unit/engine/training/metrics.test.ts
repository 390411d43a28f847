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

  it('does not take the opening of a session for the time of a step', () => {
    const { after } = clockOf(['refine'], 101);
    after(3000, 0, 1);
    expect(after(50, 0, 2).secondsLeft).toBeCloseTo((99 * 50) / 1000, 6);
  });

  it('expects a later phase to cost what its depth costs', () => {
    const { after } = clockOf(['refine', 'paint'], 100);
    after(10, 0, 1);
    const left = after(10, 0, 2).secondsLeft;
    expect(left).toBeGreaterThan(1.98);
    expect(left).toBeLessThan(0.98 + 2);
    expect(after(10, 1, 100).secondsLeft).toBe(0);
  });
});
