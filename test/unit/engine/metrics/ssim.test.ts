// Structural similarity: its ends, its order, and one value by hand.
import { describe, expect, it } from 'vitest';
import { ssim } from '../../../../src-main/engine/metrics/ssim.ts';
import { noiseAt, pictureOf, stripes } from '../../../support/pictures.ts';

const flat = (value: number) => pictureOf(24, 20, () => [value, value, value]);

describe('ssim', () => {
  it('is 1 for a picture and itself', () => {
    const picture = stripes(40, 30, 7, 0.4);
    expect(ssim(picture, picture)).toBeCloseTo(1, 12);
  });

  it('is the luminance term alone for flat pictures', () => {
    const c1 = 0.01 ** 2;
    expect(ssim(flat(0.2), flat(0.6))).toBeCloseTo((2 * 0.2 * 0.6 + c1) / (0.2 ** 2 + 0.6 ** 2 + c1), 5);
  });

  it('is about nothing for unrelated noise and negative for the negative', () => {
    const noise = (seed: number) => pictureOf(48, 48, (x, y) => [noiseAt(x, y, seed), noiseAt(x, y, seed), noiseAt(x, y, seed)]);
    expect(Math.abs(ssim(noise(1), noise(2)))).toBeLessThan(0.05);
    expect(ssim(noise(1), pictureOf(48, 48, (x, y) => [1 - noiseAt(x, y, 1), 1 - noiseAt(x, y, 1), 1 - noiseAt(x, y, 1)]))).toBeLessThan(-0.8);
  });

  it('falls as noise grows, whichever of the two is noisy', () => {
    const clean = stripes(48, 40, 9, 1);
    const noisy = (amount: number) => ({ ...clean, data: clean.data.map((value, i) => value + amount * (noiseAt(i, 0) - 0.5)) });
    const values = [0.05, 0.1, 0.3].map((amount) => ssim(clean, noisy(amount)));
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(ssim(noisy(0.1), clean)).toBeCloseTo(values[1]!, 12);
  });

  it('weighs green most and blue least', () => {
    const shifted = (channel: number) => pictureOf(20, 20, (x) => [0, 1, 2].map((c) => 0.4 + (c === channel && x % 2 ? 0.3 : 0)) as [number, number, number]);
    const [red, green, blue] = [0, 1, 2].map((c) => ssim(pictureOf(20, 20, () => [0.4, 0.4, 0.4]), shifted(c)));
    expect(green).toBeLessThan(red!);
    expect(red).toBeLessThan(blue!);
  });

  it('refuses pictures of different size or below its window', () => {
    expect(() => ssim(flat(0), stripes(25, 20, 5, 0))).toThrow(expect.objectContaining({ code: 'tensor.shape-mismatch' }));
    expect(() => ssim(pictureOf(10, 40, () => [0, 0, 0]), pictureOf(10, 40, () => [0, 0, 0]))).toThrow(expect.objectContaining({ code: 'tensor.shape-mismatch' }));
  });
});
