// Crops lie inside, apart from each other, and everywhere.
import { describe, expect, it } from 'vitest';
import { cropRegions, resized, scaledExtent } from '../../../../src-main/engine/metrics/crops.ts';
import { pictureOf } from '../../../support/pictures.ts';

describe('cropRegions', () => {
  it.each([
    [100, 80, 40, 6],
    [1024, 683, 160, 6],
    [161, 2000, 80, 4],
    [80, 80, 80, 6],
  ])('of %i × %i at %i px stay inside and never overlap', (width, height, side, count) => {
    const regions = cropRegions({ width, height }, side, count);
    expect(regions.length).toBe(Math.min(count, Math.floor(width / side) * Math.floor(height / side)));
    for (const [i, a] of regions.entries()) {
      expect(a.x >= 0 && a.y >= 0 && a.x + side <= width && a.y + side <= height).toBe(true);
      for (const b of regions.slice(i + 1)) expect(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))).toBeGreaterThanOrEqual(side);
    }
  });

  it('reach both ends of a large picture', () => {
    const regions = cropRegions({ width: 1000, height: 1000 }, 100, 6);
    expect(Math.min(...regions.map(({ y }) => y))).toBeLessThan(200);
    expect(Math.max(...regions.map(({ y }) => y))).toBeGreaterThan(700);
  });

  it('are none where the picture is too small', () => {
    expect(cropRegions({ width: 50, height: 200 }, 60, 6)).toEqual([]);
  });
});

describe('resized', () => {
  it('keeps proportions and range', () => {
    const extent = scaledExtent({ width: 60, height: 40 }, 90);
    expect(extent).toEqual({ width: 90, height: 60 });
    const { data, shape } = resized(pictureOf(60, 40, (x) => [x % 2, x % 2, x % 2]), extent);
    expect(shape).toEqual([1, 3, 60, 90]);
    expect(Math.min(...data)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...data)).toBeLessThanOrEqual(1);
  });
});
