// Hue spread: strokes of several hues side by side are told from colour that follows lightness or lies in masses.
import { describe, expect, it } from 'vitest';
import { hueSpreadOf, meanHueSpread, mixSpreads, noSpread } from '../../../../src-main/engine/image/hue-spread.ts';
import { hash32 } from '../../../../src-main/engine/tensor/random.ts';
import type { Tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import { pictureOf } from '../../../support/pictures.ts';

const grey = (side: number): Tensor => pictureOf(side, side, () => [0.5, 0.5, 0.5]);

describe('the spread of a painting’s hues', () => {
  /** Dabs of 8 px: orange or blue, of one luma. */
  const dabs = (side = 160): Tensor => pictureOf(side, side, (x, y) => (hash32(Math.floor(x / 8), Math.floor(y / 8)) % 2 ? [0.65, 0.51, 0.33] : [0.41, 0.55, 0.73]));

  it('is that of strokes side by side: oranges and blues lie far apart, opposite each other', () => {
    const { red, blue, both } = hueSpreadOf(dabs());
    expect(Math.sqrt(blue)).toBeGreaterThan(0.1);
    expect(Math.sqrt(red)).toBeGreaterThan(0.06);
    expect(both / Math.sqrt(red * blue)).toBeLessThan(-0.9);
  });

  it('is nothing where colour follows from lightness, or changes only over large masses', () => {
    const byLightness = pictureOf(160, 160, (x, y) => (hash32(Math.floor(x / 8), Math.floor(y / 8)) % 2 ? [0.9, 0.8, 0.6] : [0.1, 0.1, 0.3]));
    const masses = pictureOf(320, 160, (x) => (x < 160 ? [0.65, 0.51, 0.33] : [0.41, 0.55, 0.73]));
    for (const picture of [byLightness, masses]) expect(hueSpreadOf(picture).blue).toBeLessThan(hueSpreadOf(dabs()).blue / 5);
    expect(hueSpreadOf(grey(40))).toEqual({ red: expect.closeTo(0, 9) as number, blue: expect.closeTo(0, 9) as number, both: expect.closeTo(0, 9) as number });
  });

  it('of several paintings, or of a mix, is their mean', () => {
    const [one, none] = [hueSpreadOf(dabs()), hueSpreadOf(grey(160))];
    expect(meanHueSpread([dabs(), grey(160)]).blue).toBeCloseTo((one.blue + none.blue) / 2, 9);
    expect(mixSpreads([one, noSpread], [0.25, 0.75])).toEqual({ red: one.red / 4, blue: one.blue / 4, both: one.both / 4 });
  });
});
