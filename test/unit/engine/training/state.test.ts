// The numbers of a run in two sets of buffers.
import { describe, expect, it } from 'vitest';
import { createState } from '../../../../src-main/engine/training/state.ts';

const groups = [
  { name: 'weights', size: 2, averaged: true },
  { name: 'critic', size: 1, averaged: false },
] as const;
const start = { weights: Float32Array.of(1, 2), critic: Float32Array.of(5) };

/** Writes a number into every output. */
function write(state: ReturnType<typeof createState>, value: number): void {
  for (const { data } of Object.values(state.into())) data.fill(value);
}

describe('the state of a run', () => {
  it('starts moments at zero and averages at the weights, and leaves what it was given alone', () => {
    const state = createState(groups, start);
    expect(state.vectors()).toMatchObject({ 'weights.first': Float32Array.of(0, 0), 'weights.average': Float32Array.of(1, 2), 'critic.second': Float32Array.of(0) });
    expect('critic.average' in state.vectors()).toBe(false);
    write(state, 9);
    state.advance();
    state.vectors().weights!.fill(3);
    expect(start.weights).toEqual(Float32Array.of(1, 2));
    expect(state.vectors().weights).toEqual(Float32Array.of(9, 9));
  });

  it('takes over nothing of a group that is held back, nor counts its update', () => {
    const state = createState(groups, start);
    write(state, 9);
    state.advance(new Set(['critic']));
    const { critic, 'critic.first': first, weights } = state.vectors();
    expect([critic, first, weights]).toEqual([Float32Array.of(5), Float32Array.of(0), Float32Array.of(9, 9)]);
    expect([state.updates('weights'), state.updates('critic')]).toEqual([1, 0]);
    write(state, 4);
    state.advance();
    expect(state.vectors().critic).toEqual(Float32Array.of(4));
    expect([state.updates('weights'), state.updates('critic')]).toEqual([2, 1]);
  });

  it('goes on from its own vectors', () => {
    const state = createState(groups, start);
    write(state, 7);
    state.advance();
    const again = createState(groups, state.vectors());
    expect(again.vectors()).toEqual(state.vectors());
    expect(again.updates('weights')).toBe(1);
  });
});
