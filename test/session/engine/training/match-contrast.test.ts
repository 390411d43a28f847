// Contrast of a style: raised to its painting's, never lowered, never beyond the limit.
import { describe, expect, it } from 'vitest';
import { createOrtSessions } from '../../../../src-main/engine/runtime/ort-node.ts';
import type { Picture } from '../../../../src-main/engine/training/augment.ts';
import { matchContrast } from '../../../../src-main/engine/training/match-contrast.ts';
import { codeBySeed, weightsBySeed } from '../../../support/small-styles.ts';
import { smallDataset, smallGenerator } from '../../../support/small-teaching.ts';

/** Two tones side by side. */
function halves(dark: number, light: number): Picture {
  const data = new Uint8Array(3 * 64 * 64).map((_, index) => (Math.floor(index / 3) % 64 < 32 ? dark : light));
  return { width: 64, height: 64, channels: 3, depth: 8, data };
}

const setup = (painting: Picture, changes: object = {}) => ({
  generator: smallGenerator, weights: weightsBySeed(smallGenerator, 5), code: codeBySeed(smallGenerator, 5), painting, photos: smallDataset().photos,
  seed: 1, mostGain: 3, sessions: createOrtSessions(), options: { provider: 'cpu', threads: 1 } as const, ...changes,
});

describe('matchContrast', () => {
  it('leaves a style alone that is as lively as its painting', async () => {
    const flat = setup(halves(120, 121));
    const matched = await matchContrast(flat);
    expect(matched.gain).toBe(1);
    expect(matched.weights).toEqual(flat.weights);
  });

  it('makes readable what is fainter than any picture should be', async () => {
    const faint = setup(halves(120, 121));
    const weights = faint.weights.map((value, index) => (index < faint.weights.length - 12 * (16 * 9 + 1) ? value : value / 8));
    const matched = await matchContrast({ ...faint, weights, mostGain: 4 });
    expect(matched.gain).toBeGreaterThan(1);
  });

  it('stops at the limit', async () => {
    expect((await matchContrast(setup(halves(0, 255), { mostGain: 1.25 }))).gain).toBe(1.25);
  });

  it('brings a dull style to the contrast of its painting by the last layer alone, so that nothing is left to do', async () => {
    const dull = setup(halves(40, 180));
    const { weights, gain } = await matchContrast(dull);
    expect(gain).toBeGreaterThan(1.1);
    expect(gain).toBeLessThan(3);
    expect((await matchContrast({ ...dull, weights })).gain).toBeCloseTo(1, 1);
    expect(weights.findIndex((value, index) => value !== dull.weights[index])).toBe(weights.length - 12 * (16 * 9 + 1));
  });
});
