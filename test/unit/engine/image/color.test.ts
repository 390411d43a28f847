// Colour arithmetic against published values.
import { describe, expect, it } from 'vitest';
import { deltaE2000, linearToOklab, linearToSrgb, oklabToLinear, recolour, srgbToLab, srgbToLinear, type Triple } from '../../../../src-main/engine/image/color.ts';
import { keepColours } from '../../../../src-main/engine/image/keep-colours.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';

/** Sharma, Wu & Dalal 2005, table 1: two colours and their ΔE00. */
const sharma: readonly (readonly [Triple, Triple, number])[] = [
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, 3.1571, -77.2803], [50, 0, -82.7485], 2.8615],
  [[50, 2.8361, -74.02], [50, 0, -82.7485], 3.4412],
  [[50, -1.3802, -84.2814], [50, 0, -82.7485], 1],
  [[50, -1.1848, -84.8006], [50, 0, -82.7485], 1],
  [[50, -0.9009, -85.5211], [50, 0, -82.7485], 1],
  [[50, 0, 0], [50, -1, 2], 2.3669],
  [[50, -1, 2], [50, 0, 0], 2.3669],
  [[50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792],
  [[50, 2.49, -0.001], [50, -2.49, 0.001], 7.1792],
  [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
  [[50, 2.49, -0.001], [50, -2.49, 0.0012], 7.2195],
  [[50, -0.001, 2.49], [50, 0.0009, -2.49], 4.8045],
  [[50, -0.001, 2.49], [50, 0.001, -2.49], 4.8045],
  [[50, -0.001, 2.49], [50, 0.0011, -2.49], 4.7461],
  [[50, 2.5, 0], [50, 0, -2.5], 4.3065],
  [[50, 2.5, 0], [73, 25, -18], 27.1492],
  [[50, 2.5, 0], [61, -5, 29], 22.8977],
  [[50, 2.5, 0], [56, -27, -3], 31.903],
  [[50, 2.5, 0], [58, 24, 15], 19.4535],
  [[50, 2.5, 0], [50, 3.1736, 0.5854], 1],
  [[50, 2.5, 0], [50, 3.2972, 0], 1],
  [[50, 2.5, 0], [50, 1.8634, 0.5757], 1],
  [[50, 2.5, 0], [50, 3.2592, 0.335], 1],
  [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  [[63.0109, -31.0961, -5.8663], [62.8187, -29.7946, -4.0864], 1.263],
  [[61.2901, 3.7196, -5.3901], [61.4292, 2.248, -4.962], 1.8731],
  [[35.0831, -44.1164, 3.7933], [35.0232, -40.0716, 1.5901], 1.8645],
  [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
  [[36.4612, 47.858, 18.3852], [36.2715, 50.5065, 21.2231], 1.4146],
  [[90.8027, -2.0831, 1.441], [91.1528, -1.6435, 0.0447], 1.4441],
  [[90.9257, -0.5406, -0.9208], [88.6381, -0.8985, -0.7239], 1.5381],
  [[6.7747, -0.2908, -2.4247], [5.8714, -0.0985, -2.2286], 0.6377],
  [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
];

describe('ΔE2000', () => {
  it.each(sharma)('of %o and %o is %f, both ways round', (one, other, expected) => {
    expect(deltaE2000(one, other)).toBeCloseTo(expected, 4);
    expect(deltaE2000(other, one)).toBeCloseTo(expected, 4);
  });
});

describe('colour spaces', () => {
  it('sRGB to linear light and back is the identity and monotone', () => {
    for (let i = 0; i <= 255; i++) expect(linearToSrgb(srgbToLinear(i / 255))).toBeCloseTo(i / 255, 10);
    expect(srgbToLinear(0.5)).toBeCloseTo(0.21404, 5);
  });

  it('CIELAB knows white, grey and the primaries', () => {
    const near = (found: Triple, expected: Triple): void => expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 1));
    near(srgbToLab(1, 1, 1), [100, 0, 0]);
    near(srgbToLab(0.5, 0.5, 0.5), [53.39, 0, 0]);
    near(srgbToLab(1, 0, 0), [53.24, 80.09, 67.2]);
    near(srgbToLab(0, 0, 1), [32.3, 79.19, -107.86]);
  });

  it('OKLab knows white and red and comes back', () => {
    const [lightness, a, b] = linearToOklab(1, 0, 0);
    expect([lightness, a, b].map((value) => Number(value.toFixed(3)))).toEqual([0.628, 0.225, 0.126]);
    expect(linearToOklab(1, 1, 1)[0]).toBeCloseTo(1, 6);
    oklabToLinear(lightness, a, b).forEach((value, i) => expect(value).toBeCloseTo(i === 0 ? 1 : 0, 5));
  });
});

describe('keeping colours', () => {
  it('takes hue from the picture and lightness from the paint, inside what sRGB can show', () => {
    const paints: readonly Triple[] = [[0.02, 0.02, 0.02], [0.9, 0.9, 0.9], [0.5, 0.1, 0.7]];
    for (const painted of paints) {
      const kept = recolour(painted, [0.6, 0.05, 0.05]);
      expect(linearToOklab(...kept)[0]).toBeCloseTo(linearToOklab(...painted)[0], 2);
      const [, a, b] = linearToOklab(...kept);
      expect(Math.atan2(b, a)).toBeCloseTo(Math.atan2(linearToOklab(0.6, 0.05, 0.05)[2], linearToOklab(0.6, 0.05, 0.05)[1]), 1);
      for (const value of kept) expect(value).toBeGreaterThan(-0.001);
    }
  });

  it('leaves the paint alone at 0 and moves in step with the amount', () => {
    const paint = () => tensor([1, 3, 1, 1], Float32Array.of(0.2, 0.5, 0.8));
    const picture = tensor([1, 3, 1, 1], Float32Array.of(0.9, 0.3, 0.1));
    const [none, half, full] = [0, 0.5, 1].map((amount) => {
      const planes = paint();
      keepColours(planes, picture, amount);
      return planes.data;
    });
    expect(none).toEqual(paint().data);
    const linear = (data: Float32Array | undefined) => Array.from(data ?? [], srgbToLinear);
    linear(half).forEach((value, i) => expect(value).toBeCloseTo((linear(none)[i]! + linear(full)[i]!) / 2, 3));
  });
});
