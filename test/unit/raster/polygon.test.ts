// Areas of known shapes, windings and holes, as the filler of outlines measures them.
import { describe, expect, test } from 'vitest';
import { flattenPath } from '../../../src-main/raster/flatten-path.ts';
import { coverOutlines, fillOutlines, type Outline } from '../../../src-main/raster/polygon.ts';

const region = { x: 0, y: 0, width: 20, height: 20 };
const box = (x: number, y: number, width: number, height: number): Outline => [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
const turned = (outline: Outline): Outline => [...outline].reverse();
const area = (covered: Float32Array): number => covered.reduce((sum, share) => sum + share, 0);
/** The four Bézier curves of a circle. */
function circle(x: number, y: number, r: number) {
  const k = 0.5522847498 * r;
  const steps = [[x + r, y], [x + r, y + k, x + k, y + r, x, y + r], [x - k, y + r, x - r, y + k, x - r, y], [x - r, y - k, x - k, y - r, x, y - r], [x + k, y - r, x + r, y - k, x + r, y]];
  return steps.map((values, index) => ({ type: index === 0 ? 'M' : 'C', values }));
}

describe('outlines', () => {
  test('cover shares of pixels that are their exact areas', () => {
    const covered = coverOutlines([box(2.25, 3.5, 4.5, 2.25)], region);
    expect(area(covered)).toBeCloseTo(4.5 * 2.25, 6);
    expect(covered[3 * 20 + 2]).toBeCloseTo(0.75 * 0.5, 6);
    expect(covered[4 * 20 + 4]).toBe(1);
    expect(covered[5 * 20 + 6]).toBeCloseTo(0.75 * 0.75, 6);
  });

  test('cover a slanted edge exactly in every pixel', () => {
    const covered = coverOutlines([[[0, 0], [20, 0], [0, 5]]], region);
    expect(area(covered)).toBeCloseTo(50, 5);
    expect(covered[0]).toBeCloseTo(1, 6);
    expect(covered[19]).toBeCloseTo(0.125, 6);
  });

  test('cover a circle within the curves’ tolerance', () => {
    const covered = coverOutlines(flattenPath(circle(10, 10, 8), [1, 0, 0, 1, 0, 0]), region);
    expect(area(covered)).toBeGreaterThan(Math.PI * 64 * 0.997);
    expect(area(covered)).toBeLessThan(Math.PI * 64 * 1.003);
  });

  test('leave no hole where two of the same direction overlap', () => {
    const covered = coverOutlines([box(2, 2, 8, 8), box(6.5, 6.5, 8, 8)], region);
    expect(area(covered)).toBeCloseTo(64 + 64 - 3.5 * 3.5, 5);
    expect(covered[8 * 20 + 8]).toBe(1);
  });

  test('count what two share once, also inside one pixel', () => {
    const covered = coverOutlines([box(3, 3, 0.5, 1), box(3.25, 3, 0.5, 1)], region);
    expect(covered[3 * 20 + 3]).toBeCloseTo(0.75, 6);
  });

  test('make a hole where one of the other direction lies inside', () => {
    const covered = coverOutlines([box(2, 2, 10, 10), turned(box(4, 4, 3, 3))], region);
    expect(area(covered)).toBeCloseTo(91, 5);
    expect(covered[5 * 20 + 5]).toBe(0);
  });

  test('are divided where they cross themselves', () => {
    const bow = coverOutlines([[[2, 2], [10, 10], [10, 2], [2, 10]]], region);
    expect(area(bow)).toBeCloseTo(32, 2);
    const star = Array.from({ length: 5 }, (_, i): [number, number] => [10 + 9 * Math.sin(i * 0.8 * Math.PI), 10 - 9 * Math.cos(i * 0.8 * Math.PI)]);
    expect(coverOutlines([star], region)[10 * 20 + 10]).toBe(1); // The pentagon is inside, twice.
  });

  test('give every part of a region what the whole gives', () => {
    const outlines = flattenPath(circle(9.3, 10.7, 7.1), [1, 0.2, -0.1, 1, 0.4, -1.3]);
    const whole = fillOutlines(outlines, region);
    const part = fillOutlines(outlines, { x: 7, y: 4, width: 6, height: 9 });
    for (let y = 0; y < 9; y++) expect([...part.subarray(y * 6, y * 6 + 6)]).toEqual([...whole.subarray((y + 4) * 20 + 7, (y + 4) * 20 + 13)]);
  });

  test('reach beyond the region on every side', () => {
    expect(coverOutlines([box(-50, -50, 200, 200)], region).every((share) => share === 1)).toBe(true);
    expect(coverOutlines([[[-30, 10], [40, -30], [40, 50]]], region)[10 * 20 + 10]).toBe(1);
  });
});
