// The guard: who is ahead, and when training has left the road.
import { describe, expect, it } from 'vitest';
import { freshGuard, judge, winnerOf, type GuardState, type Verdict } from '../../../../src-main/engine/training/guard.ts';

type Losses = Readonly<Record<string, number>>;

/** The verdicts of a run of steps, up to the first divergence. */
function watch(steps: readonly Losses[], from: GuardState = freshGuard): Verdict[] {
  const verdicts: Verdict[] = [];
  let state = from;
  for (const losses of steps) {
    const verdict = judge(state, losses);
    verdicts.push(verdict);
    if (verdict.divergence) break;
    state = verdict.state;
  }
  return verdicts;
}

const steady = (length: number, losses: Losses): Losses[] => new Array<Losses>(length).fill({ total: 1, 'norm.weights': 1, ...losses });

describe('divergence', () => {
  it.each([Number.NaN, Infinity, -Infinity])('is seen in the very step that reports %d', (value) => {
    for (const name of ['total', 'style', 'norm.critic']) expect(judge(freshGuard, { total: 1, 'norm.weights': 1, [name]: value }).divergence).toBe('not-a-number');
  });

  it('is seen when the norm explodes, and not in one that is merely large or still settling', () => {
    const settled = steady(40, {});
    expect(watch([...settled, { total: 1, 'norm.weights': 150 }]).at(-1)?.divergence).toBeUndefined();
    expect(watch([...settled, { total: 1, 'norm.weights': 250 }]).at(-1)?.divergence).toBe('exploding-gradient');
    expect(watch([...steady(5, {}), { total: 1, 'norm.weights': 250 }]).at(-1)?.divergence).toBeUndefined();
    // a sketch has no weights to move: its code's norm counts
    const sketch = new Array<Losses>(40).fill({ total: 1, 'norm.code': 0.1 });
    expect(watch([...sketch, { total: 1, 'norm.code': 30 }]).at(-1)?.divergence).toBe('exploding-gradient');
  });

  it.each([
    [0.985, 'discriminator-won'],
    [0.015, 'generator-won'],
  ] as const)('is seen after 200 steps of mean accuracy %d', (accuracy, divergence) => {
    const verdicts = watch(steady(300, { accuracy }));
    expect(verdicts.length).toBe(200);
    expect(verdicts.at(-1)?.divergence).toBe(divergence);
  });

  it('is not seen in a game that is still played', () => {
    for (const accuracy of [0.5, 0.97, 0.03]) expect(watch(steady(400, { accuracy })).length).toBe(400);
    const recovering = [...steady(190, { accuracy: 1 }), ...steady(300, { accuracy: 0.6 })];
    expect(watch(recovering).length).toBe(490);
  });

  it('is seen on from a state that was kept as JSON', () => {
    const before = watch(steady(150, { accuracy: 1 })).at(-1)!.state;
    const after = watch(steady(100, { accuracy: 1 }), JSON.parse(JSON.stringify(before)) as GuardState);
    expect(after.length).toBe(50);
  });
});

describe('the winner', () => {
  it('is nobody at first, and who stays ahead after a while', () => {
    expect(winnerOf(freshGuard)).toBeUndefined();
    expect(winnerOf(watch(steady(5, { accuracy: 1 })).at(-1)!.state)).toBeUndefined();
    expect(winnerOf(watch(steady(20, { accuracy: 1 })).at(-1)!.state)).toBe('discriminator');
    expect(winnerOf(watch(steady(20, { accuracy: 0 })).at(-1)!.state)).toBe('generator');
  });

  it('plays again once the other has caught up', () => {
    expect(winnerOf(watch([...steady(20, { accuracy: 1 }), ...steady(10, { accuracy: 0.5 })]).at(-1)!.state)).toBeUndefined();
  });
});
