// Turned pictures of 8 bit, filtered in whole numbers along the rows of the result: what `resample` gives, within 1/255, in a tenth of its time.
import type { PixelBuffer, Region } from '../contract/image.ts';
import { weightTable } from './filter-weights.ts';
import { fixedWhole, gathererOf, type GatherJob, type GatherWindow } from './gather-bytes.ts';
import { createSurface, type Surface } from './surface.ts';
import { createPixels } from './tiles.ts';
import { eachBlockRow, eachEdge, spansOf, windowOf, type SourceWindow, type Turn } from './turn-window.ts';

/** Premultiplied RGBA of a region of a source of 8 bit, `fixedWhole` being 1; undefined where nothing of the source lies in it. */
export function turnBytes(turn: Turn, region: Region): Uint16Array | undefined {
  const spans = spansOf(turn, region);
  if (!spans) return undefined;
  const [across, down] = [weightTable(turn.scaleX), weightTable(turn.scaleY)];
  const out = new Uint16Array(region.width * region.height * 4);
  const job: GatherJob = { ...samplesOfWindow(windowOf(turn, spans, across.count, down.count)), back: turn.back, region, across, down, out };
  const gather = gathererOf(job);
  eachBlockRow(region, spans, (row, from, to) => gather(job, row, from, to));
  eachEdge(turn, region, spans, (column, row, share) => {
    const at = (row * region.width + column) * 4;
    for (let c = at; c < at + 4; c++) out[c] = out[c] * share + 0.5;
  });
  return out;
}

function samplesOfWindow({ pixels, x, y }: SourceWindow): GatherWindow {
  const { channels, width } = pixels;
  const bytes = pixels.data as Uint8Array;
  const isOpaque = channels === 3 || isFull(bytes);
  return { samples: isOpaque ? bytes : premultiplied(bytes), isOpaque, step: channels, stride: width * channels, x, y };
}

function isFull(rgba: Uint8Array): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 255) return false;
  return true;
}

function premultiplied(rgba: Uint8Array): Uint16Array {
  const out = new Uint16Array(rgba.length);
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3];
    const share = alpha * (256 / 255);
    out[at] = rgba[at] * share + 0.5;
    out[at + 1] = rgba[at + 1] * share + 0.5;
    out[at + 2] = rgba[at + 2] * share + 0.5;
    out[at + 3] = alpha << 8;
  }
  return out;
}

/** As numbers to blend with; see-through where there are none. */
export function fixedSurface(fixed: Uint16Array | undefined, region: Region): Surface {
  const surface = createSurface(region);
  if (fixed) for (let at = 0; at < fixed.length; at++) surface.data[at] = fixed[at] / fixedWhole;
  return surface;
}

/** Straight RGBA of 8 bit; undefined: see-through everywhere. */
export function straightBytes(fixed: Uint16Array, { width, height }: Region): PixelBuffer | undefined {
  const pixels = createPixels({ width, height }, 4, 8);
  const { data } = pixels;
  let some = 0;
  for (let at = 0; at < fixed.length; at += 4) {
    const alpha = fixed[at + 3];
    some |= data[at + 3] = (alpha + 128) >> 8;
    if (alpha === fixedWhole) {
      data[at] = (fixed[at] + 128) >> 8;
      data[at + 1] = (fixed[at + 1] + 128) >> 8;
      data[at + 2] = (fixed[at + 2] + 128) >> 8;
    } else if (alpha > 0) {
      const scale = 255 / alpha;
      data[at] = fixed[at] * scale + 0.5;
      data[at + 1] = fixed[at + 1] * scale + 0.5;
      data[at + 2] = fixed[at + 2] * scale + 0.5;
    }
  }
  return some === 0 ? undefined : pixels;
}
