// What turning a picture takes whatever its depth: the spans that a source reaches, what is read of it, its blocks and its edges.
import type { Matrix } from '../contract/document.ts';
import type { PixelBuffer, Region } from '../contract/image.ts';
import { edgeShare } from './filter-weights.ts';
import { asRgba } from './pixels.ts';
import { holds, overlapOf } from './region.ts';
import { createPixels } from './tiles.ts';

/** How a source is laid over the document; `back` leads from document px to source px, `scaleX` and `scaleY` are source px per document px. */
export interface Turn {
  readonly back: Matrix;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly bounds: Region;
  /** Grey, RGB or straight RGBA of a region inside the bounds. */
  readonly read: (region: Region) => PixelBuffer;
}

/** Side of the squares gone through one after another: what they read stays in the processor's own memory. */
const blockSide = 64;

export interface Spans {
  /** Columns of every row that the source reaches. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Least and greatest source px under them: left, top, right, bottom. */
  readonly under: readonly [number, number, number, number];
}

const shareAt = ({ back, bounds, scaleX, scaleY }: Turn, x: number, y: number): number =>
  edgeShare(back[0] * (x + 0.5) + (back[2] * (y + 0.5) + back[4]), bounds.x, bounds.x + bounds.width, scaleX) *
  edgeShare(back[1] * (x + 0.5) + (back[3] * (y + 0.5) + back[5]), bounds.y, bounds.y + bounds.height, scaleY);

/** Undefined where nothing of the source lies in the region. */
export function spansOf(turn: Turn, { x, y, width, height }: Region): Spans | undefined {
  const { back, bounds, scaleX, scaleY } = turn;
  const [from, to] = [new Int32Array(height), new Int32Array(height)];
  const under: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let row = 0; row < height; row++) {
    const [u, v] = [back[2] * (y + row + 0.5) + back[4], back[3] * (y + row + 0.5) + back[5]];
    const [a, b] = between(back[0], u, bounds.x - scaleX / 2, bounds.x + bounds.width + scaleX / 2);
    const [c, d] = between(back[1], v, bounds.y - scaleY / 2, bounds.y + bounds.height + scaleY / 2);
    let first = Math.max(0, Math.floor(Math.max(a, c)) - 1 - x);
    let end = Math.min(width, Math.ceil(Math.min(b, d)) + 1 - x);
    while (first < end && shareAt(turn, x + first, y + row) === 0) first++;
    while (first < end && shareAt(turn, x + end - 1, y + row) === 0) end--;
    [from[row], to[row]] = [first, Math.max(first, end)];
    if (first >= end) continue;
    for (const column of [first, end - 1]) {
      const [across, down] = [back[0] * (x + column + 0.5) + u, back[1] * (x + column + 0.5) + v];
      under[0] = Math.min(under[0], across);
      under[1] = Math.min(under[1], down);
      under[2] = Math.max(under[2], across);
      under[3] = Math.max(under[3], down);
    }
  }
  return under[0] === Infinity ? undefined : { from, to, under };
}

/** The x at whose pixels `slope · (x + 0.5) + at` lies between two values; ends are not exact. */
function between(slope: number, at: number, low: number, high: number): readonly [number, number] {
  if (Math.abs(slope) < 1e-12) return at > low && at < high ? [-1e9, 1e9] : [1e9, -1e9];
  const [a, b] = [(low - at) / slope - 0.5, (high - at) / slope - 0.5];
  return a < b ? [Math.max(a, -1e9), Math.min(b, 1e9)] : [Math.max(b, -1e9), Math.min(a, 1e9)];
}

/** Goes through a region block by block; `gather` fills columns of a row. */
export function eachBlockRow({ width, height }: Region, spans: Spans, gather: (row: number, from: number, to: number) => void): void {
  for (let top = 0; top < height; top += blockSide) {
    for (let left = 0; left < width; left += blockSide) {
      const [bottom, right] = [Math.min(top + blockSide, height), Math.min(left + blockSide, width)];
      for (let row = top; row < bottom; row++) {
        const from = Math.max(left, spans.from[row]);
        const to = Math.min(right, spans.to[row]);
        if (from < to) gather(row, from, to);
      }
    }
  }
}

/** RGB or straight RGBA that a region needs, its border going on outside; (x, y) is its first pixel. */
export interface SourceWindow {
  readonly pixels: PixelBuffer;
  readonly x: number;
  readonly y: number;
}

/** countX, countY: cells that are read for one pixel. */
export function windowOf({ bounds, read }: Turn, { under: [left, top, right, bottom] }: Spans, countX: number, countY: number): SourceWindow {
  const [x, y] = [Math.floor(left - 0.5) - countX / 2, Math.floor(top - 0.5) - countY / 2];
  const needed: Region = { x, y, width: Math.ceil(right) + countX / 2 + 1 - x, height: Math.ceil(bottom) + countY / 2 + 1 - y };
  const part = overlapOf(needed, bounds);
  const found = read(part);
  const pixels = found.channels === 1 ? asRgba(found) : found;
  return { pixels: holds(bounds, needed) ? pixels : withBorder(pixels, part, needed), x, y };
}

function withBorder(pixels: PixelBuffer, part: Region, whole: Region): PixelBuffer {
  const { channels } = pixels;
  const bordered = createPixels(whole, channels, pixels.depth);
  const out = bordered.data;
  const stride = whole.width * channels;
  const before = part.x - whole.x;
  for (let row = 0; row < whole.height; row++) {
    const from = Math.min(Math.max(whole.y + row - part.y, 0), part.height - 1) * part.width * channels;
    const at = row * stride;
    out.set(pixels.data.subarray(from, from + part.width * channels), at + before * channels);
    for (let column = 0; column < before; column++) out.copyWithin(at + column * channels, at + before * channels, at + (before + 1) * channels);
    const last = at + (before + part.width - 1) * channels;
    for (let to = last + channels; to < at + stride; to += channels) out.copyWithin(to, last, last + channels);
  }
  return bordered;
}

/** Where a source ends, less of it covers a pixel: its column, row and share, for those along the edges. */
export function eachEdge(turn: Turn, { x, y, height }: Region, { from, to }: Spans, soften: (column: number, row: number, share: number) => void): void {
  for (let row = 0; row < height; row++) {
    // along a row the share rises once and falls once
    const isEdge = (column: number): boolean => {
      const share = shareAt(turn, x + column, y + row);
      if (share === 1) return false;
      soften(column, row, share);
      return true;
    };
    let first = from[row];
    while (first < to[row] && isEdge(first)) first++;
    for (let last = to[row] - 1; last > first && isEdge(last); last--);
  }
}
