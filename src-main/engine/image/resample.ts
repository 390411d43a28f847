// Scales float planes so that every tile computes the same numbers: a sample depends on its place in the frame alone.
import type { Extent, Region } from '../../contract/image.ts';
import { cropPatch, type Patch } from '../tensor/layout.ts';
import { tensor } from '../tensor/tensor.ts';
import { weightedSums, type Taps } from './weighted-sums.ts';

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
  const { place } = patch;
  const isWhole = place.x === rows.x && place.y === rows.y && place.width === rows.width && place.height === rows.height;
  return weighted(isWhole ? patch : cropPatch(patch, rows), across, down, region);
}

/** Weighted sums along rows, then columns, of a patch that covers exactly the taps' sources. Sums in double precision. */
export function weighted(source: Patch, across: Taps, down: Taps, region: Region): Patch {
  const channels = source.planes.shape[1]!;
  return { place: region, planes: tensor([1, channels, region.height, region.width], weightedSums(source.planes.data, channels, across, down)) };
}

/** Taps of positions start … start + count on an axis of `from` source samples. */
export function tapsFor(start: number, count: number, from: number, tapOf: (index: number) => Tap): Taps {
  const taps = Array.from({ length: count }, (_, i) => tapOf(start + i));
  const longest = taps.reduce((most, { weights }) => Math.max(most, weights.length), 1);
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
  return remembered(`${start} ${count} ${from} ${to}`, () => tapsFor(start, count, from, (index) => tapOf(index, from, to)));
}

/** The latest taps: those of a region are asked for again and again on the way to it. */
const known = new Map<string, Taps>();
const mostKnown = 32;

/** Taps by a name of their own, made where they are not among the latest. */
export function remembered(name: string, make: () => Taps): Taps {
  const kept = known.get(name);
  if (kept) return kept;
  const taps = make();
  for (const oldest of known.keys()) {
    if (known.size < mostKnown) break;
    known.delete(oldest);
  }
  known.set(name, taps);
  return taps;
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
