// Pictures and words on one sheet.
import { describe, expect, it } from 'vitest';
import { createSheet, fit, place, squareOf, write, type Sheet } from '../../../../bench/quality/montage.ts';
import { tensor, type Tensor } from '../../../../src-main/engine/tensor/tensor.ts';

const flat = (width: number, height: number, value: number): Tensor => tensor([1, 3, height, width], new Float32Array(3 * width * height).fill(value));
/** Pixels of the first channel with this value, as x,y. */
function where({ planes }: Sheet, value: number): string[] {
  const width = planes.shape[3]!;
  const first = [...planes.data.slice(0, planes.data.length / 3)];
  return first.flatMap((each, i) => (Math.abs(each - value) < 1e-6 ? [`${i % width},${Math.floor(i / width)}`] : []));
}

describe('a sheet', () => {
  it('lays a picture where it is told and cuts off what sticks out', () => {
    const sheet = createSheet({ width: 4, height: 3 });
    place(sheet, flat(3, 2, 1), 2, 2);
    expect(where(sheet, 1)).toEqual(['2,2', '3,2']);
  });

  it('reduces a picture into the middle of its box and never enlarges it', () => {
    const sheet = createSheet({ width: 10, height: 10 });
    fit(sheet, flat(8, 4, 1), { x: 0, y: 0, width: 4, height: 4 });
    expect(where(sheet, 1)).toHaveLength(8);
    expect(where(sheet, 1)[0]).toBe('0,1');
    const other = createSheet({ width: 10, height: 10 });
    fit(other, flat(2, 2, 1), { x: 0, y: 0, width: 10, height: 10 });
    expect(where(other, 1)).toEqual(['4,4', '5,4', '4,5', '5,5']);
  });

  it('cuts a square out of a picture, smaller where the picture is', () => {
    expect(squareOf(flat(20, 10, 1), 8, 1, 1).shape).toEqual([1, 3, 8, 8]);
    expect(squareOf(flat(20, 6, 1), 8, 0.5, 0.5).shape).toEqual([1, 3, 6, 8]);
  });

  it('writes letters, and nothing for what it has no letter for', () => {
    const sheet = createSheet({ width: 40, height: 12 });
    write(sheet, 'é', 0, 0);
    expect(where(sheet, 0.85)).toHaveLength(0);
    write(sheet, 'I', 0, 0);
    // strokes of three dots above and below, three single ones between, four pixels each
    expect(where(sheet, 0.85)).toHaveLength((3 + 1 + 1 + 1 + 3) * 4);
  });
});
