// Joins two scales: the coarse picture's forms, the fine picture's detail.
import type { Extent, Region } from '../../contract/image.ts';
import { cropPatch, type Patch } from '../tensor/layout.ts';
import { remembered, resample, sourceRegionOf, tapsFor, weighted, type Tap } from './resample.ts';
import type { Taps } from './weighted-sums.ts';

export interface DetailBand {
  /** Covers detailRegionOf(region) of `frame`. */
  readonly fine: Patch;
  readonly frame: Extent;
  /** Covers coarseRegionOf(region) of `coarseFrame`. */
  readonly coarse: Patch;
  readonly coarseFrame: Extent;
}

/**
 * What is kept of the coarse picture: nothing at its finest, two-pixel period, where networks leave their lattice, seven
 * eighths at four pixels, all of what is larger (1 − sin⁶(ω/2)). Enlarged, the rest would be lattices of four, eight … pixels.
 */
const kept = [1 / 64, -6 / 64, 15 / 64, 44 / 64, 15 / 64, -6 / 64, 1 / 64] as const;
const reach = (kept.length - 1) / 2;

/** The part of the coarse frame that joinDetail needs for `region` of the fine one. */
export function coarseRegionOf(region: Region, frame: Extent, coarseFrame: Extent): Region {
  const { across, down } = keptTaps(sourceRegionOf(region, coarseFrame, frame), coarseFrame);
  return { x: across.first, y: down.first, width: across.end - across.first, height: down.end - down.first };
}

/** The part of the fine frame that joinDetail needs for `region`. */
export function detailRegionOf(region: Region, frame: Extent, coarseFrame: Extent): Region {
  return sourceRegionOf(coarseRegionOf(region, frame, coarseFrame), frame, coarseFrame);
}

/** Neighbours in px that detailRegionOf reaches beyond a region, at most. */
export function detailMarginPx(frame: Extent, coarseFrame: Extent): number {
  return Math.ceil(7 * Math.max(frame.width / coarseFrame.width, frame.height / coarseFrame.height));
}

/**
 * fine + up(keep(coarse − down(fine))) over `region`, [1,C,h,w], not clamped: reduced again it has the coarse
 * picture's forms and, at two pixels, the fine one's detail (back-projection, Irani & Peleg 1991). Position-pure like resample.
 */
export function joinDetail({ fine, frame, coarse, coarseFrame }: DetailBand, region: Region): Patch {
  const cells = sourceRegionOf(region, coarseFrame, frame);
  const { across, down } = keptTaps(cells, coarseFrame);
  const around = { x: across.first, y: down.first, width: across.end - across.first, height: down.end - down.first };
  const missing = cropPatch(coarse, around);
  subtract(missing.planes.data, resample(fine, frame, coarseFrame, around).planes.data);
  const sum = resample(weighted(missing, across, down, cells), coarseFrame, frame, region);
  addPatch(sum, fine);
  return sum;
}

/** In place. */
function subtract(data: Float32Array, other: Float32Array): void {
  for (let i = 0; i < data.length; i++) data[i] = data[i]! - other[i]!;
}

/** In place; the other covers it. */
function addPatch({ place, planes }: Patch, other: Patch): void {
  const rows = planes.shape[1]! * place.height;
  const left = place.x - other.place.x;
  const top = place.y - other.place.y;
  const [data, source] = [planes.data, other.planes.data];
  for (let row = 0, to = 0; row < rows; row++) {
    const channel = Math.floor(row / place.height);
    let from = (channel * other.place.height + top + row - channel * place.height) * other.place.width + left;
    for (let x = 0; x < place.width; x++, to++, from++) data[to] = data[to]! + source[from]!;
  }
}

/** The weights of `kept` around a position; the frame's edges are repeated. */
function keptTap(index: number, length: number): Tap {
  const start = Math.max(0, index - reach);
  const end = Math.min(length, index + reach + 1);
  const weights = new Array<number>(end - start).fill(0);
  kept.forEach((weight, k) => {
    const at = Math.min(length - 1, Math.max(0, index + k - reach)) - start;
    weights[at] = weights[at]! + weight;
  });
  return { start, weights };
}

function keptTaps(cells: Region, frame: Extent): { readonly across: Taps; readonly down: Taps } {
  const along = (start: number, count: number, length: number): Taps => remembered(`kept ${start} ${count} ${length}`, () => tapsFor(start, count, length, (index) => keptTap(index, length)));
  return { across: along(cells.x, cells.width, frame.width), down: along(cells.y, cells.height, frame.height) };
}
