// The hues that greys were broken into, among what is frozen of a picture.
import { StudioError } from '../../../contract/fault.ts';
import type { HueSpread } from '../../../contract/style.ts';
import type { TensorTable } from '../../tensor/safetensors.ts';
import { tensor } from '../../tensor/tensor.ts';

const name = 'colour.hues';

/** Spreads as a tensor `colour.hues` [K,3]: red, blue, both. */
export function huesTable(spreads: readonly HueSpread[]): TensorTable {
  return { [name]: tensor([spreads.length, 3], Float32Array.from(spreads.flatMap(({ red, blue, both }) => [red, blue, both]))) };
}

/** The way back, of so many styles; nothing where greys were not broken. Throws asset.corrupt where it is of others. */
export function thawedHues(table: TensorTable, styles: number): HueSpread[] | undefined {
  const found = table[name];
  if (!found) return undefined;
  const [count, parts] = found.shape;
  if (found.shape.length !== 2 || count !== styles || parts !== 3 || !found.data.every((value) => Number.isFinite(value) && Math.abs(Number(value)) <= 1)) throw new StudioError('asset.corrupt', { asset: 'statistics' });
  return Array.from({ length: styles }, (_, style) => {
    const [red, blue, both] = found.data.subarray(3 * style, 3 * style + 3) as Float32Array;
    return { red: Math.max(0, red!), blue: Math.max(0, blue!), both: both! };
  });
}
