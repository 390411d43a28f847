// What greys were broken into, among what is frozen: it comes back, and what is none is refused.
import { expect, test } from 'vitest';
import { breaksTable, massesTable, thawedBreaks, thawedMasses } from '../../../../../src-main/engine/styles/glaze/hue-table.ts';
import { tensor } from '../../../../../src-main/engine/tensor/tensor.ts';

const breaks = [{ spread: { red: 0.25, blue: 0.5, both: -0.125 }, marks: 'hatching' }, { spread: { red: 0, blue: 0, both: 0 }, marks: 'strokes' }] as const;
const hues = (shape: readonly number[], ...values: number[]) => ({ 'colour.hues': tensor(shape, Float32Array.from(values)) });
const marks = (...kinds: number[]) => ({ 'colour.marks': tensor([kinds.length], Float32Array.from(kinds)) });

test('hues and marks come back as they were, and nothing where greys were not broken', () => {
  expect(thawedBreaks({ other: tensor([1]), ...breaksTable(breaks) }, 2)).toEqual(breaks);
  expect(thawedBreaks({ other: tensor([1]) }, 2)).toBeUndefined();
});

test('what was frozen before there were marks are strokes', () => {
  expect(thawedBreaks(hues([1, 3], 0.25, 0.5, 0), 1)).toEqual([{ spread: { red: 0.25, blue: 0.5, both: 0 }, marks: 'strokes' }]);
});

test('those of another number of styles, or that are none, are refused', () => {
  const one = hues([1, 3], 0, 0, 0);
  for (const [table, styles] of [[breaksTable(breaks), 1], [hues([3], 0, 0, 0), 1], [hues([1, 3], NaN, 0, 0), 1], [hues([1, 3], 9, 0, 0), 1], [{ ...one, ...marks(0, 1) }, 1], [{ ...one, ...marks(99) }, 1], [{ ...one, ...marks(0.5) }, 1]] as const) {
    expect(() => thawedBreaks(table, styles)).toThrow(expect.objectContaining({ code: 'asset.corrupt' }));
  }
});

test('masses come back, nothing where there were none, and a map that is none is refused', () => {
  const masses = tensor([1, 1, 1, 2], Float32Array.of(0.25, 0.5));
  expect(thawedMasses({ other: tensor([1]), ...massesTable(masses) })).toEqual(masses);
  expect(thawedMasses({ other: tensor([1]) })).toBeUndefined();
  for (const map of [tensor([2]), tensor([1, 2, 1, 1]), tensor([1, 1, 0, 2]), tensor([1, 1, 1, 1], Float32Array.of(NaN))]) {
    expect(() => thawedMasses({ 'colour.masses': map })).toThrow(expect.objectContaining({ code: 'asset.corrupt' }));
  }
});
