// The last touch: paint to the result's size and depth, with the picture's colours and transparency where they are kept.
import type { Extent, PixelBuffer, Region } from '../../contract/image.ts';
import { keepColours } from '../../engine/image/keep-colours.ts';
import { resample, sourceRegionOf } from '../../engine/image/resample.ts';
import { bandsOf } from '../../engine/image/scale-spool.ts';
import type { Spool, SpoolShape } from '../../engine/image/spool.ts';
import { alphaOf, pixelsOf, planesOf } from '../../engine/tensor/layout.ts';
import type { Tensor } from '../../engine/tensor/tensor.ts';
import type { PlaneSource } from '../../engine/tiling/window.ts';

export interface Finish {
  readonly painted: PlaneSource;
  /** The picture at the result's size. */
  readonly picture: Spool;
  /** 0 the paint's colours, 1 the picture's. */
  readonly keepColours: number;
  /** As of PlacedMasks: where nothing is painted, the picture's own pixels come back exactly. */
  readonly cover?: (band: Region, frame: Extent) => Float32Array;
}

/** Fills the result, which has the target's size and four channels where alpha is kept, band by band; beforeBand as for scaleSpool. */
export async function finishResult(finish: Finish, result: Spool, beforeBand: () => Promise<void>): Promise<void> {
  const target: Extent = { width: result.shape.width, height: result.shape.height };
  for (const band of bandsOf(target, finish.painted.frame)) {
    await beforeBand();
    result.writeRegion(band, finishRegion(finish, result.shape, band));
  }
}

/** Pixels of one region of a result of this shape; bit for bit what the whole has there. */
export function finishRegion({ painted, picture, cover, keepColours: amount }: Finish, result: SpoolShape, region: Region): PixelBuffer {
  const target: Extent = { width: result.width, height: result.height };
  const paint = resample(painted.read(sourceRegionOf(region, painted.frame, target)), painted.frame, target, region).planes;
  const under = picture.readRegion(region);
  const own = planesOf(under);
  keepColours(paint, own, amount);
  if (cover) bare(paint, own, cover(region, target));
  return pixelsOf(paint, result.depth, result.channels === 4 ? alphaOf(under) : undefined);
}

/** The picture itself where nothing covers it, in place. */
function bare(paint: Tensor, picture: Tensor, cover: Float32Array): void {
  for (let i = 0; i < paint.data.length; i++) if (cover[i % cover.length] === 0) paint.data[i] = picture.data[i]!;
}
