// Filters cells of a source to the pixels of a surface: Catmull-Rom, stretched where the source shrinks.
import type { Matrix } from '../contract/document.ts';
import type { Region } from '../contract/image.ts';
import { cubic, edgeShare } from './filter-weights.ts';
import type { Surface } from './surface.ts';

/** How a source is sampled. */
export interface Sampling {
  /** Source px per document px along the source's axes, 1 at least. */
  readonly scaleX: number;
  readonly scaleY: number;
  /** Source px per cell. */
  readonly side: number;
  /** Of the source, in its px; its border goes on outside and is cut by an edge of one document pixel. */
  readonly bounds: Region;
}

/**
 * Writes a region of `out` from premultiplied cells; `back` leads from document px to source px. An upright map is filtered along
 * rows, then columns; any other in both directions at once.
 */
export function resample(out: Surface, wanted: Region, cells: Surface, back: Matrix, sampling: Sampling): void {
  if (back[1] === 0 && back[2] === 0) resampleUpright(out, wanted, cells, back, sampling);
  else resampleTurned(out, wanted, cells, back, sampling);
}

/** Weights of the cells along one axis, for one pixel. */
interface Taps {
  first: number;
  count: number;
  readonly weights: Float64Array;
}

function createTaps(stretch: number): Taps {
  return { first: 0, count: 0, weights: new Float64Array(Math.ceil(4 * stretch) + 2) };
}

function resampleTurned(out: Surface, wanted: Region, cells: Surface, back: Matrix, { scaleX, scaleY, side, bounds }: Sampling): void {
  const tapsX = createTaps(scaleX / side);
  const tapsY = createTaps(scaleY / side);
  for (let y = wanted.y; y < wanted.y + wanted.height; y++) {
    for (let x = wanted.x; x < wanted.x + wanted.width; x++) {
      const u = snapped(back[0] * (x + 0.5) + back[2] * (y + 0.5) + back[4]);
      const v = snapped(back[1] * (x + 0.5) + back[3] * (y + 0.5) + back[5]);
      const covered = edgeShare(u, bounds.x, bounds.x + bounds.width, scaleX) * edgeShare(v, bounds.y, bounds.y + bounds.height, scaleY);
      if (covered <= 0) continue;
      setTaps(tapsX, u / side, scaleX / side);
      setTaps(tapsY, v / side, scaleY / side);
      gather(out.data, ((y - out.region.y) * out.region.width + x - out.region.x) * 4, cells, tapsX, tapsY, covered);
    }
  }
}

function resampleUpright(out: Surface, wanted: Region, cells: Surface, back: Matrix, { scaleX, scaleY, side, bounds }: Sampling): void {
  const rows = new Float32Array(cells.region.height * wanted.width * 4);
  const coveredX = new Float64Array(wanted.width);
  const taps = createTaps(Math.max(scaleX, scaleY) / side);
  for (let column = 0; column < wanted.width; column++) {
    const u = snapped(back[0] * (wanted.x + column + 0.5) + back[4]);
    coveredX[column] = edgeShare(u, bounds.x, bounds.x + bounds.width, scaleX);
    setTaps(taps, u / side, scaleX / side);
    if (coveredX[column] > 0) gatherRows(rows, column, wanted.width, cells, taps);
  }
  for (let row = 0; row < wanted.height; row++) {
    const v = snapped(back[3] * (wanted.y + row + 0.5) + back[5]);
    const coveredY = edgeShare(v, bounds.y, bounds.y + bounds.height, scaleY);
    if (coveredY <= 0) continue;
    setTaps(taps, v / side, scaleY / side);
    const at = ((wanted.y + row - out.region.y) * out.region.width + wanted.x - out.region.x) * 4;
    for (let column = 0; column < wanted.width; column++) {
      const covered = coveredX[column] * coveredY;
      if (covered > 0) gatherColumn(out.data, at + column * 4, { rows, column, width: wanted.width, cells: cells.region }, taps, covered);
    }
  }
}

/** One column of every row of cells. */
function gatherRows(rows: Float32Array, column: number, width: number, { region, data }: Surface, taps: Taps): void {
  for (let row = 0; row < region.height; row++) {
    let [r, g, b, a] = [0, 0, 0, 0];
    for (let i = 0; i < taps.count; i++) {
      const weight = taps.weights[i];
      const from = (row * region.width + Math.min(Math.max(taps.first + i - region.x, 0), region.width - 1)) * 4;
      r += data[from] * weight;
      g += data[from + 1] * weight;
      b += data[from + 2] * weight;
      a += data[from + 3] * weight;
    }
    const at = (row * width + column) * 4;
    rows[at] = r;
    rows[at + 1] = g;
    rows[at + 2] = b;
    rows[at + 3] = a;
  }
}

interface RowColumn {
  readonly rows: Float32Array;
  readonly column: number;
  readonly width: number;
  readonly cells: Region;
}

function gatherColumn(out: Float32Array, at: number, { rows, column, width, cells }: RowColumn, taps: Taps, covered: number): void {
  let [r, g, b, a] = [0, 0, 0, 0];
  for (let i = 0; i < taps.count; i++) {
    const weight = taps.weights[i];
    const from = (Math.min(Math.max(taps.first + i - cells.y, 0), cells.height - 1) * width + column) * 4;
    r += rows[from] * weight;
    g += rows[from + 1] * weight;
    b += rows[from + 2] * weight;
    a += rows[from + 3] * weight;
  }
  put(out, at, r, g, b, a, covered);
}

function gather(out: Float32Array, at: number, { region, data }: Surface, tapsX: Taps, tapsY: Taps, covered: number): void {
  let [r, g, b, a] = [0, 0, 0, 0];
  for (let j = 0; j < tapsY.count; j++) {
    const weightY = tapsY.weights[j];
    if (weightY === 0) continue;
    const row = Math.min(Math.max(tapsY.first + j - region.y, 0), region.height - 1) * region.width;
    for (let i = 0; i < tapsX.count; i++) {
      const weight = weightY * tapsX.weights[i];
      if (weight === 0) continue;
      const from = (row + Math.min(Math.max(tapsX.first + i - region.x, 0), region.width - 1)) * 4;
      r += data[from] * weight;
      g += data[from + 1] * weight;
      b += data[from + 2] * weight;
      a += data[from + 3] * weight;
    }
  }
  put(out, at, r, g, b, a, covered);
}

function put(out: Float32Array, at: number, r: number, g: number, b: number, a: number, covered: number): void {
  // the cubic overshoots: colour stays within alpha, alpha within 1
  const alpha = a < 0 ? 0 : a > 1 ? 1 : a;
  out[at] = Math.min(Math.max(r, 0), alpha) * covered;
  out[at + 1] = Math.min(Math.max(g, 0), alpha) * covered;
  out[at + 2] = Math.min(Math.max(b, 0), alpha) * covered;
  out[at + 3] = alpha * covered;
}

/** Takes rounding out of a coordinate that stands on the grid's halves, so that exact moves stay exact. */
function snapped(value: number): number {
  const half = Math.round(value * 2) / 2;
  return Math.abs(value - half) < 1e-7 ? half : value;
}

function setTaps(taps: Taps, centre: number, stretch: number): void {
  const first = Math.ceil(centre - 0.5 - 2 * stretch);
  const last = Math.floor(centre - 0.5 + 2 * stretch);
  taps.first = first;
  taps.count = last - first + 1;
  let sum = 0;
  for (let i = 0; i < taps.count; i++) sum += taps.weights[i] = cubic(Math.abs(first + i + 0.5 - centre) / stretch);
  for (let i = 0; i < taps.count; i++) taps.weights[i] /= sum;
}
