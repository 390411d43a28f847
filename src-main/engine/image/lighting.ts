// How a picture is lit before it is painted: masses drawn together, faint forms brought out, lights warmed and shadows cooled.
import type { Extent, Region } from '../../contract/image.ts';
import { reflectIndex } from '../tensor/reflect.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';
import { clipped, lumaOf, lumasOf } from './color.ts';
import { squareMeans } from './square-means.ts';

/** Of a whole picture, at whatever size: each window of it is lit alike. */
export interface Lighting {
  /** Mean luma, in [0,1]. */
  readonly mean: number;
  /** [1,2,h,w], spread evenly over the picture: luma of what lies around a place, and the deviation from it there, in [0,1]. */
  readonly surroundings: Tensor;
}

/** Long side of the picture, in px, for which reach is given. */
const frameOfReach = 512;
/** Radius in px of the square means, taken twice, that are a place's surroundings. */
const reach = 22;
/** Most cells of a map along a side: about three to a radius. */
const mostCells = 64;
/** How much of the differences between masses stays, of those darker than the mean and of lighter ones, and the least mean luma that they are gathered about. */
const [darkShare, lightShare, leastMean] = [0.5, 0.85, 0.46];
/** How much forms are brought out, at least and at most: to this deviation where they are fainter. */
const [leastGain, mostGain, fullDeviation] = [1.15, 2.2, 0.15];
/** Deviation of luma that is noise. */
const noise = 0.012;
/** Red, green and blue that a place gains, at the same luma, that is one deviation lighter than its surroundings; one that is darker loses as much. */
const warmColour = [0.0535, -0.0165, -0.0565] as const;
/** Deviation up to which warmth fades with the forms, and how far it goes, in deviations. */
const [leastDeviation, mostWarmth] = [0.03, 1.5];
/** Luma next to black and white where values are rolled off. */
const shoulder = 0.08;

/** The lighting of a picture [1,3,h,w] in [0,1], sRGB-encoded. */
export function lightingOf(picture: Tensor): Lighting {
  const [, , height, width] = picture.shape as [number, number, number, number];
  const whole = { width, height };
  const lumas = lumasOf(picture);
  const radius = Math.max(1, Math.round((reach * Math.max(width, height)) / frameOfReach));
  const around = squareMeans(lumas, whole, radius);
  const variance = squareMeans(lumas.map((value, at) => (value - around[at]!) ** 2), whole, radius);
  const cells = cellsOf(whole);
  const size = cells.width * cells.height;
  const surroundings = tensor([1, 2, cells.height, cells.width]);
  for (let cell = 0; cell < size; cell++) {
    const [x, y] = [cell % cells.width, Math.floor(cell / cells.width)];
    const at = Math.floor(((y + 0.5) * height) / cells.height) * width + Math.floor(((x + 0.5) * width) / cells.width);
    surroundings.data[cell] = around[at]!;
    surroundings.data[size + cell] = Math.sqrt(Math.max(0, variance[at]!));
  }
  // single precision, as it is kept
  return { mean: Math.fround(lumas.reduce((sum, value) => sum + value, 0) / lumas.length), surroundings };
}

function cellsOf({ width, height }: Extent): Extent {
  const scale = Math.min(1, mostCells / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** What is done to one pixel of some luma, as planes over the cells: lit to lift + gain · luma, warmed by cool + warmth · luma. */
const planes = 4;

function coefficientsOf({ mean, surroundings }: Lighting): Float32Array {
  const size = surroundings.data.length / 2;
  const goal = Math.max(mean, leastMean);
  const coefficients = new Float32Array(planes * size);
  for (let cell = 0; cell < size; cell++) {
    const [around, deviation] = [surroundings.data[cell]!, surroundings.data[size + cell]!];
    const isForm = deviation ** 2 / (deviation ** 2 + noise ** 2);
    const gain = leastGain + isForm * (Math.min(mostGain, Math.max(leastGain, fullDeviation / Math.max(deviation, noise))) - leastGain);
    const warmth = 1 / Math.max(deviation, leastDeviation);
    coefficients[cell] = goal + (around < mean ? darkShare : lightShare) * (around - mean) - gain * around;
    coefficients[size + cell] = gain;
    coefficients[2 * size + cell] = -around * warmth;
    coefficients[3 * size + cell] = warmth;
  }
  return coefficients;
}

/** Lights windows of one picture. */
export interface Relighter {
  /**
   * A window [1,3,h,w] in [0,1], sRGB-encoded, that lies at `place` on the whole frame, both in px: the same size and range come back. amount:
   * 0 leaves it, 1 lights it in full. What becomes of a pixel depends on the pixel and its place on the frame alone.
   */
  (window: Tensor, place: Region, frame: Extent, amount: number): Tensor;
}

export function relighter(lighting: Lighting): Relighter {
  const coefficients = coefficientsOf(lighting);
  const [, , rows, columns] = lighting.surroundings.shape as [number, number, number, number];
  return (window, place, frame, amount) => {
    const [, , height, width] = window.shape as [number, number, number, number];
    const across = stepsAlong(place.x, width, frame.width, columns);
    const down = stepsAlong(place.y, height, frame.height, rows);
    const result = tensor(window.shape);
    const row = new Float32Array(planes * columns);
    for (let y = 0; y < height; y++) {
      const [above, below, share] = [down.first[y]! * columns, Math.min(down.first[y]! + 1, rows - 1) * columns, down.share[y]!];
      for (let plane = 0; plane < planes; plane++) {
        const start = plane * rows * columns;
        for (let column = 0; column < columns; column++) {
          const [one, other] = [coefficients[start + above + column]!, coefficients[start + below + column]!];
          row[plane * columns + column] = one + share * (other - one);
        }
      }
      lightRow(window.data, result.data, { from: y * width, width, plane: width * height }, { row, columns, across }, amount);
    }
    return result;
  };
}

interface Steps {
  readonly first: Int32Array;
  readonly share: Float32Array;
}

/** Behind which cell each pixel of a window lies, and how far from it to the next; past the edges as in a mirror, as windows are read there. */
function stepsAlong(from: number, count: number, whole: number, cells: number): Steps {
  const steps = { first: new Int32Array(count), share: new Float32Array(count) };
  for (let index = 0; index < count; index++) {
    const at = Math.min(Math.max(((reflectIndex(from + index, whole) + 0.5) * cells) / whole - 0.5, 0), cells - 1);
    steps.first[index] = Math.floor(at);
    steps.share[index] = at - Math.floor(at);
  }
  return steps;
}

interface LitRow {
  readonly row: Float32Array;
  readonly columns: number;
  readonly across: Steps;
}

function lightRow(source: Float32Array, result: Float32Array, { from, width, plane }: { from: number; width: number; plane: number }, { row, columns, across: { first, share } }: LitRow, amount: number): void {
  const [red, green, blue] = warmColour;
  for (let x = 0; x < width; ) {
    const cell = first[x]!;
    const next = Math.min(cell + 1, columns - 1);
    const [lift, gain, cool, warmth] = [row[cell]!, row[columns + cell]!, row[2 * columns + cell]!, row[3 * columns + cell]!];
    const [liftOn, gainOn, coolOn, warmthOn] = [row[next]! - lift, row[columns + next]! - gain, row[2 * columns + next]! - cool, row[3 * columns + next]! - warmth];
    // all pixels between two cells: what lies there is read once
    for (; x < width && first[x] === cell; x++) {
      const at = from + x;
      const t = share[x]!;
      const r = source[at]!;
      const g = source[plane + at]!;
      const b = source[2 * plane + at]!;
      const luma = lumaOf(r, g, b);
      // colours keep their distance from grey
      const gained = rolledOff(lift + t * liftOn + (gain + t * gainOn) * luma) - luma;
      const warm = Math.min(mostWarmth, Math.max(-mostWarmth, cool + t * coolOn + (warmth + t * warmthOn) * luma));
      result[at] = clipped(r + amount * (gained + warm * red));
      result[plane + at] = clipped(g + amount * (gained + warm * green));
      result[2 * plane + at] = clipped(b + amount * (gained + warm * blue));
    }
  }
}

function rolledOff(luma: number): number {
  if (luma < shoulder) return shoulder * Math.exp((luma - shoulder) / shoulder);
  return luma > 1 - shoulder ? 1 - shoulder * Math.exp((1 - shoulder - luma) / shoulder) : luma;
}
