// Pixels under affine maps: exact where the grid allows, free of steps and fringes elsewhere.
import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../src-main/contract/document.ts';
import type { Region } from '../../../src-main/contract/image.ts';
import { pixelsOf } from '../../../src-main/raster/pixels.ts';
import { cropSurface } from '../../../src-main/raster/surface.ts';
import { readRaster } from '../../../src-main/raster/tiles.ts';
import { identity, invert, mapPoint, mappedRegion, multiply, placedInside, transformedTiles, transformSurface, type PixelSource } from '../../../src-main/raster/transform.ts';
import { noise, TileShelf, type Straight } from './document-of.ts';

function sourceOf(bounds: Region, colour: (x: number, y: number) => Straight, depth: 8 | 16 = 8): PixelSource {
  const shelf = new TileShelf();
  const raster = shelf.raster(bounds, colour, depth);
  return { bounds, depth, read: (region) => readRaster(raster, region, shelf.bytes) };
}

const random = noise(2);
const bounds = { x: 5, y: -4, width: 60, height: 41 };
const speckled = sourceOf(bounds, () => [random() * 255, random() * 255, random() * 255, 1 + random() * 254]);
const turned: Matrix = [0.8, 0.6, -0.6, 0.8, 30.25, 7];

function samples(source: PixelSource, matrix: Matrix, region: Region): Uint8Array | Uint16Array {
  return pixelsOf(transformSurface(source, matrix, region), 8).data;
}

/** Pixels with paint whose first samples are others. */
function differing(data: Uint8Array | Uint16Array, colour: readonly number[]): number {
  let count = 0;
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 0 && colour.some((value, channel) => data[i + channel] !== value)) count++;
  return count;
}

describe('transform', () => {
  test('the identity and moves by whole pixels keep every sample', () => {
    const pixels = speckled.read(bounds).data;
    expect(samples(speckled, identity, bounds)).toEqual(pixels);
    expect(samples(speckled, [1, 0, 0, 1, 100, -7], { ...bounds, x: 105, y: -11 })).toEqual(pixels);
  });

  test('quarter turns and flips keep every sample', () => {
    const pixels = speckled.read(bounds).data;
    for (const matrix of [[0, 1, -1, 0, 20, 3], [-1, 0, 0, 1, 9, 0], [0, -1, -1, 0, 4, 4]] as Matrix[]) {
      const region = mappedRegion(matrix, bounds);
      expect(region.width * region.height).toBe(bounds.width * bounds.height);
      const moved = samples(speckled, matrix, region);
      let others = 0;
      for (let y = 0; y < bounds.height; y++) {
        for (let x = 0; x < bounds.width; x++) {
          const [u, v] = mapPoint(matrix, bounds.x + x + 0.5, bounds.y + y + 0.5);
          const at = (Math.floor(v - region.y) * region.width + Math.floor(u - region.x)) * 4;
          const from = (y * bounds.width + x) * 4;
          if (pixels.subarray(from, from + 4).some((value, channel) => moved[at + channel] !== value)) others++;
        }
      }
      expect(others).toBe(0);
    }
  });

  test('every part equals the crop of the whole, bit for bit', () => {
    for (const matrix of [turned, [0.31, 0, 0, 0.22, 3.3, 4.4], [0.13, 0, 0.02, 0.21, 3.3, 4.4], [3.7, 0.2, 0, 4.1, -30, 2.2]] as Matrix[]) {
      const whole = transformSurface(speckled, matrix, { x: -60, y: -60, width: 320, height: 260 });
      const part = { x: 11, y: 9, width: 23, height: 17 };
      expect(transformSurface(speckled, matrix, part).data).toEqual(cropSurface(whole, part).data);
    }
  });

  test('an even colour stays even, up to its sharp edges, at any size', () => {
    const even = sourceOf(bounds, () => [200, 100, 50, 255]);
    for (const scale of [0.11, 0.4, 0.77, 1.6, 5]) {
      const matrix: Matrix = [scale, 0, 0, scale, 0, 0];
      const region = { x: Math.ceil(5 * scale), y: Math.ceil(-4 * scale), width: Math.floor(59 * scale), height: Math.floor(40 * scale) };
      const data = samples(even, matrix, region);
      expect(differing(data, [200, 100, 50])).toBe(0);
      const middle = (Math.floor(region.height / 2) * region.width + Math.floor(region.width / 2)) * 4;
      expect(data[middle + 3]).toBe(255);
      const area = transformSurface(even, matrix, { x: -30, y: -40, width: 400, height: 300 }).data.reduce((sum, value, i) => sum + (i % 4 === 3 ? value : 0), 0);
      expect(area / (60 * 41 * scale * scale)).toBeCloseTo(1, 1);
    }
  });

  test('a fine pattern that shrinks becomes its mean, without moiré', () => {
    const board = sourceOf({ x: 0, y: 0, width: 256, height: 256 }, (x, y) => ((x + y) % 2 ? [255, 255, 255, 255] : [0, 0, 0, 255]));
    for (const scale of [0.37, 0.23, 0.06]) {
      const size = Math.floor(256 * scale);
      const data = samples(board, [scale, 0, 0, scale, 0, 0], { x: 2, y: 2, width: size - 4, height: size - 4 });
      const furthest = Array.from(data).reduce((most, value, i) => (i % 4 === 0 ? Math.max(most, Math.abs(value - 127.5)) : most), 0);
      expect(furthest, `${scale}`).toBeLessThan(8);
    }
  });

  test('see-through neighbours lend no colour', () => {
    const dot = sourceOf({ x: 0, y: 0, width: 30, height: 30 }, (x, y) => (Math.hypot(x - 15, y - 15) < 8 ? [255, 0, 0, 255] : [0, 255, 0, 0]));
    const data = samples(dot, [0.6, 0.5, -0.5, 0.6, 20, 0], { x: 0, y: 0, width: 50, height: 40 });
    expect(differing(data, [255, 0])).toBe(0);
  });

  test('a matrix that flattens gives nothing, and inverses undo', () => {
    expect(transformSurface(speckled, [1, 2, 2, 4, 0, 0], bounds).data.every((value) => value === 0)).toBe(true);
    const back = multiply(invert(turned)!, turned);
    back.forEach((value, i) => expect(value).toBeCloseTo(identity[i], 10));
  });

  test('tiles of a raster together are the transformed picture, at 16 bit too', () => {
    const deep = sourceOf({ x: 0, y: 0, width: 300, height: 20 }, (x) => [x * 200, 1000, 7, 65535], 16);
    const tiles = new Map([...transformedTiles(deep, [1, 0, 0, 1, 100, 250], { x: 0, y: 0, depth: 16 })].map(({ place, bytes }) => [place, bytes]));
    expect([...tiles.keys()]).toEqual(['0,0', '1,0', '0,1', '1,1']);
    const raster = { x: 0, y: 0, depth: 16 as const, tiles: Object.fromEntries([...tiles.keys()].map((place) => [place, place])) };
    expect(readRaster(raster, { x: 100, y: 250, width: 300, height: 20 }, (id) => tiles.get(id)).data).toEqual(deep.read(deep.bounds).data);
  });

  test('a placed picture fits and is centred', () => {
    expect(placedInside({ width: 1000, height: 500 }, { width: 500, height: 500 })).toEqual([0.5, 0, 0, 0.5, 0, 125]);
    expect(placedInside({ width: 100, height: 50 }, { width: 500, height: 501 })).toEqual([1, 0, 0, 1, 200, 226]);
  });
});
