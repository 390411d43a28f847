// Cells of a frame that are out of date.
import { expect, test } from 'vitest';
import { dirtyCells } from '../../../../src-main/services/glaze/glaze-cells.ts';

test('what is marked is found in whole cells, cut off at the edges of the frame', () => {
  const cells = dirtyCells({ width: 100, height: 50 });
  expect(cells.within({ x: 0, y: 0, width: 100, height: 50 })).toBeUndefined();
  cells.mark({ x: 90, y: 40, width: 500, height: 500 });
  expect(cells.within({ x: 0, y: 0, width: 100, height: 50 })).toEqual({ x: 80, y: 32, width: 20, height: 18 });
  expect(cells.within({ x: 0, y: 0, width: 80, height: 50 })).toBeUndefined();
  expect(cells.count).toBe(4);
});

test('only cells that lie in a region wholly are cleared, those at the edges of the frame too', () => {
  const cells = dirtyCells({ width: 100, height: 50 });
  cells.markAll();
  cells.clear({ x: 1, y: 0, width: 99, height: 50 });
  expect(cells.within({ x: 0, y: 0, width: 100, height: 50 })).toEqual({ x: 0, y: 0, width: 16, height: 50 });
  cells.clear({ x: 0, y: 0, width: 16, height: 50 });
  expect(cells.count).toBe(0);
});

test('the marked place nearest to a point comes first', () => {
  const cells = dirtyCells({ width: 600, height: 600 });
  cells.mark({ x: 10, y: 10, width: 4, height: 4 });
  cells.mark({ x: 590, y: 300, width: 4, height: 4 });
  expect(cells.nearest(20, 20, 256)).toEqual({ x: 0, y: 0, width: 256, height: 256 });
  expect(cells.nearest(599, 280, 256)).toEqual({ x: 512, y: 256, width: 88, height: 256 });
  cells.clear({ x: 0, y: 0, width: 600, height: 600 });
  expect(cells.nearest(0, 0, 256)).toBeUndefined();
});
