// Paint of glazes as a page keeps it.
import { expect, test } from 'vitest';
import type { GlazeTiles } from '../../../../../src-main/contract/glaze-tiles.ts';
import { createGlazePaint } from '../../../../../src-renderer/canvas/worker/glaze-paint.ts';

const told = (sequence: number, tiles: GlazeTiles['tiles'], whole = false): GlazeTiles => ({ document: 'd', layer: 'g', sequence, whole, tiles, coarse: false, atRest: true, state: 's', painted: {} });

test('paint of a document of 16 bit is read as such', () => {
  const paint = createGlazePaint();
  expect(paint.apply(told(1, { '1,0': 'a' }), 16)).toEqual({ x: 256, y: 0, width: 256, height: 256 });
  expect(paint.raster('g')).toEqual({ x: 0, y: 0, depth: 16, tiles: { '1,0': 'a' } });
});

test('what comes late changes nothing, and whole paint leaves nothing of the former', () => {
  const paint = createGlazePaint();
  paint.apply(told(2, { '0,0': 'a', '1,0': 'b' }), 8);
  expect(paint.apply(told(1, { '0,0': 'old' }), 8).width).toBe(0);
  expect(paint.apply(told(3, { '1,0': 'c' }, true), 8)).toEqual({ x: 0, y: 0, width: 512, height: 256 });
  expect(paint.raster('g')?.tiles).toEqual({ '1,0': 'c' });
});
