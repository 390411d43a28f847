// Hues among what is frozen: they come back, and what is none is refused.
import { expect, test } from 'vitest';
import { huesTable, thawedHues } from '../../../../../src-main/engine/styles/glaze/hue-table.ts';
import { tensor } from '../../../../../src-main/engine/tensor/tensor.ts';

const spreads = [{ red: 0.25, blue: 0.5, both: -0.125 }, { red: 0, blue: 0, both: 0 }];
const hues = (shape: readonly number[], ...values: number[]) => ({ 'colour.hues': tensor(shape, Float32Array.from(values)) });

test('hues come back as they were, and nothing where greys were not broken', () => {
  expect(thawedHues({ other: tensor([1]), ...huesTable(spreads) }, 2)).toEqual(spreads);
  expect(thawedHues({ other: tensor([1]) }, 2)).toBeUndefined();
});

test('hues of another number of styles, or that are none, are refused', () => {
  for (const [table, styles] of [[huesTable(spreads), 1], [hues([3], 0, 0, 0), 1], [hues([1, 3], NaN, 0, 0), 1], [hues([1, 3], 9, 0, 0), 1]] as const) expect(() => thawedHues(table, styles)).toThrow(expect.objectContaining({ code: 'asset.corrupt' }));
});
