// A state of a document as one picture: composited piece by piece into a spool, scaled to what is asked for.
import type { Extent, PixelBuffer } from '../../contract/image.ts';
import { memorySpool } from '../../engine/image/memory-spool.ts';
import { scaleSpool } from '../../engine/image/scale-spool.ts';
import type { Spool } from '../../engine/image/spool.ts';
import { frameOf } from '../../engine/tiling/cascade.ts';
import type { CompositeOptions } from '../../raster/composite.ts';
import { pixelsOf } from '../../raster/pixels.ts';
import { shrunkExtent } from '../../raster/shrunk.ts';
import { nextTurn } from '../../engine/image/next-turn.ts';
import type { GlazeScene } from './glaze-scene.ts';
import { spoolShelf } from './glaze-spools.ts';

/** Side of what is composited at once, in px of the document, and in px of the spool at least. */
const piecePx = 512;
const leastPiecePx = 64;

export interface FlattenWatch {
  readonly signal: AbortSignal;
  /** Share of the work done, 0..1. */
  progress(share: number): void;
}

/** Fills a spool of the document's size, at the shrink of the options, four channels of its depth. Throws job.cancelled, asset.corrupt, disk.*. */
export async function compositeInto(spool: Spool, scene: GlazeScene, options: CompositeOptions, watch: FlattenWatch): Promise<void> {
  const { width, height, depth } = spool.shape;
  const sidePx = Math.max(leastPiecePx, piecePx / (options.shrink ?? 1));
  for (let y = 0; y < height; y += sidePx) {
    for (let x = 0; x < width; x += sidePx) {
      await nextTurn(watch.signal); // what is composited from memory waits for nothing else
      const region = { x, y, width: Math.min(sidePx, width - x), height: Math.min(sidePx, height - y) };
      spool.writeRegion(region, pixelsOf(await scene.composite(region, options), depth));
    }
    watch.progress(Math.min(1, (y + sidePx) / height));
  }
}

export interface FlattenOrder extends CompositeOptions {
  /** Of the result; a smaller document is not enlarged. */
  readonly longSidePx: number;
}

/** Bytes of a composite held in memory; larger ones go to disk. */
const heldBytes = 256 * 2 ** 20;

/** Straight RGBA of 8 bit. Throws as compositeInto. */
export async function flatten(scene: GlazeScene, { longSidePx, ...options }: FlattenOrder, workFolder: string, watch: FlattenWatch): Promise<PixelBuffer> {
  const { width, height } = shrunkExtent(scene.record, options.shrink ?? 1);
  const frame: Extent = frameOf(scene.record, Math.min(longSidePx, Math.max(width, height)));
  const shelf = spoolShelf(workFolder, heldBytes);
  try {
    const whole = await shelf.make({ width, height, channels: 4, depth: 8 });
    await compositeInto(whole, scene, options, watch);
    const small = memorySpool({ ...frame, channels: 4, depth: 8 });
    await scaleSpool(whole, small, () => nextTurn(watch.signal));
    return small.readRegion({ x: 0, y: 0, ...frame });
  } finally {
    await shelf.close();
  }
}
