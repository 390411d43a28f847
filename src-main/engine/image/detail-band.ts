// Joins two scales: the coarse picture's forms, the fine picture's detail.
import type { Extent, Region } from '../../contract/image.ts';
import { cropPatch, type Patch } from '../tensor/layout.ts';
import { tensor } from '../tensor/tensor.ts';
import { resample, sourceRegionOf } from './resample.ts';

export interface DetailBand {
  /** Covers detailRegionOf(region) of `frame`; without it the coarse picture is only enlarged. */
  readonly fine?: Patch;
  readonly frame: Extent;
  /** Covers coarseRegionOf(region) of `coarseFrame`. */
  readonly coarse: Patch;
  readonly coarseFrame: Extent;
  /** How much of the fine picture's detail is taken: 1 all of it. */
  readonly gain: number;
}

/**
 * What is kept of the coarse picture: nothing at its finest, two-pixel period, where networks leave their lattice, seven
 * eighths at four pixels, all of what is larger (1 − sin⁶(ω/2)). Enlarged, the rest would be lattices of four, eight … pixels.
 */
const kept = [1 / 64, -6 / 64, 15 / 64, 44 / 64, 15 / 64, -6 / 64, 1 / 64] as const;
const reach = (kept.length - 1) / 2;

/** The part of the coarse frame that joinDetail needs for `region` of the fine one. */
export function coarseRegionOf(region: Region, frame: Extent, coarseFrame: Extent): Region {
  const cells = sourceRegionOf(region, coarseFrame, frame);
  const x = Math.max(0, cells.x - reach);
  const y = Math.max(0, cells.y - reach);
  const right = Math.min(coarseFrame.width, cells.x + cells.width + reach);
  const bottom = Math.min(coarseFrame.height, cells.y + cells.height + reach);
  return { x, y, width: right - x, height: bottom - y };
}

/** The part of the fine frame that joinDetail needs for `region`. */
export function detailRegionOf(region: Region, frame: Extent, coarseFrame: Extent): Region {
  return sourceRegionOf(coarseRegionOf(region, frame, coarseFrame), frame, coarseFrame);
}

/** Neighbours in px that detailRegionOf reaches beyond a region, at most. */
export function detailMarginPx(frame: Extent, coarseFrame: Extent): number {
  return Math.ceil(6 * Math.max(frame.width / coarseFrame.width, frame.height / coarseFrame.height));
}

/**
 * gain·fine + up(keep(coarse − gain·down(fine))) over `region`, [1,C,h,w], not clamped: reduced again it has the coarse
 * picture's forms and, at two pixels, the fine one's detail (back-projection, Irani & Peleg 1991). Position-pure like resample.
 */
export function joinDetail({ fine, frame, coarse, coarseFrame, gain }: DetailBand, region: Region): Patch {
  const around = coarseRegionOf(region, frame, coarseFrame);
  const own = cropPatch(coarse, around);
  if (!fine) return resample(smoothed(own, coarseFrame), coarseFrame, frame, region);
  const reduced = resample(fine, frame, coarseFrame, around).planes.data;
  const missing = own.planes.data.map((value, i) => value - gain * reduced[i]!);
  const residual = smoothed({ place: around, planes: tensor(own.planes.shape, missing) }, coarseFrame);
  const sum = resample(residual, coarseFrame, frame, region);
  const detail = cropPatch(fine, region).planes.data;
  const out = sum.planes.data;
  for (let i = 0; i < out.length; i++) out[i] = out[i]! + gain * detail[i]!;
  return sum;
}

/** `kept` along rows, then columns; the frame's edges are repeated, the patch's own edges are left to its margin. */
function smoothed({ place, planes }: Patch, frame: Extent): Patch {
  const channels = planes.shape[1]!;
  const { width, height } = place;
  const across = neighbours(place.x, width, frame.width);
  const down = neighbours(place.y, height, frame.height);
  const rows = new Float32Array(planes.data.length);
  const out = tensor(planes.shape);
  for (let c = 0; c < channels; c++) {
    const base = c * width * height;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) rows[base + y * width + x] = weighted(planes.data, base + y * width, across, x, 1);
    }
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) out.data[base + y * width + x] = weighted(rows, base + x, down, y, width);
    }
  }
  return { place, planes: out };
}

/** For each position of a patch, where the taps of `kept` lie in it. */
function neighbours(start: number, count: number, length: number): Int32Array {
  return Int32Array.from({ length: count * kept.length }, (_, i) => {
    const inFrame = start + Math.floor(i / kept.length) + (i % kept.length) - reach;
    const repeated = Math.min(length - 1, Math.max(0, inFrame)) - start;
    return Math.min(count - 1, Math.max(0, repeated));
  });
}

function weighted(data: Float32Array, base: number, taps: Int32Array, index: number, stride: number): number {
  let sum = 0;
  for (let k = 0; k < kept.length; k++) sum += kept[k]! * data[base + taps[index * kept.length + k]! * stride]!;
  return sum;
}
