// Regions read from sparse tiles and written to them.
import { describe, expect, test } from 'vitest';
import type { Raster } from '../../../src-main/contract/document.ts';
import { pixelsOf, surfaceOf } from '../../../src-main/raster/pixels.ts';
import { createPixels, placesIn, readRaster, tiledRegion, tilesIn, writeRaster } from '../../../src-main/raster/tiles.ts';
import { noise, TileShelf } from './document-of.ts';

const random = noise(11);

describe('tiles', () => {
  test('are found on both sides of the grid\'s beginning', () => {
    expect(placesIn({ x: 10, y: -3 }, { x: 9, y: 0, width: 2, height: 254 }).map(({ place }) => place)).toEqual(['-1,0', '0,0', '-1,1', '0,1']);
    expect(placesIn({ x: 0, y: 0 }, { x: 0, y: 0, width: 256, height: 256 })).toEqual([{ place: '0,0', region: { x: 0, y: 0, width: 256, height: 256 } }]);
    expect(placesIn({ x: 0, y: 0 }, { x: 5, y: 5, width: 0, height: 9 })).toEqual([]);
  });

  test.each([8, 16] as const)('%d bit: what is written is read, and nothing else changes', (depth) => {
    const shelf = new TileShelf();
    const start: Raster = { x: 13, y: -70, depth, tiles: {} };
    const region = { x: -100, y: -200, width: 400, height: 310 };
    const pixels = createPixels(region, 4, depth);
    pixels.data.forEach((_, i) => (pixels.data[i] = random() * (depth === 8 ? 256 : 65536)));
    const raster = shelf.put(start, writeRaster(start, region, pixels, shelf.bytes));
    expect(readRaster(raster, region, shelf.bytes)).toEqual(pixels);
    expect(readRaster(raster, { x: 300, y: 0, width: 4, height: 4 }, shelf.bytes).data.every((value) => value === 0)).toBe(true);
    const patch = { x: 0, y: 0, width: 3, height: 2 };
    const changed = writeRaster(raster, patch, createPixels(patch, 4, depth, 7), shelf.bytes);
    expect([...changed.keys()]).toEqual(['-1,0']);
    const patched = readRaster(shelf.put(raster, changed), region, shelf.bytes);
    let differing = 0;
    patched.data.forEach((value, i) => (differing += value === pixels.data[i] ? 0 : 1));
    expect(differing).toBeLessThanOrEqual(24);
  });

  test('the same pixels change no tile, see-through ones leave none', () => {
    const shelf = new TileShelf();
    const region = { x: 0, y: 0, width: 300, height: 10 };
    const raster = shelf.raster(region, () => [1, 2, 3, 4]);
    expect(writeRaster(raster, region, readRaster(raster, region, shelf.bytes), shelf.bytes).size).toBe(0);
    expect([...writeRaster(raster, region, createPixels(region, 4, 8), shelf.bytes)]).toEqual([['0,0', null], ['1,0', null]]);
    expect(tiledRegion(raster)).toEqual({ x: 0, y: 0, width: 512, height: 256 });
    expect(tilesIn(raster, { x: 0, y: 256, width: 900, height: 900 })).toEqual([]);
  });

  test('a mask is its outside where it has no tile', () => {
    const shelf = new TileShelf();
    const mask = shelf.mask({ x: 1, y: 0, width: 1, height: 1 }, () => 9, 255);
    expect([...readRaster(mask, { x: 0, y: 0, width: 3, height: 1 }, shelf.bytes).data]).toEqual([255, 9, 255]);
    expect([...writeRaster(mask, { x: 1, y: 0, width: 1, height: 1 }, createPixels({ width: 1, height: 1 }, 1, 8, 255), shelf.bytes)]).toEqual([['0,0', null]]);
  });

  test('pixels of another depth or size are refused', () => {
    const raster: Raster = { x: 0, y: 0, depth: 8, tiles: {} };
    expect(() => writeRaster(raster, { x: 0, y: 0, width: 2, height: 1 }, createPixels({ width: 2, height: 1 }, 4, 16), () => undefined)).toThrow(/internal/);
    expect(() => writeRaster(raster, { x: 0, y: 0, width: 2, height: 1 }, createPixels({ width: 1, height: 1 }, 4, 8), () => undefined)).toThrow(/internal/);
  });

  test('every 8-bit sample at every alpha survives premultiplying', () => {
    const pixels = createPixels({ width: 256, height: 255 }, 4, 8);
    for (let i = 0; i < 256 * 255; i++) pixels.data.set([i % 256, 255 - (i % 256), 128, 1 + Math.floor(i / 256)], i * 4);
    expect(pixelsOf(surfaceOf(pixels, 0, 0), 8)).toEqual(pixels);
  });
});
