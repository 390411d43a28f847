// The noise: a function of seed and place on the artwork, whatever the tiling and the number of pixels.
import { describe, expect, it } from 'vitest';
import type { Region } from '../../../../src-main/contract/image.ts';
import { noiseField } from '../../../../src-main/engine/networks/noise-field.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';

const frame = { width: 320, height: 200 };
const whole = { x: 0, y: 0, ...frame };
const field = (place: Region, changes: { seed?: number; strength?: number; frame?: { width: number; height: number } } = {}): Float32Array =>
  noiseField({ seed: 3, strength: 1, place, frame, learnedSizePx: 320, ...changes }).data;

const meanOf = (numbers: Float32Array): number => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
const varianceOf = (numbers: Float32Array): number => meanOf(numbers.map((value) => value * value)) - meanOf(numbers) ** 2;

function correlation(a: Float32Array, b: Float32Array): number {
  const [ma, mb] = [meanOf(a), meanOf(b)];
  return meanOf(a.map((value, index) => (value - ma) * (b[index]! - mb))) / Math.sqrt(varianceOf(a) * varianceOf(b));
}

/** Means of factor × factor px. */
function reduced(numbers: Float32Array, width: number, factor: number): Float32Array {
  const columns = width / factor;
  const rows = numbers.length / width / factor;
  const means = new Float32Array(columns * rows);
  for (let i = 0; i < numbers.length; i++) {
    const at = Math.floor(Math.floor(i / width) / factor) * columns + Math.floor((i % width) / factor);
    means[at]! += numbers[i]! / factor ** 2;
  }
  return means;
}

describe('the noise field', () => {
  it('is the same to the bit in every window, past the edges included', () => {
    const around = { x: -40, y: -24, width: 400, height: 250 };
    const all = field(around);
    const random = createRandom(5);
    for (let trial = 0; trial < 20; trial++) {
      const [width, height] = [1 + random.integer(60), 1 + random.integer(60)];
      const place = { x: around.x + random.integer(400 - width), y: around.y + random.integer(250 - height), width, height };
      const window = field(place);
      for (let i = 0; i < window.length; i += 7) {
        const [x, y] = [place.x + (i % width) - around.x, place.y + Math.floor(i / width) - around.y];
        expect(window[i]).toBe(all[y * 400 + x]);
      }
    }
  });

  it('has mean 0 and unit variance, within a tenth', () => {
    const large = { width: 1200, height: 1200 };
    const wide = noiseField({ seed: 11, strength: 1, place: { x: 0, y: 0, ...large }, frame: large, learnedSizePx: 1200 }).data;
    expect(Math.abs(meanOf(wide))).toBeLessThan(0.05);
    expect(varianceOf(wide)).toBeGreaterThan(0.9);
    expect(varianceOf(wide)).toBeLessThan(1.1);
    expect(varianceOf(field(whole, { strength: 0.5 }))).toBeCloseTo(varianceOf(field(whole)) / 4, 5);
  });

  it('has nothing in common between two seeds', () => {
    expect(Math.abs(correlation(field(whole), field(whole, { seed: 4 })))).toBeLessThan(0.1);
  });

  it('is zeros at strength 0', () => {
    expect(field(whole, { strength: 0 }).every((value) => value === 0)).toBe(true);
  });

  it('is the same field of an artwork of other pixels, as long as its cells stay nearest to those that were learned', () => {
    const other = { width: 400, height: 250 };
    expect(correlation(reduced(field(whole), 320, 4), reduced(field({ x: 0, y: 0, ...other }, { frame: other }), 400, 5))).toBeGreaterThan(0.98);
  });

  it.each([[2, 2 / 3], [4, 1 / 3], [1.5, 2 / 3]])('shares the octaves it has in common with an artwork of %d times the pixels', (factor, shared) => {
    const larger = { width: frame.width * factor, height: frame.height * factor };
    const fine = reduced(field({ x: 0, y: 0, ...larger }, { frame: larger }), larger.width, factor * 2);
    expect(Math.abs(correlation(reduced(field(whole), frame.width, 2), fine) - shared)).toBeLessThan(0.12);
  });
});
