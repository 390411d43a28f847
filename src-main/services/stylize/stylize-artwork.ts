// The picture that is painted over, at whatever scale a pass needs it.
import { join } from 'node:path';
import type { Extent, Region } from '../../contract/image.ts';
import { scaleSpool } from '../../engine/image/scale-spool.ts';
import { createSpool, type Spool } from '../../engine/image/spool.ts';
import { alphaOf, planesOf } from '../../engine/tensor/layout.ts';
import type { Tensor } from '../../engine/tensor/tensor.ts';
import type { PlaneSource } from '../../engine/tiling/window.ts';

export interface Artwork {
  /** The picture at a scale, with alpha where it has one; made once and kept until closed. */
  at(frame: Extent): Promise<Spool>;
  /** The picture at a scale without alpha: see-through parts have its mean colour, so that no hidden colour bleeds into the paint. */
  opaque(frame: Extent): Promise<PlaneSource>;
  close(): void;
}

/** The artwork over an open source spool, which it closes. beforeBand is called often while it is scaled, and may throw: as for scaleSpool. */
export function artworkOf(source: Spool, folder: string, beforeBand: () => Promise<void>): Artwork {
  const opened = [source];
  const scaled = new Map<string, Promise<Spool>>([[nameOf(source.shape), Promise.resolve(source)]]);
  let fill: readonly number[] | undefined;
  const scale = async (frame: Extent): Promise<Spool> => {
    const { channels } = source.shape;
    const spool = await createSpool(join(folder, `picture-${nameOf(frame)}.tif`), { ...frame, channels, depth: 16 });
    opened.push(spool);
    await scaleSpool(source, spool, beforeBand);
    return spool;
  };
  const at = (frame: Extent): Promise<Spool> => {
    const name = nameOf(frame);
    const known = scaled.get(name) ?? scale(frame);
    scaled.set(name, known);
    return known;
  };
  return {
    at,
    async opaque(frame) {
      const spool = await at(frame);
      if (spool.shape.channels !== 4) return planesFrom(spool);
      fill ??= meanColour(await at(smallestFrame(frame)));
      return opaqueOver(spool, fill);
    },
    close: () => opened.forEach((spool) => spool.close()),
  };
}

/** A spool's colours as a source of planes. */
export function planesFrom(spool: Spool): PlaneSource {
  const { width, height } = spool.shape;
  return { frame: { width, height }, read: (place) => ({ place, planes: planesOf(spool.readRegion(place)) }) };
}

/** A spool of four channels without its alpha: what is not there at all has one colour. */
export function opaqueOver(spool: Spool, fill: readonly number[]): PlaneSource {
  const { width, height } = spool.shape;
  return { frame: { width, height }, read: (place) => ({ place, planes: filled(spool, place, fill) }) };
}

function filled(spool: Spool, place: Region, fill: readonly number[]): Tensor {
  const pixels = spool.readRegion(place);
  const planes = planesOf(pixels);
  const { data } = pixels;
  const size = data.length / 4;
  for (let i = 0, at = 3; i < size; i++, at += 4) {
    if (data[at] === 0) for (let c = 0; c < 3; c++) planes.data[c * size + i] = fill[c]!;
  }
  return planes;
}

/** Mean colour weighted by alpha; mid grey for a picture that is not there at all. */
export function meanColour(spool: Spool): readonly number[] {
  const { width, height } = spool.shape;
  const pixels = spool.readRegion({ x: 0, y: 0, width, height });
  const alpha = alphaOf(pixels)?.data ?? new Float32Array(width * height).fill(1);
  const { data } = planesOf(pixels);
  const total = alpha.reduce((sum, cover) => sum + cover, 0);
  return [0, 1, 2].map((c) => (total === 0 ? 0.5 : alpha.reduce((sum, cover, i) => sum + cover * data[c * alpha.length + i]!, 0) / total));
}

/** A scale of the same shape, small enough to be held in memory. */
export function smallestFrame({ width, height }: Extent): Extent {
  const scale = Math.min(1, 64 / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function nameOf({ width, height }: Extent): string {
  return `${width}x${height}`;
}
