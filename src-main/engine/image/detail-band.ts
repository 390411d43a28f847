// Joins two scales: the coarse picture's large forms, the fine picture's detail.
import type { Extent, Region } from '../../contract/image.ts';
import { cropPatch, type Patch } from '../tensor/layout.ts';
import { tensor } from '../tensor/tensor.ts';
import { resample, sourceRegionOf } from './resample.ts';

export interface DetailBand {
  /** Covers detailRegionOf(region) of `frame`; without it the coarse picture is only enlarged. */
  readonly fine?: Patch;
  readonly frame: Extent;
  /** Covers sourceRegionOf(region, coarseFrame, frame) of `coarseFrame`. */
  readonly coarse: Patch;
  readonly coarseFrame: Extent;
  /** How much of the fine picture's detail is taken: 1 all of it. */
  readonly gain: number;
}

/** The part of the fine frame that joinDetail needs for `region`. */
export function detailRegionOf(region: Region, frame: Extent, coarseFrame: Extent): Region {
  return sourceRegionOf(sourceRegionOf(region, coarseFrame, frame), frame, coarseFrame);
}

/** Neighbours in px that detailRegionOf reaches beyond a region, at most. */
export function detailMarginPx(frame: Extent, coarseFrame: Extent): number {
  return Math.ceil(3 * Math.max(frame.width / coarseFrame.width, frame.height / coarseFrame.height));
}

/**
 * gain·fine + up(coarse − gain·down(fine)) over `region`, [1,C,h,w], not clamped: reduced again it is the coarse picture
 * (one step of back-projection, Irani & Peleg 1991). Position-pure like resample.
 */
export function joinDetail(band: DetailBand, region: Region): Patch {
  const { fine, frame, coarse, coarseFrame, gain } = band;
  if (!fine) return resample(coarse, coarseFrame, frame, region);
  const cells = sourceRegionOf(region, coarseFrame, frame);
  const reduced = resample(fine, frame, coarseFrame, cells).planes.data;
  const kept = cropPatch(coarse, cells);
  const missing = kept.planes.data.map((value, i) => value - gain * reduced[i]!);
  const residual = { place: cells, planes: tensor(kept.planes.shape, missing) };
  const sum = resample(residual, coarseFrame, frame, region);
  const own = cropPatch(fine, region).planes.data;
  const out = sum.planes.data;
  for (let i = 0; i < out.length; i++) out[i] = out[i]! + gain * own[i]!;
  return sum;
}
