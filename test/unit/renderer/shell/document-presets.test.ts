// Sizes of new documents: paper in px at its dpi, and back.
import { expect, test } from 'vitest';
import { documentPresets, lengthInPx, lengthOfPx } from '../../../../src-renderer/shell/document-presets.ts';

test('A4 at 300 dpi is 2480 × 3508 px, and reads as 210 × 297 mm', () => {
  const [width, height] = [lengthInPx(210, 'mm', 300), lengthInPx(297, 'mm', 300)];
  expect([width, height]).toEqual([2480, 3508]);
  expect([lengthOfPx(width, 'mm', 300), lengthOfPx(height, 'mm', 300)]).toEqual([210, 297]);
});

test('every preset fits the limit of a document', () => {
  for (const { width, height, unit, dpi } of documentPresets) {
    for (const side of [width, height]) expect(lengthInPx(side, unit, dpi)).toBeLessThanOrEqual(32_768);
  }
});
