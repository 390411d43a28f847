// What a glaze paints over, at every scale its passes need: composited and scaled only where it is looked at.
import type { Extent, PixelBuffer, Region } from '../../contract/image.ts';
import { sourceRegionOf } from '../../engine/image/resample.ts';
import { scaleRegion } from '../../engine/image/scale-spool.ts';
import type { Spool } from '../../engine/image/spool.ts';
import type { PlaneSource } from '../../engine/tiling/window.ts';
import { dirtyCells, type DirtyCells } from './glaze-cells.ts';
import type { SpoolShelf } from './glaze-spools.ts';
import { meanColour, opaqueOver, smallestFrame } from '../stylize/stylize-artwork.ts';

export interface GlazePicture {
  readonly extent: Extent;
  /** It is another one there from now on. */
  change(region: Region): void;
  /** The picture at a scale, four channels of 16 bit, up to date over a region of that scale. */
  at(frame: Extent, region: Region): Promise<Spool>;
  /** The same without alpha: what is not there at all has the colour `fill`. */
  opaque(frame: Extent, region: Region, fill: readonly number[]): Promise<PlaneSource>;
  /** Mean colour of the whole picture, for `fill`. */
  mean(): Promise<readonly number[]>;
}

/** Straight RGBA of 16 bit of a region. */
export type RenderRegion = (region: Region) => Promise<PixelBuffer>;

interface Scale {
  readonly frame: Extent;
  readonly spool: Spool;
  readonly dirty: DirtyCells;
}

/** Sides in px of what is composited at once. */
const renderedPx = 512;
/** Source pixels that are scaled at once, about. */
const heldPx = 1 << 20;

export function glazePicture(extent: Extent, render: RenderRegion, shelf: SpoolShelf): GlazePicture {
  const scales = new Map<string, Promise<Scale>>();
  const changed: Scale[] = [];
  const scaleOf = (frame: Extent): Promise<Scale> => {
    const name = `${frame.width}x${frame.height}`;
    const known = scales.get(name) ?? shelf.make({ ...frame, channels: 4, depth: 16 }).then((spool) => {
      const scale = { frame, spool, dirty: dirtyCells(frame) };
      scale.dirty.markAll();
      changed.push(scale);
      return scale;
    });
    scales.set(name, known);
    return known;
  };
  const isSource = (frame: Extent): boolean => frame.width === extent.width && frame.height === extent.height;

  const fill = async ({ frame, spool }: Scale, region: Region): Promise<void> => {
    if (isSource(frame)) return spool.writeRegion(region, await render(region));
    const source = await at(extent, sourceRegionOf(region, extent, frame));
    scaleRegion(source, spool, region);
  };
  const at = async (frame: Extent, region: Region): Promise<Spool> => {
    const scale = await scaleOf(frame);
    const stale = scale.dirty.within(region);
    if (!stale) return scale.spool;
    const size = isSource(frame) ? { width: renderedPx, height: renderedPx } : scaledAtOnce(extent, frame);
    for (const part of partsOf(stale, size)) await fill(scale, part);
    scale.dirty.clear(stale);
    return scale.spool;
  };
  return {
    extent,
    change: (region) => changed.forEach(({ frame, dirty }) => dirty.mark(footprintOf(region, extent, frame))),
    at,
    opaque: async (frame, region, colour) => opaqueOver(await at(frame, region), colour),
    async mean() {
      const frame = smallestFrame(extent);
      return meanColour(await at(frame, { x: 0, y: 0, ...frame }));
    },
  };
}

/** Pixels of the `to` frame whose resampled value may depend on a region of the `from` frame. */
export function footprintOf({ x, y, width, height }: Region, from: Extent, to: Extent): Region {
  if (from.width === to.width && from.height === to.height) return { x, y, width, height };
  const axis = (start: number, size: number, fromPx: number, toPx: number): readonly [number, number] => {
    const scale = toPx / fromPx;
    return [Math.floor((start - reachPx) * scale) - 1, Math.ceil((start + size + reachPx) * scale) + 1];
  };
  const [left, right] = axis(x, width, from.width, to.width);
  const [top, bottom] = axis(y, height, from.height, to.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Source pixels an enlarging tap reaches beyond its own cell, one more for the padding of taps. */
const reachPx = 2;

/** Rows as wide as the frame that do not hold too much of the source. */
function scaledAtOnce(from: Extent, to: Extent): Extent {
  const sourceRows = heldPx / Math.max(from.width, to.width);
  return { width: to.width, height: Math.max(1, Math.floor(sourceRows * Math.min(1, to.height / from.height))) };
}

function partsOf({ x, y, width, height }: Region, part: Extent): Region[] {
  const parts: Region[] = [];
  for (let top = y; top < y + height; top += part.height) {
    for (let left = x; left < x + width; left += part.width) {
      parts.push({ x: left, y: top, width: Math.min(part.width, x + width - left), height: Math.min(part.height, y + height - top) });
    }
  }
  return parts;
}
