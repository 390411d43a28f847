// Smudging: paint is dragged along the stroke, plain areas and clear borders stay as they are, batches make no difference.
import { describe, expect, test } from 'vitest';
import type { Mask, Raster } from '../../../src-main/contract/document.ts';
import { coverageWithin } from '../../../src-main/raster/coverage.ts';
import { changesOf, paintOnto, paintTiles } from '../../../src-main/raster/paint-tiles.ts';
import { selectionCoverage, selectRectangle } from '../../../src-main/raster/selection.ts';
import { Smudge } from '../../../src-main/raster/smudge.ts';
import { roundBrush, Stroke, type Brush, type StrokePoint } from '../../../src-main/raster/stroke.ts';
import { bytesOfSamples, readRaster, type BytesOf } from '../../../src-main/raster/tiles.ts';
import { noise, TileShelf, type Straight } from './document-of.ts';

const page = { x: 0, y: 0, width: 600, height: 400 };
const finger: Brush = { ...roundBrush, sizePx: 60, hardness: 0.7, opacity: 0.75, spacing: 0.05 };
const shelf = new TileShelf();
const pixelAt = (raster: Raster | Mask, x: number, y: number): number[] => [...readRaster(raster, { x, y, width: 1, height: 1 }, shelf.bytes).data];
/** Whether two rasters show the same; quicker than comparing value by value. */
const isSame = (a: Raster, b: Raster): boolean => bytesIn(a).equals(bytesIn(b));
const bytesIn = (raster: Raster): Buffer => Buffer.from(bytesOfSamples(readRaster(raster, page, shelf.bytes).data));
const along = (from: readonly [number, number], to: readonly [number, number], count = 12): StrokePoint[] =>
  Array.from({ length: count }, (_, i) => ({ x: from[0] + ((to[0] - from[0]) * i) / (count - 1), y: from[1] + ((to[1] - from[1]) * i) / (count - 1), pressure: 1 }));

interface Made {
  readonly brush?: Partial<Brush>;
  readonly lockAlpha?: boolean;
  readonly bytes?: BytesOf;
}

function started(raster: Raster | Mask, { brush = {}, lockAlpha = false, bytes = shelf.bytes }: Made = {}) {
  const whole = { ...finger, ...brush };
  const smudge = new Smudge({ raster, within: page, mostRadius: whole.sizePx / 2, lockAlpha, bytes });
  return { smudge, stroke: new Stroke(whole, page, (dab) => smudge.add(dab)) };
}

function smudged<R extends Raster | Mask>(raster: R, points: readonly StrokePoint[], made: Made = {}): R {
  const { smudge, stroke } = started(raster, made);
  stroke.add(points);
  stroke.finish();
  const region = smudge.work();
  return shelf.put(raster, paintTiles({ raster, region, coverage: smudge.coverage, paint: { kind: 'replace', surface: smudge.surface }, bytes: shelf.bytes }));
}

const halves = (left: Straight, right: Straight, depth: 8 | 16 = 8, at = { x: 0, y: 0 }): Raster => shelf.raster(page, (x) => (x < 300 ? left : right), depth, at);

describe('Smudge', () => {
  test('drags paint along the stroke, the less the further it goes, and leaves what lies beside it', () => {
    const ground = halves([255, 0, 0, 255], [0, 0, 255, 255]);
    const after = smudged(ground, along([260, 200], [580, 200]));
    const reds = [310, 360, 400, 440, 480].map((x) => pixelAt(after, x, 200)[0] ?? 0);
    expect(reds[0]).toBeGreaterThan(200);
    expect(reds).toEqual([...reds].sort((a, b) => b - a));
    expect(reds.at(-1)).toBeGreaterThan(5);
    expect(reds.at(-1)).toBeLessThan(reds[0]! / 2);
    expect(pixelAt(after, 320, 240)).toEqual([0, 0, 255, 255]);
    expect(pixelAt(after, 240, 200)).toEqual([255, 0, 0, 255]);
  });

  test('the other way the other paint is dragged', () => {
    const after = smudged(halves([255, 0, 0, 255], [0, 0, 255, 255]), along([340, 200], [180, 200]));
    expect(pixelAt(after, 280, 200)[2]).toBeGreaterThan(150);
    expect(pixelAt(after, 320, 200)).toEqual([0, 0, 255, 255]);
  });

  test('at full strength it carries what it first took up to the end', () => {
    const after = smudged(shelf.raster(page, (x, y) => (Math.hypot(x - 100, y - 200) < 60 ? [9, 200, 30, 255] : [240, 240, 240, 255])), along([100, 200], [500, 200]), { brush: { opacity: 1, hardness: 1 } });
    expect([pixelAt(after, 300, 200), pixelAt(after, 490, 210)]).toEqual([[9, 200, 30, 255], [9, 200, 30, 255]]);
  });

  test.each([0.025, 0.06])('carries as far with dabs a share of %f of its size apart as with others', (spacing) => {
    const ground = halves([255, 0, 0, 255], [0, 0, 255, 255]);
    const [a, b] = [0.04, spacing].map((each) => smudged(ground, along([260, 200], [420, 200]), { brush: { spacing: each } }));
    for (const [x, y] of [[320, 200], [350, 205], [330, 220]] as const) expect(Math.abs((pixelAt(a!, x, y)[0] ?? 0) - (pixelAt(b!, x, y)[0] ?? 0))).toBeLessThan(36);
  });

  const wild = Array.from({ length: 12 }, (_, i): StrokePoint => ({ x: 300 + 310 * Math.sin(i * 0.7), y: 200 + 215 * Math.cos(i * 0.45), pressure: 0.3 + 0.7 * Math.abs(Math.sin(i)), tiltX: 40, tiltY: -10 }));

  test.each([[8, [201, 77, 3, 255]], [8, [201, 77, 3, 1]], [8, [200, 100, 50, 0]], [8, [13, 254, 99, 97]], [16, [51234, 77, 65535, 30001]]] as const)('a plain area of %d bit, %j, keeps its bytes', (depth, colour) => {
    const ground = shelf.raster(page, () => colour, depth);
    const after = smudged(ground, wild, { brush: { tilt: 0.6, pressureSize: { least: 0.05, gamma: 1 }, pressureOpacity: { least: 0, gamma: 1 } } });
    expect(after).toEqual(ground);
  });

  test('strength 0 and a tap change nothing', () => {
    const random = noise(3);
    const ground = shelf.raster(page, () => [random() * 255, random() * 255, random() * 255, random() * 255]);
    expect(smudged(ground, wild, { brush: { opacity: 0 } })).toEqual(ground);
    expect(smudged(ground, along([200, 200], [200, 200], 2))).toEqual(ground);
    expect(smudged(ground, wild, { brush: { pressureOpacity: { least: 0, gamma: 1 } } })).not.toEqual(ground);
  });

  test('clear borders do not darken: paint that thins out keeps its colour', () => {
    const after = smudged(shelf.raster({ ...page, width: 300 }, () => [250, 120, 40, 255]), along([260, 200], [420, 203]));
    const alphas: number[] = [];
    for (let x = 250; x < 440; x += 3) {
      const [r = 0, g = 0, b = 0, a = 0] = pixelAt(after, x, 205);
      alphas.push(a);
      if (a < 8) continue;
      expect(Math.max(Math.abs(r - 250), Math.abs(g - 120), Math.abs(b - 40)), `at ${x}`).toBeLessThanOrEqual(Math.ceil(255 / a));
    }
    expect(alphas.some((alpha) => alpha > 40 && alpha < 200)).toBe(true);
  });

  test('clear paint is dragged over paint, too', () => {
    expect(pixelAt(smudged(shelf.raster({ ...page, width: 300 }, () => [250, 120, 40, 255]), along([340, 200], [200, 200])), 290, 200)[3]).toBeLessThan(120);
  });

  test('a locked alpha stays while colours are dragged', () => {
    const ground = shelf.raster({ ...page, width: 400 }, (x) => (x < 300 ? [255, 0, 0, 255] : [0, 0, 255, 100]));
    const after = smudged(ground, along([260, 200], [450, 201]), { lockAlpha: true });
    expect(pixelAt(after, 330, 200)[3]).toBe(100);
    expect(pixelAt(after, 330, 200)[0]).toBeGreaterThan(100);
    expect(pixelAt(after, 410, 200)).toEqual([0, 0, 0, 0]);
    const alphas = (raster: Raster): number[] => [...readRaster(raster, page, shelf.bytes).data].filter((_, index) => index % 4 === 3);
    expect(Buffer.compare(Uint8Array.from(alphas(after)), Uint8Array.from(alphas(ground)))).toBe(0);
  });

  test('in batches it leaves the tiles of the stroke as a whole, and tells every pixel that changes', () => {
    const random = noise(11);
    const ground = shelf.raster(page, () => [random() * 255, random() * 255, 90, 128 + random() * 127], 8, { x: -30, y: 11 });
    const whole = smudged(ground, wild);
    const { smudge, stroke } = started(ground);
    const tiles = new Map<string, Uint8Array>();
    const request = { raster: ground, coverage: smudge.coverage, paint: { kind: 'replace', surface: smudge.surface }, bytes: shelf.bytes } as const;
    const step = (): void => paintOnto({ ...request, region: smudge.work() }, tiles, ({ place }, after) => void tiles.set(place, after));
    for (const point of wild) {
      stroke.add([point]);
      step();
    }
    stroke.finish();
    step();
    expect([isSame(shelf.put(ground, changesOf(request, tiles)), whole), isSame(ground, whole)]).toEqual([true, false]);
  });

  test('waits for tiles beneath it, and then is what it would have been', () => {
    const ground = halves([255, 0, 0, 255], [0, 0, 255, 255]);
    const here = new Set([ground.tiles['0,0']]);
    const { smudge, stroke } = started(ground, { bytes: (id) => (here.has(id) ? shelf.bytes(id) : undefined) });
    stroke.add(along([100, 128], [420, 128]));
    stroke.finish();
    const early = smudge.work();
    expect(early.x + early.width).toBeLessThanOrEqual(256);
    expect(smudge.missing()).toEqual([ground.tiles['1,0']]);
    here.add(ground.tiles['1,0']);
    smudge.work();
    expect(smudge.missing()).toEqual([]);
    const paint = { kind: 'replace', surface: smudge.surface } as const;
    const late = shelf.put(ground, paintTiles({ raster: ground, region: page, coverage: smudge.coverage, paint, bytes: shelf.bytes }));
    expect(isSame(late, smudged(ground, along([100, 128], [420, 128])))).toBe(true);
  });

  test('changes what is selected alone, and half of what is half selected', () => {
    const ground = halves([255, 0, 0, 255], [0, 0, 255, 255]);
    const { smudge, stroke } = started(ground);
    stroke.add(along([260, 200], [420, 200]));
    stroke.finish();
    const region = smudge.work();
    const selected = selectionCoverage(selectRectangle(0, 0, 320, 400, page));
    const paint = { kind: 'replace', surface: smudge.surface } as const;
    const put = (coverage: typeof selected): Raster => shelf.put(ground, paintTiles({ raster: ground, region, coverage: coverageWithin(smudge.coverage, coverage), paint, bytes: shelf.bytes }));
    expect([pixelAt(put(selected), 319, 200)[0]! > 100, pixelAt(put(selected), 320, 200)]).toEqual([true, [0, 0, 255, 255]]);
    const full = pixelAt(put((part) => new Float32Array(part.width * part.height).fill(1)), 330, 200)[0]!;
    expect(pixelAt(put((part) => new Float32Array(part.width * part.height).fill(0.5)), 330, 200)[0]).toBeCloseTo(full / 2, -0.5);
  });

  test('beyond the page lies what lies at its border', () => {
    const after = smudged(shelf.raster(page, (x) => (x < 20 ? [255, 0, 0, 255] : [0, 0, 255, 255])), along([-40, 200], [90, 200]));
    expect(pixelAt(after, 0, 200)).toEqual([255, 0, 0, 255]);
    expect(pixelAt(after, 35, 200)[0]).toBeGreaterThan(150);
  });

  test('smudges a mask', () => {
    const mask = shelf.mask(page, (x) => (x < 300 ? 255 : 0), 255);
    const after = smudged(mask, along([260, 200], [420, 200]));
    expect(pixelAt(after, 320, 200)[0]).toBeGreaterThan(120);
    expect(pixelAt(after, 320, 250)).toEqual([0]);
  });
});
