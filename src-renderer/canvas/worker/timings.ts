// How long the pen waits for its pixels, and a frame for its drawing.
import type { Region } from '../../../src-main/contract/image.ts';
import { unionOf } from '../../../src-main/raster/region.ts';

const mostSamples = 2000;

export interface Timings {
  /** Parts of a stroke that are not drawn yet. */
  stroke(parts: readonly Region[], atMs: number | undefined): void;
  /** What of the stroke is to be drawn now, and when the oldest of its points was made. */
  takeStroke(): { readonly parts: readonly Region[]; readonly atMs: number | undefined };
  frame(tookMs: number, strokeAtMs: number | undefined): void;
  read(): { readonly strokeMs: readonly number[]; readonly frameMs: readonly number[] };
}

export function createTimings(): Timings {
  const strokeMs: number[] = [];
  const frameMs: number[] = [];
  let waiting: Region[] = [];
  let oldest: number | undefined;

  const note = (list: number[], value: number): void => {
    list.push(value);
    if (list.length > mostSamples) list.shift();
  };
  return {
    stroke: (parts, atMs) => {
      waiting.push(...parts);
      if (atMs !== undefined) oldest = Math.min(oldest ?? atMs, atMs);
    },
    takeStroke: () => {
      const taken = { parts: merged(waiting), atMs: oldest };
      waiting = [];
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

/** Bands of the same rows as one: several dabs of one frame overlap. */
function merged(parts: readonly Region[]): Region[] {
  const byRows = new Map<string, Region>();
  for (const part of parts) {
    const rows = `${part.y},${part.height},${Math.floor(part.x / 256)}`;
    byRows.set(rows, unionOf(byRows.get(rows) ?? part, part));
  }
  return [...byRows.values()];
}
