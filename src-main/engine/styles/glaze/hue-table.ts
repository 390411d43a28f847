// What greys were broken into, among what is frozen of a picture.
import { StudioError } from '../../../contract/fault.ts';
import { markKinds } from '../../../contract/style.ts';
import type { ColourBreak } from '../../image/broken-colour.ts';
import type { TensorTable } from '../../tensor/safetensors.ts';
import { tensor, type Tensor } from '../../tensor/tensor.ts';

const [hues, kinds, forms] = ['colour.hues', 'colour.marks', 'colour.masses'] as const;

/** Tensors `colour.hues` [K,3]: red, blue, both; and `colour.marks` [K]: places in markKinds. */
export function breaksTable(breaks: readonly ColourBreak[]): TensorTable {
  return {
    [hues]: tensor([breaks.length, 3], Float32Array.from(breaks.flatMap(({ spread: { red, blue, both } }) => [red, blue, both]))),
    [kinds]: tensor([breaks.length], Float32Array.from(breaks, ({ marks }) => markKinds.indexOf(marks))),
  };
}

/**
 * The way back, of so many styles; nothing where greys were not broken, strokes where it was frozen before there were other marks. Throws
 * asset.corrupt where it is of others.
 */
export function thawedBreaks(table: TensorTable, styles: number): ColourBreak[] | undefined {
  const found = table[hues];
  if (!found) return undefined;
  const marks = table[kinds] ?? tensor([styles]);
  const [count, parts] = found.shape;
  const isWhole = found.shape.length === 2 && count === styles && parts === 3 && found.data.every((value) => Number.isFinite(value) && Math.abs(Number(value)) <= 1);
  if (!isWhole || marks.data.length !== styles || !marks.data.every((kind) => Number(kind) in markKinds)) throw new StudioError('asset.corrupt', { asset: 'statistics' });
  return Array.from({ length: styles }, (_, style) => {
    const [red, blue, both] = found.data.subarray(3 * style, 3 * style + 3) as Float32Array;
    return { spread: { red: Math.max(0, red!), blue: Math.max(0, blue!), both: both! }, marks: markKinds[Number(marks.data[style])]! };
  });
}

/** Masses [1,1,h,w] (image/masses.ts) as a tensor `colour.masses`. */
export function massesTable(masses: Tensor): TensorTable {
  return { [forms]: masses };
}

/** The way back; nothing where it was frozen before marks kept to forms. Throws asset.corrupt where the map is none. */
export function thawedMasses(table: TensorTable): Tensor | undefined {
  const map = table[forms];
  if (!map) return undefined;
  const [one, plane, height = 0, width = 0] = map.shape;
  if (map.shape.length !== 4 || one !== 1 || plane !== 1 || height * width === 0 || !map.data.every(Number.isFinite)) throw new StudioError('asset.corrupt', { asset: 'statistics' });
  return map as Tensor;
}
