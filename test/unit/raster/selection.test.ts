// Selections, flood fills and gradients.
import { describe, expect, test } from 'vitest';
import { floodFill } from '../../../src-main/raster/flood-fill.ts';
import { fillSurface, type Fill } from '../../../src-main/raster/gradient.ts';
import {
  combineSelections, featherSelection, invertSelection, nothingSelected, readSelection, selectEllipse, selectionCoverage, selectionRegion, selectOutline,
  selectRectangle, type Selection,
} from '../../../src-main/raster/selection.ts';
import { createSurface, cropSurface } from '../../../src-main/raster/surface.ts';
import { readRaster } from '../../../src-main/raster/tiles.ts';
import { TileShelf, type Straight } from './document-of.ts';

const page = { x: 0, y: 0, width: 600, height: 500 };

function areaOf(selection: Selection): number {
  return readSelection(selection, page).reduce((sum, value) => sum + value, 0) / 255;
}

function valueAt(selection: Selection, x: number, y: number): number {
  return readSelection(selection, { x, y, width: 1, height: 1 })[0];
}

describe('selection', () => {
  test('a rectangle on the grid is exact, one between pixels is soft', () => {
    const sharp = selectRectangle(250, 10, 270, 300, page);
    expect(areaOf(sharp)).toBe(20 * 290);
    expect(selectionRegion(sharp)).toEqual({ x: 250, y: 10, width: 20, height: 290 });
    const soft = selectRectangle(10.5, 10.25, 20, 20, page);
    expect([valueAt(soft, 10, 15), valueAt(soft, 15, 10), valueAt(soft, 10, 10), valueAt(soft, 15, 15)]).toEqual([128, 191, 96, 255]);
  });

  test('an ellipse and a lasso cover their areas and nothing outside the page', () => {
    expect(areaOf(selectEllipse(100, 100, 400, 300, page))).toBeCloseTo(Math.PI * 150 * 100, -2);
    expect(areaOf(selectOutline([[100, 100], [300, 100], [100, 300]], page))).toBeCloseTo(20_000, 0);
    expect(areaOf(selectOutline([[-100, -100], [900, -100], [900, 900], [-100, 900]], page))).toBe(600 * 500);
    expect(selectOutline([[1, 1], [2, 2]], page)).toEqual(nothingSelected);
  });

  test('what an outline winds around twice is selected once', () => {
    const square: [number, number][] = [[100, 100], [200, 100], [200, 200], [100, 200]];
    expect(areaOf(selectOutline([...square, ...square], page))).toBe(10_000);
  });

  test('adds, takes away, cuts and turns around', () => {
    const a = selectRectangle(0, 0, 300, 100, page);
    const b = selectRectangle(200, 0, 400, 100, page);
    expect(areaOf(combineSelections(a, b, 'add'))).toBe(40_000);
    expect(areaOf(combineSelections(a, b, 'subtract'))).toBe(20_000);
    expect(areaOf(combineSelections(a, b, 'intersect'))).toBe(10_000);
    expect(combineSelections(a, b, 'replace')).toBe(b);
    expect(areaOf(invertSelection(a, page))).toBe(600 * 500 - 30_000);
    expect(combineSelections(a, a, 'subtract')).toEqual(nothingSelected);
    expect(selectionCoverage(b)({ x: 0, y: 300, width: 9, height: 9 })).toBeUndefined();
  });

  test('feathering keeps the area, softens the edge and is even across tiles', () => {
    const sharp = selectRectangle(150, 150, 350, 350, page);
    const soft = featherSelection(sharp, 20, page);
    expect(areaOf(soft) / areaOf(sharp)).toBeCloseTo(1, 2);
    expect(valueAt(soft, 250, 250)).toBe(255);
    expect(valueAt(soft, 150, 250)).toBeGreaterThan(110);
    expect(valueAt(soft, 149, 250)).toBeLessThan(145);
    // the shape mirrors at its middle, which lies within one tile in no way
    const row = readSelection(soft, { x: 100, y: 250, width: 300, height: 1 });
    expect([...row]).toEqual([...row].reverse());
    expect(featherSelection(sharp, 0, page)).toBe(sharp);
  });
});

describe('floodFill', () => {
  const shelf = new TileShelf();
  // two rooms with a wall between x = 300 and 303 that has a door at y = 400; an island in the second
  const plan = (x: number, y: number): Straight => {
    const wall = x >= 300 && x < 303 && y !== 400;
    const island = x > 500 && x < 520 && y > 100 && y < 120;
    return wall || island ? [0, 0, 0, 255] : [x < 300 ? 200 : 210, 200, 200, 255];
  };
  const raster = shelf.raster(page, plan);
  const read = (region: typeof page) => readRaster(raster, region, shelf.bytes);

  test('spreads through doors and across tiles, not over walls', async () => {
    const filled = await floodFill({ within: page, x: 10, y: 10, tolerance: 0.05, contiguous: true, read });
    expect(areaOf(filled)).toBe(600 * 500 - 3 * 499 - 19 * 19);
    const closer = await floodFill({ within: page, x: 10, y: 10, tolerance: 0.01, contiguous: true, read });
    expect(areaOf(closer)).toBe(300 * 500);
    expect(valueAt(closer, 299, 400)).toBe(255);
    expect(valueAt(closer, 300, 400)).toBe(0);
  });

  test('finds the colour everywhere where asked to', async () => {
    const filled = await floodFill({ within: page, x: 301, y: 10, tolerance: 0, contiguous: false, read });
    expect(areaOf(filled)).toBe(3 * 499 + 19 * 19);
    const island = await floodFill({ within: page, x: 510, y: 110, tolerance: 0, contiguous: true, read });
    expect(areaOf(island)).toBe(19 * 19);
  });

  test('reads only the tiles it reaches, each once, and can be stopped', async () => {
    const asked: string[] = [];
    await floodFill({ within: page, x: 510, y: 110, tolerance: 0, contiguous: true, read: (region) => (asked.push(JSON.stringify(region)), read(region)) });
    // the first pixel, then the two tiles that the island lies in
    expect(asked.length).toBe(3);
    expect(new Set(asked).size).toBe(3);
    const check = (): void => {
      throw new Error('stop');
    };
    await expect(floodFill({ within: page, x: 1, y: 1, tolerance: 0, contiguous: true, read, check })).rejects.toThrow('stop');
    expect(await floodFill({ within: page, x: -1, y: 1, tolerance: 0, contiguous: true, read })).toEqual(nothingSelected);
  });

  test('takes all see-through pixels as alike', async () => {
    const ghost = shelf.raster(page, (x) => [x % 256, 0, 0, x < 100 ? 0 : 255]);
    const filled = await floodFill({ within: page, x: 5, y: 5, tolerance: 0, contiguous: true, read: (region) => readRaster(ghost, region, shelf.bytes) });
    expect(areaOf(filled)).toBe(100 * 500);
  });
});

describe('gradient', () => {
  const fill: Fill = { type: 'linear', from: [10, 0], to: [110, 0], stops: [{ at: 0, colour: [1, 0, 0, 1] }, { at: 1, colour: [0, 0, 1, 0] }] };
  const drawn = (given: Fill, region = { x: 0, y: 0, width: 120, height: 40 }) => {
    const surface = createSurface(region);
    fillSurface(surface, given);
    return surface;
  };

  test('runs from stop to stop in premultiplied colours and goes on beyond', () => {
    const { data } = drawn(fill);
    expect([...data.subarray(0, 4)]).toEqual([1, 0, 0, 1]);
    expect([...data.subarray(115 * 4, 116 * 4)]).toEqual([0, 0, 0, 0]);
    [0.505, 0, 0, 0.505].forEach((value, channel) => expect(data[59 * 4 + channel]).toBeCloseTo(value, 4));
  });

  test('is radial around its beginning, and a part equals the crop', () => {
    const radial: Fill = { ...fill, type: 'radial', from: [60, 20], to: [80, 20] } as Fill;
    const whole = drawn(radial);
    const alpha = (x: number, y: number): number => whole.data[(y * 120 + x) * 4 + 3];
    expect(alpha(69, 20)).toBeCloseTo(alpha(60, 29), 5);
    expect(alpha(69, 20)).toBeCloseTo(1 - Math.hypot(9.5, 0.5) / 20, 3);
    expect(alpha(100, 20)).toBe(0);
    const part = { x: 50, y: 10, width: 17, height: 9 };
    expect(drawn(radial, part).data).toEqual(cropSurface(whole, part).data);
  });

  test('of no length shows its end colour; stops may stand in any order', () => {
    const { data } = drawn({ type: 'linear', from: [5, 5], to: [5, 5], stops: [{ at: 1, colour: [0, 1, 0, 1] }, { at: 0, colour: [1, 0, 0, 1] }] });
    expect([...data.subarray(0, 4)]).toEqual([0, 1, 0, 1]);
  });
});
