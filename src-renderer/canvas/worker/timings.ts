// How long the pen waits for its pixels, and a frame for its drawing.
import type { Region } from '../../../src-main/contract/image.ts';
import { emptyRegion, isEmpty, unionOf } from '../../../src-main/raster/region.ts';

const mostSamples = 2000;

export interface Timings {
  /** A part of a stroke that is not drawn yet. */
  stroke(region: Region, atMs: number | undefined): void;
  /** What of the stroke is to be drawn now, and when the oldest of its points was made. */
  takeStroke(): { readonly region: Region; readonly atMs: number | undefined };
  frame(tookMs: number, strokeAtMs: number | undefined): void;
  read(): { readonly strokeMs: readonly number[]; readonly frameMs: readonly number[] };
}

export function createTimings(): Timings {
  const strokeMs: number[] = [];
  const frameMs: number[] = [];
  let region = emptyRegion;
  let oldest: number | undefined;

  const note = (list: number[], value: number): void => {
    list.push(value);
    if (list.length > mostSamples) list.shift();
  };
  return {
    stroke: (part, atMs) => {
      region = unionOf(region, part);
      if (atMs !== undefined && !isEmpty(part)) oldest = Math.min(oldest ?? atMs, atMs);
    },
    takeStroke: () => {
      const taken = { region, atMs: oldest };
      region = emptyRegion;
      oldest = undefined;
      return taken;
    },
    frame: (tookMs, strokeAtMs) => {
      note(frameMs, tookMs);
      if (strokeAtMs !== undefined) note(strokeMs, performance.timeOrigin + performance.now() - strokeAtMs);
    },
    read: () => ({ strokeMs: strokeMs.splice(0), frameMs: frameMs.splice(0) }),
  };
}
