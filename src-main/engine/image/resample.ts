// Scales float planes so that every tile computes the same numbers: a sample depends on its place in the frame alone.
import type { Extent, Region } from '../../contract/image.ts';
import { cropPatch, type Patch } from '../tensor/layout.ts';
import { tensor } from '../tensor/tensor.ts';

/** Source samples and weights of consecutive target positions along one axis, in compressed rows. */
interface Taps {
  /** First source index of target i, relative to nothing: whole-frame coordinates. */
  readonly starts: Int32Array;
  /** Weights of target i lie in weights[offsets[i] .. offsets[i + 1]). */
  readonly offsets: Int32Array;
  readonly weights: Float64Array;
  readonly first: number;
  /** One past the last source index. */
  readonly end: number;
}

/** The part of a `from` frame that is needed to compute `region` of the `to` frame. */
export function sourceRegionOf(region: Region, from: Extent, to: Extent): Region {
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
  const channels = source.planes.shape[1]!;
  const out = new Float32Array(channels * region.height * region.width);
  const narrow = new Float32Array(rows.height * region.width);
  for (let c = 0; c < channels; c++) {
    const plane = source.planes.data.subarray(c * rows.height * rows.width, (c + 1) * rows.height * rows.width);
    scaleRows(plane, rows.width, across, narrow);
    scaleColumns(narrow, region.width, down, out.subarray(c * region.height * region.width, (c + 1) * region.height * region.width));
  }
  return { place: region, planes: tensor([1, channels, region.height, region.width], out) };
}

function scaleRows(plane: Float32Array, width: number, taps: Taps, out: Float32Array): void {
  const { starts, offsets, weights, first } = taps;
  const targets = starts.length;
  const height = plane.length / width;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < targets; x++) {
      let sum = 0;
      let from = y * width + starts[x]! - first;
      for (let k = offsets[x]!; k < offsets[x + 1]!; k++) sum += weights[k]! * plane[from++]!;
      out[y * targets + x] = sum;
    }
  }
}

function scaleColumns(plane: Float32Array, width: number, taps: Taps, out: Float32Array): void {
  const { starts, offsets, weights, first } = taps;
  const sums = new Float64Array(width);
  for (let y = 0; y < starts.length; y++) {
    sums.fill(0);
    let from = (starts[y]! - first) * width;
    for (let k = offsets[y]!; k < offsets[y + 1]!; k++, from += width) {
      const weight = weights[k]!;
      for (let x = 0; x < width; x++) sums[x] = sums[x]! + weight * plane[from + x]!;
    }
    out.set(sums, y * width);
  }
}

function tapsOf(start: number, count: number, from: number, to: number): Taps {
  const starts = new Int32Array(count);
  const offsets = new Int32Array(count + 1);
  const weights: number[] = [];
  let first = from;
  let end = 0;
  for (let i = 0; i < count; i++) {
    const tap = from > to ? areaTap(start + i, from, to) : from < to ? parabolaTap(start + i, from, to) : sameTap(start + i);
    starts[i] = tap.start;
    weights.push(...tap.weights);
    offsets[i + 1] = weights.length;
    first = Math.min(first, tap.start);
    end = Math.max(end, tap.start + tap.weights.length);
  }
  return { starts, offsets, weights: Float64Array.from(weights), first, end };
}

interface Tap {
  readonly start: number;
  readonly weights: readonly number[];
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
