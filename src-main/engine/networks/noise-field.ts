// The noise a generator paints with: a field over the artwork that depends on seed and place alone.
import type { Extent, Region } from '../../contract/image.ts';
import { hash32 } from '../tensor/random.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';

/** Finest cells of the field in px of the pass at hand, before they are moved to the nearest power of two. */
const finestCellPx = 2;
/** Cells of 2, 4 and 8 px: from a dot to a stroke; larger ones mottle flat skies. */
const octaves = 3;

export interface NoisePlace {
  readonly seed: number;
  /** 0 no noise, 1 unit variance. */
  readonly strength: number;
  /** The window on the frame and the frame, in px of this pass. */
  readonly place: Region;
  readonly frame: Extent;
  /** Long side in px at which the style was learned: the artwork's own unit of length. */
  readonly learnedSizePx: number;
}

/**
 * The field in a window, [1,1,h,w], about unit variance times strength. Lattices lie on the artwork in powers of two of
 * the learned pixel, so every tiling reads the same field. A pass of twice the pixels gains a finer octave and leaves out the
 * coarsest: the network meets cells of the sizes it learned with, and those that both passes have lie on the same place.
 */
export function noiseField({ seed, strength, place, frame, learnedSizePx }: NoisePlace): Tensor {
  const field = tensor([1, 1, place.height, place.width]);
  if (strength === 0) return field;
  const pxPerUnit = Math.max(frame.width, frame.height) / learnedSizePx;
  const finest = Math.round(Math.log2(finestCellPx / pxPerUnit));
  // Uniform cells have variance 1/3; the fade keeps 181/231 of it along each axis; octaves add up.
  const gain = (strength * Math.sqrt(3)) / ((181 / 231) * Math.sqrt(octaves));
  for (let octave = 0; octave < octaves; octave++) {
    addOctave(field.data, place, 2 ** (finest + octave) * pxPerUnit, hash32(seed, finest + octave), gain);
  }
  return field;
}

/** By position. */
interface Knots {
  readonly cells: Int32Array;
  readonly shares: Float64Array;
}

/** Adds uniform values in [−1,1] at lattice points `cellPx` apart, smoothly joined (Perlin 2002's fade). */
function addOctave(data: Float32Array, { x, y, width, height }: Region, cellPx: number, key: number, gain: number): void {
  const columns = knots(x, width, cellPx);
  const rows = knots(y, height, cellPx);
  const first = columns.cells[0];
  const lattice = (row: number): Float32Array => {
    const values = new Float32Array(columns.cells[width - 1] - first + 2);
    for (let i = 0; i < values.length; i++) values[i] = (hash32(key, row, first + i) / 2 ** 31 - 1) * gain;
    return values;
  };
  const between = new Float64Array(columns.cells[width - 1] - first + 2);
  const slopes = new Float64Array(between.length);
  const { shares } = columns;
  const places = columns.cells.map((cell) => cell - first);
  let upper = lattice(rows.cells[0]);
  let lower = lattice(rows.cells[0] + 1);
  for (let row = 0, at = 0, current = rows.cells[0]; row < height; row++) {
    const [cell, share] = [rows.cells[row], rows.shares[row]];
    if (cell !== current) {
      upper = cell === current + 1 ? lower : lattice(cell);
      lower = lattice(cell + 1);
      current = cell;
    }
    for (let i = 0; i < between.length; i++) between[i] = upper[i] + (lower[i] - upper[i]) * share;
    for (let i = 0; i + 1 < between.length; i++) slopes[i] = between[i + 1] - between[i];
    for (let column = 0; column < width; column++, at++) {
      const i = places[column];
      data[at] += between[i] + slopes[i] * shares[column];
    }
  }
}

/** Lattice cell and faded share of every pixel centre along one axis. */
function knots(start: number, length: number, cellPx: number): Knots {
  const [cells, shares] = [new Int32Array(length), new Float64Array(length)];
  for (let index = 0; index < length; index++) {
    const position = (start + index + 0.5) / cellPx;
    const cell = Math.floor(position);
    const t = position - cell;
    cells[index] = cell;
    shares[index] = t * t * t * (t * (t * 6 - 15) + 10);
  }
  return { cells, shares };
}
