// A small picture mirrored outward on all sides, up to whole multiples of a stride.
import { tensor, type Tensor } from '../../tensor/tensor.ts';

/** [1,C,h,w] → [1,C,h′,w′] with `border` px mirrored on every side and h′, w′ multiples of `multiple`. */
export function mirrorPad(picture: Tensor, border: number, multiple: number): Tensor {
  const [, channels, height, width] = picture.shape;
  const rows = mirrored(height, border, multiple);
  const columns = mirrored(width, border, multiple);
  const padded = tensor([1, channels, rows.length, columns.length]);
  let at = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (const row of rows) {
      const start = (channel * height + row) * width;
      for (const column of columns) padded.data[at++] = picture.data[start + column];
    }
  }
  return padded;
}

/** Index read at every place of the padded axis; mirrored without repeating the edge, as often as needed. */
function mirrored(size: number, border: number, multiple: number): number[] {
  const length = Math.ceil((size + 2 * border) / multiple) * multiple;
  const period = Math.max(1, 2 * (size - 1));
  return Array.from({ length }, (_, index) => {
    const place = (((index - border) % period) + period) % period;
    return place < size ? place : period - place;
  });
}
