// Strokes: what they cover, that it depends on the points alone, and the tiles that painting leaves.
import { describe, expect, test } from 'vitest';
import type { Raster } from '../../../src-main/contract/document.ts';
import { coverageWithin } from '../../../src-main/raster/coverage.ts';
import { changesOf, paintOnto, paintTiles, type Paint } from '../../../src-main/raster/paint-tiles.ts';
import { selectionCoverage, selectRectangle } from '../../../src-main/raster/selection.ts';
import { roundBrush, Stroke, type Brush, type StrokePoint } from '../../../src-main/raster/stroke.ts';
import { readRaster } from '../../../src-main/raster/tiles.ts';
import { noise, TileShelf } from './document-of.ts';

const page = { x: 0, y: 0, width: 600, height: 400 };
const red: Paint = { kind: 'colour', colour: [1, 0, 0, 1] };

function wavy(count: number): StrokePoint[] {
  const random = noise(5);
  return Array.from({ length: count }, (_, i) => ({ x: 20 + i * 9 + random() * 6, y: 150 + 90 * Math.sin(i / 5), pressure: random(), tiltX: 60 * random(), tiltY: 20 }));
}

function drawn(brush: Partial<Brush>, points: readonly StrokePoint[], batch = points.length): Stroke {
  const stroke = new Stroke({ ...roundBrush, ...brush }, page);
  for (let i = 0; i < points.length; i += batch) stroke.add(points.slice(i, i + batch));
  stroke.finish();
  return stroke;
}

function coverageAt(stroke: Stroke, x: number, y: number): number {
  return stroke.coverage({ x, y, width: 1, height: 1 })?.[0] ?? 0;
}

const line = [{ x: 100, y: 100, pressure: 1 }, { x: 300, y: 100, pressure: 1 }];

describe('Stroke', () => {
  const brushes: Record<string, Partial<Brush>> = {
    plain: {},
    'built up': { buildUp: true, flow: 0.2, hardness: 0.1 },
    smoothed: { smoothing: 0.7, pressureSize: { least: 0.1, gamma: 1.5 } },
    'on a string': { stringPx: 25, tilt: 0.8, roundness: 0.6 },
  };
  test.each(Object.entries(brushes))('%s: covers the same however its points are batched', (_, brush) => {
    const points = wavy(50);
    const whole = drawn(brush, points).coverage(page);
    expect(drawn(brush, points, 1).coverage(page)).toEqual(whole);
    expect(drawn(brush, points, 7).coverage(page)).toEqual(whole);
  });

  test('tells every pixel that changes', () => {
    const stroke = new Stroke({ ...roundBrush, pressureSize: { least: 0, gamma: 1 } }, page);
    let before = new Float32Array(page.width * page.height);
    let untold = 0;
    for (const point of wavy(40)) {
      const changed = stroke.add([point]);
      const after = Float32Array.from(stroke.coverage(page) ?? before);
      for (let i = 0; i < after.length; i++) {
        if (after[i] === before[i]) continue;
        const [x, y] = [i % page.width, Math.floor(i / page.width)];
        if (x < changed.x || x >= changed.x + changed.width || y < changed.y || y >= changed.y + changed.height) untold++;
      }
      before = after;
    }
    expect(untold).toBe(0);
    expect(before.some((share) => share > 0)).toBe(true);
  });

  test('never exceeds its opacity, however often it crosses itself', () => {
    const scribble = Array.from({ length: 200 }, (_, i) => ({ x: 200 + 30 * Math.sin(i), y: 200 + 30 * Math.cos(i * 1.7), pressure: 1 }));
    for (const buildUp of [false, true]) {
      const most = drawn({ opacity: 0.4, flow: 0.5, buildUp }, scribble).coverage(page)!.reduce((largest, share) => Math.max(largest, share), 0);
      expect(most).toBeLessThanOrEqual(0.4 + 1e-6);
      expect(most).toBeGreaterThan(0.39);
    }
  });

  test('a tap is a dot of the brush\'s area', () => {
    for (const sizePx of [0.5, 1, 3, 20, 101]) {
      const dot = drawn({ sizePx, hardness: 1 }, [{ x: 200.3, y: 150.7, pressure: 1 }]).coverage(page)!;
      const area = dot.reduce((sum, share) => sum + share, 0);
      expect(area / (Math.PI * (sizePx / 2) ** 2), `${sizePx} px`).toBeGreaterThan(0.85);
      expect(area / (Math.PI * (sizePx / 2) ** 2), `${sizePx} px`).toBeLessThan(1.4);
    }
  });

  test('hardness is how far it is full', () => {
    const soft = drawn({ sizePx: 100, hardness: 0 }, line);
    const hard = drawn({ sizePx: 100, hardness: 1 }, line);
    expect(coverageAt(hard, 200, 140)).toBe(1);
    expect(coverageAt(soft, 200, 140)).toBeLessThan(0.2);
    expect(coverageAt(soft, 200, 100)).toBeGreaterThan(0.99);
    expect(coverageAt(hard, 200, 152)).toBe(0);
  });

  test('reaches the last point when it ends, also where it is smoothed', () => {
    expect(coverageAt(drawn({ sizePx: 10 }, line), 299, 100)).toBeGreaterThan(0.5);
    expect(coverageAt(drawn({ sizePx: 10, smoothing: 0.9 }, line), 299, 100)).toBeGreaterThan(0.5);
  });

  test('on a string it stays that far behind the pen', () => {
    const stroke = drawn({ sizePx: 10, stringPx: 50 }, line);
    expect(coverageAt(stroke, 240, 100)).toBeGreaterThan(0.5);
    expect(coverageAt(stroke, 270, 100)).toBe(0);
  });

  test('once released it covers nothing, and a stroke after it is not covered by what it left', () => {
    const points = wavy(20);
    const fresh = drawn({}, points).coverage(page);
    const old = drawn({ sizePx: 90 }, line);
    old.release();
    expect(old.coverage(page)).toBeUndefined();
    expect(drawn({}, points).coverage(page)).toEqual(fresh);
  });

  test('stays within the page, and survives points that are no numbers', () => {
    const stroke = drawn({}, [{ x: -5, y: -5, pressure: 1 }, { x: Number.NaN, y: 3, pressure: 1 }, { x: 700, y: 500, pressure: 1 }]);
    expect(stroke.region).toMatchObject({ x: 0, y: 0 });
    expect(stroke.coverage({ x: 600, y: 0, width: 100, height: 600 })?.some((share) => share > 0) ?? false).toBe(false);
    expect(coverageAt(stroke, 300, 210)).toBeGreaterThan(0.5);
  });
});

describe('paintTiles', () => {
  const shelf = new TileShelf();
  const blank: Raster = { x: -30, y: 11, depth: 8, tiles: {} };
  const at = (raster: Raster, x: number, y: number): number[] => [...readRaster(raster, { x, y, width: 1, height: 1 }, shelf.bytes).data];
  const paintOn = (raster: Raster, stroke: Stroke, paint: Paint): Raster =>
    shelf.put(raster, paintTiles({ raster, region: stroke.region, coverage: stroke.coverage, paint, bytes: shelf.bytes }));

  test('a stroke in parts leaves the tiles of the stroke as a whole', () => {
    const ground = shelf.raster(page, (x, y) => [x % 256, y % 256, 90, 128]);
    const points = wavy(50);
    const whole = drawn({ hardness: 0.3 }, points);
    const paint: Paint = { kind: 'colour', colour: [0, 0.5, 1, 0.7] };
    const expected = paintTiles({ raster: ground, region: whole.region, coverage: whole.coverage, paint, bytes: shelf.bytes });
    const stroke = new Stroke({ ...roundBrush, hardness: 0.3 }, page);
    const tiles = new Map<string, Uint8Array>();
    const request = { raster: ground, coverage: stroke.coverage, paint, bytes: shelf.bytes };
    const step = (region: typeof page): void => {
      paintOnto({ ...request, region }, tiles, ({ place }, after) => void tiles.set(place, after));
    };
    for (const point of points) step(stroke.add([point]));
    step(stroke.finish());
    expect(changesOf(request, tiles)).toEqual(expected);
  });

  test.each([[8, 255], [16, 65535]] as const)('paint of %d bit is over what was there', (depth, most) => {
    const ground = shelf.raster(page, () => [0, 0, most, most], depth);
    const painted = paintOn(ground, drawn({ sizePx: 60, opacity: 0.25, hardness: 1 }, line), red);
    expect(painted.depth).toBe(depth);
    expect(at(painted, 200, 100)).toEqual([Math.round(most / 4), 0, Math.round((most * 3) / 4), most]);
    expect(at(painted, 200, 250)).toEqual([0, 0, most, most]);
  });

  test('on a blank raster it has the colour at any alpha, and erasing it wholly leaves no tile', () => {
    const soft = drawn({ sizePx: 80, hardness: 0 }, line);
    const painted = paintOn(blank, soft, red);
    expect(at(painted, 200, 130).slice(0, 3)).toEqual([255, 0, 0]);
    expect(at(painted, 200, 130)[3]).toBeLessThan(128);
    const wiped = paintOn(painted, drawn({ sizePx: 300, hardness: 1 }, line), { kind: 'erase' });
    expect(wiped).toEqual(blank);
  });

  test('erasing keeps colours, and nothing where nothing was', () => {
    const ground = shelf.raster(page, () => [10, 20, 30, 200]);
    expect(at(paintOn(ground, drawn({ sizePx: 60, opacity: 0.5, hardness: 1 }, line), { kind: 'erase' }), 200, 100)).toEqual([10, 20, 30, 100]);
    expect(paintOn(blank, drawn({}, line), { kind: 'erase' })).toEqual(blank);
  });

  test('a locked alpha stays', () => {
    const ground = shelf.raster({ ...page, width: 200 }, () => [0, 0, 0, 100]);
    const painted = paintOn(ground, drawn({ sizePx: 60, hardness: 1 }, line), { ...red, lockAlpha: true });
    expect(at(painted, 150, 100)).toEqual([255, 0, 0, 100]);
    expect(at(painted, 250, 100)).toEqual([0, 0, 0, 0]);
  });

  test('paints inside a selection alone, and grey on masks', () => {
    const stroke = drawn({ sizePx: 60, hardness: 1 }, line);
    const mask = shelf.mask({ x: 0, y: 0, width: 1, height: 1 }, () => 255, 255);
    const coverage = coverageWithin(stroke.coverage, selectionCoverage(selectRectangle(0, 0, 200, 400, page)));
    const changed = paintTiles({ raster: mask, region: stroke.region, coverage, paint: { kind: 'grey', value: 40 }, bytes: shelf.bytes });
    const grey = [...readRaster(shelf.put(mask, changed), { x: 199, y: 100, width: 2, height: 1 }, shelf.bytes).data];
    expect(grey).toEqual([40, 255]);
    expect(() => paintTiles({ raster: mask, region: stroke.region, coverage, paint: red, bytes: shelf.bytes })).toThrow(/internal/);
  });
});
