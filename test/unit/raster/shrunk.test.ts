// Composites of means: what a picture looks like at a fraction of its size while the pen is down.
import { expect, test } from 'vitest';
import { compositeGroup } from '../../../src-main/raster/composite.ts';
import { shrunkRegion, spreadRegion, type KeptMeans } from '../../../src-main/raster/shrunk.ts';
import { cropSurface } from '../../../src-main/raster/surface.ts';
import { documentOf, filled, noise, painted, TileShelf, type Straight } from './document-of.ts';

const squares = { x: 20, y: 15, width: 50, height: 40 };

function scene() {
  const shelf = new TileShelf();
  const random = noise(5);
  const speckled = (): Straight => [random() * 255, random() * 255, random() * 255, random() * 255];
  const raster = shelf.raster({ x: 40, y: 30, width: 420, height: 400 }, speckled, 8, { x: -37, y: 15 });
  const mask = shelf.mask({ x: 60, y: 60, width: 250, height: 250 }, (x, y) => (x * y) % 256, 255);
  return { shelf, raster, mask };
}

test.each([2, 4])('a layer alone is the mean of its pixels (squares of %d px)', (shrink) => {
  const { shelf, raster } = scene();
  const record = documentOf([painted('a', raster)]);
  const shrunk = compositeGroup(record, squares, shelf.access, { shrink });
  const full = compositeGroup(record, spreadRegion(squares, shrink), shelf.access);
  let worst = 0;
  for (let y = 0; y < squares.height; y++) {
    for (let x = 0; x < squares.width; x++) {
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0;
        for (let n = 0; n < shrink * shrink; n++) sum += full.data[((y * shrink + Math.floor(n / shrink)) * full.region.width + x * shrink + (n % shrink)) * 4 + channel] ?? 0;
        worst = Math.max(worst, Math.abs(sum / shrink ** 2 - (shrunk.data[(y * squares.width + x) * 4 + channel] ?? 0)));
      }
    }
  }
  expect(worst).toBeLessThan(1e-5);
});

test('flat layers blend to the very colours of full size, masks to their means', () => {
  const { shelf, mask } = scene();
  const half = { ...mask, tiles: {}, outside: 255 as const };
  const record = documentOf([filled('a', [0.2, 0.5, 0.9, 1]), filled('b', [0.7, 0.3, 0.4, 0.6], { blend: 'soft-light', mask: half }), filled('c', [0.1, 0.9, 0.4, 0.5], { blend: 'difference' })]);
  const at = (shrink: number): number[] => [...compositeGroup(record, { x: 3, y: 4, width: 1, height: 1 }, shelf.access, { shrink }).data].map((value) => Math.round(value * 1e5));
  expect(at(4)).toEqual(at(1));
  const masked = documentOf([filled('a', [1, 1, 1, 1], { mask })]);
  const shrunk = compositeGroup(masked, { x: 15, y: 15, width: 30, height: 30 }, shelf.access, { shrink: 4 });
  const full = compositeGroup(masked, { x: 60, y: 60, width: 120, height: 120 }, shelf.access);
  const mean = (data: Float32Array): number => data.reduce((sum, value) => sum + value, 0) / data.length;
  expect(mean(shrunk.data)).toBeCloseTo(mean(full.data), 4);
});

test('a part equals the crop of the whole', () => {
  const { shelf, raster, mask } = scene();
  const record = documentOf([filled('g', [0.3, 0.4, 0.5, 1]), painted('a', raster, { blend: 'overlay', mask })]);
  const whole = compositeGroup(record, squares, shelf.access, { shrink: 8 });
  const part = { x: 31, y: 22, width: 9, height: 7 };
  expect(compositeGroup(record, part, shelf.access, { shrink: 8 }).data).toEqual(cropSurface(whole, part).data);
});

test('squares that a region touches hold it', () => {
  expect(shrunkRegion({ x: 5, y: 8, width: 4, height: 8 }, 4)).toEqual({ x: 1, y: 2, width: 2, height: 2 });
});

/** Keeps all. */
function keeping(): KeptMeans {
  const means = new Map<string, Uint8Array | undefined>();
  return {
    of: (id, taken, make) => {
      const key = `${id} ${taken}`;
      if (!means.has(key)) means.set(key, make());
      return means.get(key);
    },
  };
}

test.each([2, 4, 8])('kept means of tiles give the same picture but for rounding, wherever the tiles stand (squares of %d px)', (shrink) => {
  const { shelf, raster, mask } = scene();
  const between = { ...mask, x: 3, y: -5 };
  const record = documentOf([filled('g', [0.3, 0.4, 0.5, 1]), painted('a', raster, { blend: 'multiply', mask }), painted('b', { ...raster, x: 0, y: 256 }, { opacity: 0.5, mask: between })]);
  const region = { x: 0, y: 0, width: 480 / shrink, height: 480 / shrink };
  const fresh = compositeGroup(record, region, shelf.access, { shrink });
  const { data } = compositeGroup(record, region, { ...shelf.access, means: keeping() }, { shrink });
  expect(data.reduce((worst, value, at) => Math.max(worst, Math.abs(value - (fresh.data[at] ?? 0))), 0)).toBeLessThan(2 / 255);
});

test('means that are kept are not taken of the tiles again', () => {
  const { shelf, raster, mask } = scene();
  const record = documentOf([filled('g', [0.3, 0.4, 0.5, 1]), painted('a', raster, { mask })]);
  const asked: string[] = [];
  const bytes = (id: string): Uint8Array | undefined => {
    asked.push(id);
    return shelf.bytes(id);
  };
  const access = { ...shelf.access, bytes, means: keeping() };
  const first = compositeGroup(record, squares, access, { shrink: 4 });
  expect(asked.length).toBeGreaterThan(2);
  asked.length = 0;
  expect([compositeGroup(record, squares, access, { shrink: 4 }).data, asked]).toEqual([first.data, []]);
});
