// Distances of features, manners and colours: nothing for equals, known values, symmetry.
import { describe, expect, it } from 'vitest';
import { colourShift } from '../../../../src-main/engine/metrics/colour-shift.ts';
import { featureDistance } from '../../../../src-main/engine/metrics/feature-distance.ts';
import { layerStatistics, styleDistance } from '../../../../src-main/engine/metrics/style-statistics.ts';
import { tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import { pictureOf } from '../../../support/pictures.ts';

const layer = (...channels: number[][]) => tensor([1, channels.length, 1, channels[0]!.length], Float32Array.from(channels.flat()));

describe('featureDistance', () => {
  it('is 0 for equal directions whatever their length', () => {
    expect(featureDistance({ a: layer([1, 2], [3, 4]) }, { a: layer([2, 4], [6, 8]) })).toBeCloseTo(0, 12);
  });

  it('is 2 at a place where nothing is shared, and the mean over places and layers', () => {
    const one = { a: layer([1, 1], [0, 0]), b: layer([1], [0]) };
    const other = { a: layer([0, 1], [1, 0]), b: layer([1], [0]) };
    expect(featureDistance(one, other)).toBeCloseTo((2 + 0) / 2 / 2, 9);
  });

  it('is finite where nothing is active', () => {
    expect(featureDistance({ a: layer([0], [0]) }, { a: layer([0], [1]) })).toBeCloseTo(1, 9);
    expect(featureDistance({ a: layer([0], [0]) }, { a: layer([0], [0]) })).toBe(0);
  });

  it('refuses layers of different size', () => {
    expect(() => featureDistance({ a: layer([1]) }, { a: layer([1, 2]) })).toThrow(expect.objectContaining({ code: 'tensor.shape-mismatch' }));
  });
});

describe('styleDistance', () => {
  const [x, y] = [layer([1, 3], [0, 2]), layer([3, 1], [2, 0])];
  const gramOf = (product: number[]) => tensor([1, 2, 2], Float32Array.from(product));

  it('divides the product by the places and finds means and deviations', () => {
    const { gram, moments } = layerStatistics(x, gramOf([10, 6, 6, 4]));
    expect([...gram]).toEqual([5, 3, 3, 2]);
    expect([...moments]).toEqual([2, 1, 1, 1]);
  });

  it('does not see where things are', () => {
    const [a, b] = [layerStatistics(x, gramOf([10, 6, 6, 4])), layerStatistics(y, gramOf([10, 6, 6, 4]))];
    expect(styleDistance([a], [b])).toEqual({ gram: 0, moments: 0 });
  });

  it('is relative: the same for features ten times as large', () => {
    const a = layerStatistics(x, gramOf([10, 6, 6, 4]));
    const b = layerStatistics(layer([1, 1], [0, 0]), gramOf([2, 0, 0, 0]));
    const tenfold = (each: typeof a) => ({ gram: each.gram.map((v) => 10 * v), moments: each.moments.map((v) => 10 * v) });
    expect(styleDistance([tenfold(a)], [tenfold(b)]).gram).toBeCloseTo(styleDistance([a], [b]).gram, 6);
    expect(styleDistance([b], [a])).toEqual(styleDistance([a], [b]));
  });
});

describe('colourShift', () => {
  it('is 0 for the same, 100 from black to white', () => {
    const flat = (value: number) => pictureOf(4, 3, () => [value, value, value]);
    expect(colourShift(flat(0.3), flat(0.3))).toBe(0);
    expect(colourShift(flat(0), flat(1))).toBeCloseTo(100, 1);
  });

  it('sees a hue change that luminance does not', () => {
    expect(colourShift(pictureOf(2, 2, () => [0.8, 0.2, 0.2]), pictureOf(2, 2, () => [0.2, 0.45, 0.2]))).toBeGreaterThan(20);
  });
});
