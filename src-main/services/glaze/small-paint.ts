// All of a glaze painted small, in a moment: what is shown of a large picture until it is painted as it should be.
import type { SmallExtent } from '../../contract/small-paint.ts';
import type { Extent, PixelBuffer, Region } from '../../contract/image.ts';
import { shrunkExtent } from '../../raster/shrunk.ts';
import type { GlazePainter } from './glaze-painter.ts';
import { glazePicture, type GlazePicture } from './glaze-picture.ts';
import type { SpoolShelf } from './glaze-spools.ts';

/** With less than this to paint anew, in document px, paint as it should be is there nearly as soon. */
const leastWidePx = 1.5e6;
/** And with less than this share of the document a change is the pen's, which small paint would hold up. */
const leastWideShare = 1 / 4;
/** Px that are painted in a moment. */
const mostSmallPx = 0.4e6;

export interface SmallPaintSetup {
  /** Of the document. */
  readonly extent: Extent;
  /** What lies beneath, in squares of `shrink` px, lower glazes as they are shown. */
  render(region: Region, shrink: number): Promise<PixelBuffer>;
  /** Nothing where the glaze has no style. Throws as openPainter. */
  open(picture: GlazePicture): Promise<GlazePainter | undefined>;
  /** For the picture beneath; closed with it. */
  shelf(): SpoolShelf;
}

export interface SmallPixels extends SmallExtent {
  /** Straight RGBA of the document's depth. */
  readonly pixels: PixelBuffer;
}

/** Whether a change of regions (px of the document) is so large that all is painted small first. */
export function isWideChange(regions: readonly Region[], extent: Extent): boolean {
  const px = regions.reduce((sum, { width, height }) => sum + width * height, 0);
  return isPaintedSmall(extent) && px > leastWidePx && px >= leastWideShare * extent.width * extent.height;
}

/** Smaller documents are painted as they should be in about the same time. */
export function isPaintedSmall({ width, height }: Extent): boolean {
  return width * height > leastWidePx;
}

/**
 * All of a glaze at a small size, with strokes of the document's size and the statistics of its record where they fit, otherwise measured small.
 * Nothing is kept for the next time: what is painted is what the document is now. Nothing where the glaze has no style. Throws as openPainter, session.*, asset.corrupt.
 */
export async function paintSmall({ extent, render, open, shelf }: SmallPaintSetup, keepColours: number): Promise<SmallPixels | undefined> {
  let shrink = 2;
  while ((extent.width * extent.height) / shrink ** 2 > mostSmallPx) shrink *= 2;
  const small = shrunkExtent(extent, shrink);
  const scales = shelf();
  try {
    const painter = await open(glazePicture(small, (region) => render(region, shrink), scales));
    if (!painter) return undefined;
    try {
      return { ...small, shrink, pixels: await painter.paint({ x: 0, y: 0, ...small }, keepColours) };
    } finally {
      await painter.close();
    }
  } finally {
    await scales.close();
  }
}
