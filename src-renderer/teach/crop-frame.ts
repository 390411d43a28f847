// Frames around the parts of a painting that count: drawn, moved and pulled at their edges, always inside.
import type { Extent, Region } from '../../src-main/contract/image.ts';
import { leastCropPx } from '../../src-main/contract/teaching.ts';

export const frameHandles = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
export type FrameHandle = (typeof frameHandles)[number];

export function wholeFrame({ width, height }: Extent): Region {
  return { x: 0, y: 0, width, height };
}

export function isWhole(frame: Region, { width, height }: Extent): boolean {
  return frame.width === width && frame.height === height;
}

export function moveFrame(frame: Region, painting: Extent, dx: number, dy: number): Region {
  return { ...frame, x: clamp(Math.round(frame.x + dx), 0, painting.width - frame.width), y: clamp(Math.round(frame.y + dy), 0, painting.height - frame.height) };
}

/** Pulls edges; the opposite ones stay. */
export function pullFrame(frame: Region, painting: Extent, handle: FrameHandle, dx: number, dy: number): Region {
  const least = leastFrame(painting);
  let [left, top, right, bottom] = [frame.x, frame.y, frame.x + frame.width, frame.y + frame.height];
  if (handle.includes('w')) left = clamp(Math.round(left + dx), 0, right - least.width);
  if (handle.includes('e')) right = clamp(Math.round(right + dx), left + least.width, painting.width);
  if (handle.includes('n')) top = clamp(Math.round(top + dy), 0, bottom - least.height);
  if (handle.includes('s')) bottom = clamp(Math.round(bottom + dy), top + least.height, painting.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Less cannot be learned from. */
function leastFrame({ width, height }: Extent): Extent {
  return { width: Math.min(leastCropPx, width), height: Math.min(leastCropPx, height) };
}

export function isLarge(frame: Extent, painting: Extent): boolean {
  const least = leastFrame(painting);
  return frame.width >= least.width && frame.height >= least.height;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The frame from one corner to the other, however small. */
export function drawnFrame(from: Point, to: Point, painting: Extent): Region {
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)].map((x) => clamp(Math.round(x), 0, painting.width)) as [number, number];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)].map((y) => clamp(Math.round(y), 0, painting.height)) as [number, number];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Places along each side where a further frame may stand. */
const places = 5;

/** A further frame of half the painting's sides, where it lies over the others least, and then nearest to the middle. */
export function furtherFrame(painting: Extent, others: readonly Region[]): Region {
  const least = leastFrame(painting);
  const size = { width: Math.max(least.width, Math.round(painting.width / 2)), height: Math.max(least.height, Math.round(painting.height / 2)) };
  const [right, bottom] = [painting.width - size.width, painting.height - size.height];
  const shares = Array.from({ length: places }, (_, at) => at / (places - 1)).sort((a, b) => Math.abs(a - 0.5) - Math.abs(b - 0.5));
  const frames = shares.flatMap((down) => shares.map((along) => ({ ...size, x: Math.round(along * right), y: Math.round(down * bottom) })));
  const covered = (frame: Region): number => others.reduce((sum, other) => sum + overlap(frame, other), 0);
  return frames.reduce((best, frame) => (covered(frame) < covered(best) ? frame : best));
}

function overlap(a: Region, b: Region): number {
  const along = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, along) * Math.max(0, down);
}

/** A part of a picture in shares of its sides. */
export interface SharedPart {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Less is a mere click. */
const smallestShare = 0.015;

/** The rectangle between two points given in shares, inside the picture; undefined where it is a mere click. */
export function markedPart(from: Point, to: Point): SharedPart | undefined {
  const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
  const inside = (value: number): number => rounded(clamp(value, 0, 1));
  const [x, y] = [inside(Math.min(from.x, to.x)), inside(Math.min(from.y, to.y))];
  const [width, height] = [rounded(inside(Math.max(from.x, to.x)) - x), rounded(inside(Math.max(from.y, to.y)) - y)];
  return width < smallestShare || height < smallestShare ? undefined : { x, y, width, height };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
