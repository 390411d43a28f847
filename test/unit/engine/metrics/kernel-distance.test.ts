// Two samples by a kernel: nothing on average for one distribution, known values, more for more distortion.
import { describe, expect, it } from 'vitest';
import { kernelDistance, pooledDirections } from '../../../../src-main/engine/metrics/kernel-distance.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';

const random = createRandom(5);
/** Draws about `middle`, [4] each. */
const sample = (count: number, middle = 0, spread = 1): Float32Array[] => Array.from({ length: count }, () => Float32Array.from({ length: 4 }, () => middle + spread * random.normal()));
const numbers = (...values: number[]) => Float32Array.from(values);

describe('kernelDistance', () => {
  it('is unbiased: nothing on average for two samples of one distribution, however small they are', () => {
    const found = Array.from({ length: 4000 }, () => kernelDistance(sample(3), sample(5)));
    const average = found.reduce((sum, each) => sum + each, 0) / found.length;
    const deviation = Math.sqrt(found.reduce((sum, each) => sum + (each - average) ** 2, 0) / found.length);
    expect(Math.abs(average)).toBeLessThan((4 * deviation) / Math.sqrt(found.length));
    expect(found.some((each) => each < 0)).toBe(true);
  });

  it('is what the formula says', () => {
    // within: (2·0/2 + 1)³ = 1 and (4/2 + 1)³ = 27; across: 1, 1, (2/2 + 1)³ = 8 twice
    expect(kernelDistance([numbers(2, 0), numbers(0, 0)], [numbers(1, 0), numbers(1, 0)])).toBeCloseTo(1 + (1 / 2 + 1) ** 3 - 2 * ((8 + 1) / 2), 6);
  });

  it('grows with what is shifted and with what is spread', () => {
    const still = sample(200);
    const shifted = [0, 0.3, 0.6, 1.2].map((by) => kernelDistance(sample(200, by), still));
    const spread = [1, 1.5, 2, 3].map((by) => kernelDistance(sample(200, 0, by), still));
    for (const found of [shifted, spread]) expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(shifted[3]).toBeGreaterThan(10 * Math.abs(shifted[0]!));
  });

  it('refuses a sample of one, and numbers of different length', () => {
    const mismatch = expect.objectContaining({ code: 'tensor.shape-mismatch' });
    expect(() => kernelDistance([numbers(1)], [numbers(1), numbers(2)])).toThrow(mismatch);
    expect(() => kernelDistance([numbers(1), numbers(2)], [numbers(1, 2), numbers(2)])).toThrow(mismatch);
  });
});

describe('pooledDirections', () => {
  it('are the mean over places of what each place is, whatever its strength', () => {
    // two places: (3,4) and (10,0) point to (0.6,0.8) and (1,0)
    const pooled = pooledDirections(tensor([1, 2, 1, 2], numbers(3, 10, 4, 0)));
    expect(pooled[0]).toBeCloseTo(0.8 * Math.SQRT2, 6);
    expect(pooled[1]).toBeCloseTo(0.4 * Math.SQRT2, 6);
  });

  it('are nothing where nothing is active', () => {
    expect([...pooledDirections(tensor([1, 2, 1, 2]))]).toEqual([0, 0]);
  });
});
