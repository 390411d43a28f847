// Borders of selections: closed, along px edges, apart where areas are apart.
import { expect, test } from 'vitest';
import { combineSelections, nothingSelected, selectEllipse, selectRectangle, selectionOf } from '../../../../../src-main/raster/selection.ts';
import { selectionOutline } from '../../../../../src-renderer/canvas/worker/selection-outline.ts';

const within = { x: 0, y: 0, width: 1000, height: 800 };

test('a rectangle has four corners, across tiles as well', () => {
  const [line, ...others] = selectionOutline(selectRectangle(200, 250, 600, 700, within));
  expect(others).toEqual([]);
  const corners = new Set(Array.from({ length: (line?.length ?? 0) / 2 }, (_, index) => `${line?.[index * 2]},${line?.[index * 2 + 1]}`));
  expect(corners).toEqual(new Set(['200,250', '600,250', '600,700', '200,700']));
});

test('a hole has a border of its own', () => {
  const ring = combineSelections(selectRectangle(0, 0, 100, 100, within), selectRectangle(40, 40, 60, 60, within), 'subtract');
  expect(selectionOutline(ring)).toHaveLength(2);
});

test('areas that touch by a corner stay apart', () => {
  const pair = combineSelections(selectRectangle(0, 0, 10, 10, within), selectRectangle(10, 10, 20, 20, within), 'add');
  expect(selectionOutline(pair)).toHaveLength(2);
});

test('nothing selected has no border, and a speckled selection is drawn coarser than it is', () => {
  expect(selectionOutline(nothingSelected)).toEqual([]);
  const speckled = selectionOf(within, ({ width, height }) => Uint8Array.from({ length: width * height }, (_, index) => ((index * 7) % 3 === 0 ? 255 : 0)));
  const points = selectionOutline(speckled).reduce((sum, line) => sum + line.length / 2, 0);
  expect(points).toBeLessThan(70_000);
});

test('the border of an ellipse stays near it', () => {
  for (const line of selectionOutline(selectEllipse(100, 100, 500, 400, within))) {
    for (let at = 0; at < line.length; at += 2) expect(Math.hypot((line[at] - 300) / 200, (line[at + 1] - 250) / 150)).toBeCloseTo(1, 1);
  }
});
