// How busy and how light a square of a picture is, and where it ranks.
import { describe, expect, it } from 'vitest';
import { lookOf, rankIn } from '../../../../src-main/engine/training/look.ts';

const square = (paint: (x: number, y: number) => number): Float32Array =>
  Float32Array.from({ length: 3 * 64 }, (_, at) => paint(at % 8, Math.floor((at % 64) / 8)));

describe('the look of a square', () => {
  it('calls stripes busier than a slope and a slope busier than grey, whatever the tone', () => {
    const [grey, slope, stripes] = [square(() => 0.7), square((x) => x / 8), square((x) => x % 2)];
    const [a, b, c] = [grey, slope, stripes].map((planes) => lookOf(planes, 8));
    expect(a.activity).toBe(0);
    expect(b.activity).toBeGreaterThan(0);
    expect(c.activity).toBeGreaterThan(b.activity);
    expect(a.tone).toBeCloseTo(0.7, 5);
  });

  it('ranks by the share of smaller numbers, ties in the middle', () => {
    expect([0, 2, 9].map((value) => rankIn([1, 2, 2, 4], value))).toEqual([0, 0.5, 1]);
  });
});
