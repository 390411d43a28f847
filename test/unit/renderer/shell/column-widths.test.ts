// The columns beside the canvas: as drawn, else by the window; the canvas keeps its half.
import { expect, test } from 'vitest';
import { columnWidths } from '../../../../src-renderer/shell/column-widths.ts';

const both = { left: true, right: true };

test('without a wish they are narrower in a narrow window and no wider than they need to be', () => {
  expect(columnWidths(2560, {}, both)).toEqual({ left: 236, right: 284 });
  expect(columnWidths(1440, {}, both)).toEqual({ left: 236, right: 284 });
  const { left, right } = columnWidths(1024, {}, both);
  expect(left + right).toBeLessThan(1024 * 0.43);
});

test('what was drawn is kept where there is room, and comes back with it', () => {
  const drawn = { left: 420, right: 360 };
  expect(columnWidths(1920, drawn, both)).toEqual(drawn);
  const { left, right } = columnWidths(1024, drawn, both);
  expect(left + right + 46).toBeLessThanOrEqual(512);
  expect(Math.min(left - 176, right - 240)).toBeGreaterThan(0);
});

test('a column alone has the room of both', () => {
  expect(columnWidths(1024, { left: 420 }, { left: true, right: false }).left).toBe(420);
});

test('they stay wide enough to be used in the smallest window', () => {
  expect(columnWidths(480, { left: 500, right: 500 }, both)).toEqual({ left: 176, right: 240 });
});
