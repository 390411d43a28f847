// Composites that are kept: made once, only where they are asked for.
import { expect, test } from 'vitest';
import type { Region } from '../../../../../src-main/contract/image.ts';
import { createSurface } from '../../../../../src-main/raster/surface.ts';
import { createSurfaceCache } from '../../../../../src-renderer/canvas/worker/surface-cache.ts';

function counted(mostTiles = 10) {
  const made: Region[] = [];
  const cache = createSurfaceCache((region) => {
    made.push(region);
    const surface = createSurface(region);
    for (let i = 0; i < surface.data.length; i += 4) {
      const pixel = i / 4;
      surface.data[i] = (region.x + (pixel % region.width)) * 1000 + region.y + Math.floor(pixel / region.width);
    }
    return surface;
  }, mostTiles);
  const at = (region: Region, x: number, y: number): number | undefined => {
    const { region: tile, data } = cache.around(region);
    return data[((y - tile.y) * tile.width + x - tile.x) * 4];
  };
  return { made, cache, at };
}

const area = (regions: readonly Region[]): number => regions.reduce((sum, { width, height }) => sum + width * height, 0);

test('what was made is not made again, and what is added is right', () => {
  const { made, at } = counted();
  expect(at({ x: 300, y: 20, width: 40, height: 40 }, 310, 30)).toBe(310_030);
  expect(at({ x: 310, y: 30, width: 20, height: 20 }, 315, 35)).toBe(315_035);
  expect(made).toHaveLength(1);
  expect(at({ x: 310, y: 30, width: 60, height: 20 }, 365, 45)).toBe(365_045);
  expect(area(made)).toBe(70 * 40);
});

test('the oldest tiles go where there are too many, and all when they are cleared', () => {
  const { made, cache, at } = counted(1);
  const [first, second] = [{ x: 0, y: 0, width: 8, height: 8 }, { x: 256, y: 0, width: 8, height: 8 }];
  at(first, 0, 0);
  at(second, 256, 0);
  at(first, 0, 0);
  expect(made).toHaveLength(3);
  cache.clear();
  expect(at(first, 1, 1)).toBe(1001);
  expect(made).toHaveLength(4);
});
