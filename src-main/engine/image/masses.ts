// The masses of a picture: how light each part is and which way its borders run, so that marks keep to forms.
import type { Extent } from '../../contract/image.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';
import { lumasOf } from './color.ts';
import { squareMeans } from './square-means.ts';

/** Most cells of a map along a side. */
const mostCells = 128;
/** Slope of luma from cell to cell from which on a border decides the direction of marks. */
const sureSlope = 0.02;
/** Radius in cells over which directions are gathered. */
const gathered = 2;

/** Luma of the parts of a whole picture [1,3,h,w] in [0,1], sRGB-encoded, at whatever size: [1,1,rows,columns], spread evenly over it. */
export function massesOf(picture: Tensor): Tensor {
  const [, , height, width] = picture.shape as [number, number, number, number];
  const scale = Math.min(1, mostCells / Math.max(width, height));
  const cells = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const means = squareMeans(lumasOf(picture), { width, height }, Math.round(0.25 / scale));
  const masses = tensor([1, 1, cells.height, cells.width]);
  for (let cell = 0; cell < masses.data.length; cell++) {
    const [x, y] = [cell % cells.width, Math.floor(cell / cells.width)];
    masses.data[cell] = means[Math.floor(((y + 0.5) * height) / cells.height) * width + Math.floor(((x + 0.5) * width) / cells.width)]!;
  }
  return masses;
}

/** Reads masses at places of a frame of the whole picture, in px. */
export interface MassReader {
  /** In [0,1]. */
  lumaAt(x: number, y: number): number;
  /** An angle in rad turned towards the borders that run there, as far as there are any; an angle and its opposite are one. */
  alongForms(angle: number, x: number, y: number): number;
}

export function massReader(masses: Tensor, frame: Extent): MassReader {
  const [, , height, width] = masses.shape as [number, number, number, number];
  const tensors = bordersOf(masses);
  // bilinear between the centres of cells, at the edges the nearest
  const read = (plane: Float32Array, x: number, y: number): number => {
    const across = Math.min(Math.max((x * width) / frame.width - 0.5, 0), width - 1);
    const down = Math.min(Math.max((y * height) / frame.height - 0.5, 0), height - 1);
    const [column, row] = [Math.floor(across), Math.floor(down)];
    const [right, below] = [Math.min(column + 1, width - 1), Math.min(row + 1, height - 1)];
    const along = (line: number): number => plane[line * width + column]! + (across - column) * (plane[line * width + right]! - plane[line * width + column]!);
    return along(row) + (down - row) * (along(below) - along(row));
  };
  return {
    lumaAt: (x, y) => read(masses.data, x, y),
    alongForms(angle, x, y) {
      const [even, odd] = [read(tensors.even, x, y), read(tensors.odd, x, y)];
      // a border runs across its slope
      const strength = Math.hypot(even, odd);
      const share = strength / (strength + sureSlope ** 2);
      const turn = strength > 0 ? share / strength : 0;
      return Math.atan2((1 - share) * Math.sin(2 * angle) - turn * odd, (1 - share) * Math.cos(2 * angle) - turn * even) / 2;
    },
  };
}

/** Structure tensors of the slopes as twice their angle, gathered over neighbours (Kyprianidis & Kang 2011): |∇|²·cos 2φ and |∇|²·sin 2φ. */
function bordersOf({ data, shape }: Tensor): { readonly even: Float32Array; readonly odd: Float32Array } {
  const [, , height, width] = shape as [number, number, number, number];
  const [even, odd] = [new Float32Array(data.length), new Float32Array(data.length)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (column: number, row: number): number => data[Math.min(Math.max(row, 0), height - 1) * width + Math.min(Math.max(column, 0), width - 1)]!;
      const [across, down] = [(at(x + 1, y) - at(x - 1, y)) / 2, (at(x, y + 1) - at(x, y - 1)) / 2];
      even[y * width + x] = across ** 2 - down ** 2;
      odd[y * width + x] = 2 * across * down;
    }
  }
  return { even: squareMeans(even, { width, height }, gathered), odd: squareMeans(odd, { width, height }, gathered) };
}
