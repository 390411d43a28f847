// Scales float planes so that every tile computes the same numbers: a sample depends on its place in the frame alone.
import type { Extent, Region } from '../../contract/image.ts';
import { cropPatch, type Patch } from '../tensor/layout.ts';
import { tensor } from '../tensor/tensor.ts';

/** What each of some consecutive positions along an axis is the weighted sum of. */
export interface Taps {
  /** First source index of each position, on the whole frame. */
  readonly starts: Int32Array;
  /** `count` weights per position; padded with zeros, so that loops have one length. */
  readonly weights: Float64Array;
  readonly count: number;
  /** Source indexes [first, end) are used. */
  readonly first: number;
  readonly end: number;
}

/** Weights of one position before they are padded. */
export interface Tap {
  readonly start: number;
  readonly weights: readonly number[];
}

/** The part of a `from` frame that is needed to compute `region` of the `to` frame. */
export function sourceRegionOf(region: Region, from: Extent, to: Extent): Region {
  if (from.width === to.width && from.height === to.height) return region;
  const across = tapsOf(region.x, region.width, from.width, to.width);
  const down = tapsOf(region.y, region.height, from.height, to.height);
  return { x: across.first, y: down.first, width: across.end - across.first, height: down.end - down.first };
}

/**
 * `region` of the `to` frame from a patch [1,C,h,w] of the `from` frame that covers sourceRegionOf(region).
 * Down: area average. Up: a parabola in every source cell, continuous, with the cell's mean kept (after Colella & Woodward
 * 1984, without their limiter), so that at whole ratios down(up(x)) = x; edges repeated; may overshoot [0,1].
 * Position-pure: bit-identical whatever patch or region it is computed in.
 * Throws tensor.shape-mismatch when the patch is too small.
 */
export function resample(patch: Patch, from: Extent, to: Extent, region: Region): Patch {
  if (from.width === to.width && from.height === to.height) return cropPatch(patch, region);
  const across = tapsOf(region.x, region.width, from.width, to.width);
  const down = tapsOf(region.y, region.height, from.height, to.height);
  const rows = { x: across.first, y: down.first, width: across.end - across.first, height: down.end - down.first };
  const source = cropPatch(patch, rows);
  return weighted(source, across, down, region);
}

/** Weighted sums along rows, then columns, of a patch that covers exactly the taps' sources. Sums in double precision. */
export function weighted(source: Patch, across: Taps, down: Taps, region: Region): Patch {
  const channels = source.planes.shape[1]!;
  const { width, height } = source.place;
  const out = new Float32Array(channels * region.height * region.width);
  const narrow = new Float32Array(height * region.width);
  for (let c = 0; c < channels; c++) {
    sumRows(source.planes.data.subarray(c * height * width, (c + 1) * height * width), width, across, narrow);
    sumColumns(narrow, region.width, down, out.subarray(c * region.height * region.width, (c + 1) * region.height * region.width));
  }
  return { place: region, planes: tensor([1, channels, region.height, region.width], out) };
}

function sumRows(plane: Float32Array, width: number, taps: Taps, out: Float32Array): void {
  if (taps.count === 2) return sumPairs(plane, width, taps, out);
  if (taps.count === 4) return sumFours(plane, width, taps, out);
  const { starts, weights, count, first } = taps;
  const targets = starts.length;
  for (let row = -first, to = 0; to < out.length; row += width) {
    for (let x = 0, w = 0; x < targets; x++, to++) {
      let sum = 0;
      for (let from = row + starts[x]!, end = from + count; from < end; from++, w++) sum += weights[w]! * plane[from]!;
      out[to] = sum;
    }
  }
}

/** sumRows with its loop written out, as are those below: the loop itself costs more than its sums. */
function sumPairs(plane: Float32Array, width: number, { starts, weights, first }: Taps, out: Float32Array): void {
  const targets = starts.length;
  for (let row = -first, to = 0; to < out.length; row += width) {
    for (let x = 0, w = 0; x < targets; x++, w += 2, to++) {
      const from = row + starts[x]!;
      out[to] = weights[w]! * plane[from]! + weights[w + 1]! * plane[from + 1]!;
    }
  }
}

function sumFours(plane: Float32Array, width: number, { starts, weights, first }: Taps, out: Float32Array): void {
  const targets = starts.length;
  for (let row = -first, to = 0; to < out.length; row += width) {
    for (let x = 0, w = 0; x < targets; x++, w += 4, to++) {
      const from = row + starts[x]!;
      out[to] = weights[w]! * plane[from]! + weights[w + 1]! * plane[from + 1]! + weights[w + 2]! * plane[from + 2]! + weights[w + 3]! * plane[from + 3]!;
    }
  }
}

function sumColumns(plane: Float32Array, width: number, { starts, weights, count, first }: Taps, out: Float32Array): void {
  const sums = new Float64Array(width);
  for (let y = 0, w = 0; y < starts.length; y++, w += count) {
    const top = (starts[y]! - first) * width;
    sums.fill(0);
    let k = 0;
    for (; k + 4 <= count; k += 4) addFour(plane, top + k * width, width, weights, w + k, sums);
    for (; k + 2 <= count; k += 2) addTwo(plane, top + k * width, width, weights, w + k, sums);
    if (k < count) addOne(plane, top + k * width, weights[w + k]!, sums);
    out.set(sums, y * width);
  }
}

function addFour(plane: Float32Array, start: number, width: number, weights: Float64Array, w: number, sums: Float64Array): void {
  const [a, b, c, d] = [weights[w]!, weights[w + 1]!, weights[w + 2]!, weights[w + 3]!];
  for (let x = 0, from = start; x < width; x++, from++) {
    sums[x] = sums[x]! + a * plane[from]! + b * plane[from + width]! + c * plane[from + 2 * width]! + d * plane[from + 3 * width]!;
  }
}

function addTwo(plane: Float32Array, start: number, width: number, weights: Float64Array, w: number, sums: Float64Array): void {
  const [a, b] = [weights[w]!, weights[w + 1]!];
  for (let x = 0, from = start; x < width; x++, from++) sums[x] = sums[x]! + a * plane[from]! + b * plane[from + width]!;
}

function addOne(plane: Float32Array, start: number, weight: number, sums: Float64Array): void {
  for (let x = 0, from = start; x < sums.length; x++, from++) sums[x] = sums[x]! + weight * plane[from]!;
}

/** Taps of positions start … start + count on an axis of `from` source samples. */
export function tapsFor(start: number, count: number, from: number, tapOf: (index: number) => Tap): Taps {
  const taps = Array.from({ length: count }, (_, i) => tapOf(start + i));
  const longest = taps.reduce((most, { weights }) => Math.max(most, weights.length), Math.min(2, from));
  const starts = new Int32Array(count);
  const weights = new Float64Array(count * longest);
  let first = from;
  let end = 0;
  taps.forEach((tap, i) => {
    const padded = Math.max(0, Math.min(tap.start, from - longest)); // the padding lies before where there is none behind
    starts[i] = padded;
    weights.set(tap.weights, i * longest + tap.start - padded);
    first = Math.min(first, padded);
    end = Math.max(end, padded + longest);
  });
  return { starts, weights, count: longest, first, end };
}

function tapsOf(start: number, count: number, from: number, to: number): Taps {
  const tapOf = from > to ? areaTap : from < to ? parabolaTap : sameTap;
  return tapsFor(start, count, from, (index) => tapOf(index, from, to));
}

function sameTap(index: number): Tap {
  return { start: index, weights: [1] };
}

function areaTap(index: number, from: number, to: number): Tap {
  const low = (index * from) / to;
  const high = ((index + 1) * from) / to;
  const start = Math.floor(low);
  const end = Math.min(from, Math.ceil(high));
  const weights = [];
  for (let i = start; i < end; i++) weights.push(((Math.min(high, i + 1) - Math.max(low, i)) * to) / from);
  return { start, weights };
}

/** A target sample is the mean of the parabolas over its interval, which lies in one source cell or in two. */
function parabolaTap(index: number, from: number, to: number): Tap {
  const low = (index * from) / to;
  const high = ((index + 1) * from) / to;
  const first = Math.min(from - 1, Math.floor(low));
  const last = Math.min(from - 1, Math.floor(high));
  const start = Math.max(0, first - 1);
  const end = Math.min(from, last + 2);
  const weights = new Array<number>(end - start).fill(0);
  for (let cell = first; cell <= last; cell++) {
    const upTo = integralWeights(Math.min(high, cell + 1) - cell);
    const before = integralWeights(Math.max(low, cell) - cell);
    for (let k = 0; k < 3; k++) {
      const at = Math.min(from - 1, Math.max(0, cell + k - 1)) - start;
      weights[at] = weights[at]! + ((upTo[k]! - before[k]!) * to) / from;
    }
  }
  return { start, weights };
}

/** Integral from 0 to t of the parabola in a cell, as weights of the cell before, itself and the one after. */
function integralWeights(t: number): readonly [number, number, number] {
  return [0.5 * t * (1 - t) * (1 - t), 0.5 * t * (1 + 3 * t - 2 * t * t), 0.5 * t * t * (t - 1)];
}
