// The last touch: paint to the result's size and depth, with the picture's colours and transparency where they are kept.
import type { Extent } from '../contract/image.ts';
import { keepColours } from '../engine/image/keep-colours.ts';
import { resample, sourceRegionOf } from '../engine/image/resample.ts';
import { bandsOf } from '../engine/image/scale-spool.ts';
import type { Spool } from '../engine/image/spool.ts';
import { alphaOf, pixelsOf, planesOf } from '../engine/tensor/layout.ts';
import type { PlaneSource } from '../engine/tiling/window.ts';

export interface Finish {
  readonly painted: PlaneSource;
  /** The picture at the result's size. */
  readonly picture: Spool;
  /** 0 the paint's colours, 1 the picture's. */
  readonly keepColours: number;
}

/** Fills the result, which has the target's size and four channels where alpha is kept, band by band. */
export function finishResult(finish: Finish, result: Spool, beforeBand: () => void): void {
  const { painted, picture } = finish;
  const target: Extent = { width: result.shape.width, height: result.shape.height };
  for (const band of bandsOf(target, painted.frame)) {
    beforeBand();
    const paint = resample(painted.read(sourceRegionOf(band, painted.frame, target)), painted.frame, target, band).planes;
    const under = picture.readRegion(band);
    keepColours(paint, planesOf(under), finish.keepColours);
    result.writeRegion(band, pixelsOf(paint, result.shape.depth, result.shape.channels === 4 ? alphaOf(under) : undefined));
  }
}
