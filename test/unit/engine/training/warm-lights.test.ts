// Warm lights and cool shadows.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { warmLights } from '../../../../src-main/engine/training/warm-lights.ts';

const side = 48;
/** Grey cells of OKLab by their place. */
const greys = (lightness: (x: number, y: number) => number): Float32Array =>
  Float32Array.from({ length: 3 * side * side }, (_, at) => (at % 3 ? 0 : lightness(Math.floor(at / 3) % side, Math.floor(at / 3 / side))));
const warmthAt = (cells: Float32Array, x: number, y: number): number => cells[3 * (y * side + x) + 2]!;

describe('warm lights', () => {
  const stripes = greys((x) => (x % 8 < 4 ? 0.3 : 0.5));
  const warmed = warmLights(stripes, side, side, 1);

  it('make what is lighter than its surroundings warmer, what is darker cooler, and nothing lighter or darker', () => {
    expect(warmthAt(warmed, 22, 24)).toBeGreaterThan(0.01);
    expect(warmthAt(warmed, 18, 24)).toBeLessThan(-0.01);
    for (let cell = 0; cell < side * side; cell++) expect(warmed[3 * cell]).toBe(stripes[3 * cell]);
  });

  it('find the forms in a dark part as in a light one', () => {
    const door = greys((x, y) => (y < 24 ? 0.7 : 0.12) + (x % 8 < 4 ? -0.05 : 0.05));
    const lit = warmLights(door, side, side, 1);
    expect(warmthAt(lit, 22, 40) / warmthAt(lit, 22, 8)).toBeCloseTo(1, 1);
  });

  it('are as much warmer as is asked, and leave a colour that is there', () => {
    const twice = warmLights(stripes, side, side, 2);
    expect(warmthAt(twice, 22, 24) / warmthAt(warmed, 22, 24)).toBeCloseTo(2, 3);
    const red = stripes.map((value, at) => (at % 3 === 1 ? 0.1 : value));
    const [plain, lit] = [red[3 * 22 + 1]!, warmLights(red, side, side, 1)[3 * 22 + 1]!];
    expect(lit - plain).toBeCloseTo(warmLights(stripes, side, side, 1)[3 * 22 + 1]!, 5);
  });

  it('do nothing to a flat picture, hardly anything to grain, and are numbers wherever rounding leads', () => {
    expect(warmLights(greys(() => 0.4), side, side, 1).every((value, at) => Math.abs(value - (at % 3 ? 0 : 0.4)) < 1e-4)).toBe(true);
    const random = createRandom(5);
    const grain = warmLights(greys(() => 0.6 + 0.004 * random.normal()), side, side, 1);
    for (let cell = 0; cell < side * side; cell++) expect(Math.abs(grain[3 * cell + 2]!)).toBeLessThan(0.01);
    const spot = warmLights(greys((x, y) => (x === 5 && y === 7 ? 1 : 0.3333)), side, side, 1);
    expect(spot.every(Number.isFinite)).toBe(true);
  });
});
