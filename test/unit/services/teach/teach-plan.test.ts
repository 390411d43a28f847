// From a budget to phases: which depths, how many steps, at which rates and weights.
import { describe, expect, it } from 'vitest';
import type { TeachRequest } from '../../../../src-main/contract/teaching.ts';
import { depthsOf, phaseOf, planPhases } from '../../../../src-main/services/teach/teach-plan.ts';

const request: TeachRequest = { paintings: ['a.png'], name: 'A', features: 'f.onnx', base: 'b.vstyle', seed: 1, resume: false, out: '.', threads: 1 };

describe('the plan of a teaching', () => {
  it('goes as deep as asked: from a sketch over a base, from all weights without one', () => {
    expect(depthsOf(request)).toEqual(['sketch', 'refine', 'paint']);
    expect(depthsOf({ ...request, depth: 'refine' })).toEqual(['sketch', 'refine']);
    expect(depthsOf({ ...request, base: 'none' })).toEqual(['refine', 'paint']);
    expect(depthsOf({ ...request, base: 'none', continueStyle: 'a.vstyle' })).toEqual(['sketch', 'refine', 'paint']);
    expect(depthsOf({ ...request, depth: 'sketch' })).toEqual(['sketch']);
  });

  it.each([3, 10, 30, 31, 1000, 4999])('takes %i steps in all when so many are asked for', (steps) => {
    for (const depth of ['sketch', 'refine', 'paint'] as const) {
      const phases = planPhases({ ...request, depth, steps }, {});
      expect(phases.every((phase) => phase.steps >= 1)).toBe(true);
      if (steps >= 10) expect(phases.reduce((sum, phase) => sum + phase.steps, 0)).toBe(steps);
    }
  });

  it('takes as many steps as fit into the seconds, by the time each depth needs', () => {
    const phases = planPhases({ ...request, seconds: 100 }, { sketch: 10, refine: 50, paint: 100 });
    const ms = phases.map(({ steps }, index) => steps * [10, 50, 100][index]!);
    expect(ms.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(99_500);
    expect(ms.reduce((sum, each) => sum + each, 0)).toBeLessThan(100_500);
  });

  it('plays the game only when painting', () => {
    const [sketch, refine, paint] = planPhases({ ...request, steps: 100, r1: 2 }, {});
    expect([sketch, refine, paint].map((phase) => phase!.weights.adversarial > 0)).toEqual([false, false, true]);
    expect([sketch, refine, paint].map((phase) => phase!.weights.r1)).toEqual([0, 0, 2]);
    expect(sketch!.generatorRate).toBe(0);
    expect(paint!.discriminatorRate).toBeGreaterThan(0);
  });

  it('takes over the weights that are asked for and scales all rates alike', () => {
    const usual = phaseOf(request, 'paint', 10);
    const wished = phaseOf({ ...request, styleWeight: 3, contentWeight: 0.5, learningRate: 2 * phaseOf(request, 'refine', 1).generatorRate }, 'paint', 10);
    expect(wished.weights).toEqual({ ...usual.weights, style: 3, content: 0.5, tone: usual.weights.tone! / 2, chroma: usual.weights.chroma! / 2 });
    expect(wished.generatorRate).toBeCloseTo(2 * usual.generatorRate, 12);
    expect(wished.discriminatorRate).toBeCloseTo(2 * usual.discriminatorRate, 12);
  });
});
