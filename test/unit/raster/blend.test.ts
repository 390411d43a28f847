// Every blend formula at values worked out by hand, and the laws of source-over.
import { describe, expect, test } from 'vitest';
import { blendModes, type BlendMode } from '../../../src-main/contract/document.ts';
import { blendSurface } from '../../../src-main/raster/blend-surface.ts';
import type { Straight } from './document-of.ts';

const region = { x: 0, y: 0, width: 1, height: 1 };

function blended(backdrop: Straight, source: Straight, mode: BlendMode, opacity = 1, atop = false): number[] {
  const [b, s] = [backdrop, source].map(([r, g, bl, a]) => ({ region, data: Float32Array.of(r * a, g * a, bl * a, a) }));
  blendSurface(b, s, { mode, opacity, atop });
  return [...b.data];
}

/** Opaque red, green and blue with backdrop 0.2, 0.6, 0.9 and source 0.7, 0.4, 0.25; by the formulas with pencil and paper. */
const known: Record<Exclude<BlendMode, 'hue' | 'saturation' | 'color' | 'luminosity'>, [number, number, number]> = {
  normal: [0.7, 0.4, 0.25],
  multiply: [0.14, 0.24, 0.225],
  screen: [0.76, 0.76, 0.925],
  overlay: [0.28, 0.52, 0.85],
  darken: [0.2, 0.4, 0.25],
  lighten: [0.7, 0.6, 0.9],
  'color-dodge': [2 / 3, 1, 1],
  'color-burn': [0, 0, 0.6],
  'hard-light': [0.52, 0.48, 0.45],
  // W3C's curve at 0.2: ((16·0.2 − 12)·0.2 + 4)·0.2 = 0.448
  'soft-light': [0.2 + 0.4 * (0.448 - 0.2), 0.6 - 0.2 * 0.6 * 0.4, 0.9 - 0.5 * 0.9 * 0.1],
  difference: [0.5, 0.2, 0.65],
  exclusion: [0.62, 0.52, 0.7],
  plus: [0.9, 1, 1],
  subtract: [0, 0.2, 0.65],
  divide: [2 / 7, 1, 1],
  'linear-burn': [0, 0, 0.15],
  'linear-light': [0.6, 0.4, 0.4],
  'vivid-light': [1 / 3, 0.5, 0.8],
  'pin-light': [0.4, 0.6, 0.5],
};

describe('blend formulas', () => {
  test.each(Object.entries(known))('%s gives the known colour of opaque colours', (mode, [r, g, b]) => {
    const result = blended([0.2, 0.6, 0.9, 1], [0.7, 0.4, 0.25, 1], mode as BlendMode);
    [r, g, b, 1].forEach((value, channel) => expect(result[channel]).toBeCloseTo(value, 5));
  });

  test('the modes of hue, saturation and luminosity keep what they say', () => {
    const lum = ([r, g, b]: readonly number[]): number => 0.3 * r + 0.59 * g + 0.11 * b;
    const sat = ([r, g, b]: readonly number[]): number => Math.max(r, g, b) - Math.min(r, g, b);
    const [under, over]: [Straight, Straight] = [[0.5, 0.45, 0.4, 1], [0.3, 0.5, 0.55, 1]];
    const [hue, saturation, color, luminosity] = (['hue', 'saturation', 'color', 'luminosity'] as const).map((mode) => blended(under, over, mode));
    for (const result of [hue, saturation, color]) expect(lum(result)).toBeCloseTo(lum(under), 5);
    expect(lum(luminosity)).toBeCloseTo(lum(over), 5);
    expect(sat(hue)).toBeCloseTo(sat(under), 5);
    expect(sat(saturation)).toBeCloseTo(sat(over), 5);
    expect(sat(color)).toBeCloseTo(sat(over), 5);
    expect(sat(luminosity)).toBeCloseTo(sat(under), 5);
    // of the source's hue: blue is largest, red smallest
    expect(hue[2]).toBeGreaterThan(hue[1]);
    expect(hue[1]).toBeGreaterThan(hue[0]);
  });

  test('colours that a luminosity drives out of range are clipped towards grey', () => {
    // SetLum of pure red to 0.9: 0.9 + (c − 0.9)·(1 − 0.9)/(1.6 − 0.9)
    const result = blended([0.9, 0.9, 0.9, 1], [1, 0, 0, 1], 'color');
    [1, 0.9 - 0.3 / 7, 0.9 - 0.3 / 7].forEach((value, channel) => expect(result[channel]).toBeCloseTo(value, 5));
  });

  test('soft light takes the root where the backdrop is light', () => {
    const result = blended([0.25, 0.49, 1, 1], [0.75, 0.75, 0.75, 1], 'soft-light');
    [0.25 + 0.5 * 0.25, 0.49 + 0.5 * 0.21, 1].forEach((value, channel) => expect(result[channel]).toBeCloseTo(value, 6));
  });

  test('quotients by next to nothing are as those by nothing, however large', () => {
    for (const tiny of [2 ** -126, 1e-12, 1e-6]) {
      expect(blended([0.1, 0.5, 0.9, 1], [tiny, tiny, tiny, 1], 'color-burn').slice(0, 3)).toEqual([0, 0, 0]);
      expect(blended([0.1, 0.5, 0.9, 1], [tiny, tiny, tiny, 1], 'divide').slice(0, 3)).toEqual([1, 1, 1]);
    }
    const light = 1 - 2 ** -24;
    expect(blended([0.1, 0.5, 0.9, 1], [light, light, light, 1], 'color-dodge').slice(0, 3)).toEqual([1, 1, 1]);
  });

  test('dodge, burn and divide stand at their corners', () => {
    expect(blended([0, 0.5, 1, 1], [1, 1, 1, 1], 'color-dodge').slice(0, 3)).toEqual([0, 1, 1]);
    expect(blended([0, 0.5, 1, 1], [0, 0, 0, 1], 'color-burn').slice(0, 3)).toEqual([0, 0, 1]);
    expect(blended([0, 0.5, 1, 1], [0, 0, 0, 1], 'divide').slice(0, 3)).toEqual([0, 1, 1]);
  });
});

describe('blending surfaces', () => {
  test.each(blendModes)('%s over nothing is the source, and without opacity it changes nothing', (mode) => {
    const source: Straight = [0.5, 0.25, 0.75, 0.5];
    blended([0, 0, 0, 0], source, mode).forEach((value, channel) => expect(value).toBeCloseTo([0.25, 0.125, 0.375, 0.5][channel], 6));
    expect(blended([0.5, 0.25, 0.75, 0.5], source, mode, 0)).toEqual([0.25, 0.125, 0.375, 0.5]);
    expect(blended([0.5, 0.25, 0.75, 0.5], [0, 0, 0, 0], mode)).toEqual([0.25, 0.125, 0.375, 0.5]);
  });

  test.each(blendModes)('%s stays premultiplied and within range', (mode) => {
    for (let step = 0; step < 300; step++) {
      const at = (k: number): number => ((step * 7919 + k * 104729) % 11) / 10;
      const [r, g, b, a] = blended([at(1), at(2), at(3), at(4)], [at(5), at(6), at(7), at(8)], mode, at(9));
      for (const value of [r, g, b]) expect(value >= -1e-6 && value <= a + 1e-6, `${mode} ${step}`).toBe(true);
      expect(a).toBeLessThanOrEqual(1 + 1e-6);
    }
  });

  test('translucent colours follow the formula of the specification', () => {
    // αs = 0.8·0.5, αb = 0.5: co = 0.6·0.4·0.5 + 0.2·0.5·0.6 + 0.4·0.5·(0.2·0.6)
    const [red, , , alpha] = blended([0.2, 0, 0, 0.5], [0.6, 0, 0, 0.8], 'multiply', 0.5);
    expect(red).toBeCloseTo(0.12 + 0.06 + 0.024, 6);
    expect(alpha).toBeCloseTo(0.7, 6);
  });

  test.each(['normal', 'multiply', 'luminosity'] as const)('%s atop leaves the backdrop\'s alpha', (mode) => {
    expect(blended([0.5, 0.5, 0.5, 0.25], [1, 0, 0, 1], mode, 1, true)[3]).toBe(0.25);
    expect(blended([0, 0, 0, 0], [1, 0, 0, 1], mode, 1, true)).toEqual([0, 0, 0, 0]);
  });
});
