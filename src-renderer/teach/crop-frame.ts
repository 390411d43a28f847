// The frame around the part of a painting that counts: moved and pulled at its edges, always inside.
import type { Extent, Region } from '../../src-main/contract/image.ts';

export const frameHandles = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
export type FrameHandle = (typeof frameHandles)[number];

/** Less cannot be learned from. */
export const smallestSidePx = 96;

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
  const least = { width: Math.min(smallestSidePx, painting.width), height: Math.min(smallestSidePx, painting.height) };
  let [left, top, right, bottom] = [frame.x, frame.y, frame.x + frame.width, frame.y + frame.height];
  if (handle.includes('w')) left = clamp(Math.round(left + dx), 0, right - least.width);
  if (handle.includes('e')) right = clamp(Math.round(right + dx), left + least.width, painting.width);
  if (handle.includes('n')) top = clamp(Math.round(top + dy), 0, bottom - least.height);
  if (handle.includes('s')) bottom = clamp(Math.round(bottom + dy), top + least.height, painting.height);
  return { x: left, y: top, width: right - left, height: bottom - top };
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
export function markedPart(from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }): SharedPart | undefined {
  const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
  const inside = (value: number): number => rounded(clamp(value, 0, 1));
  const [x, y] = [inside(Math.min(from.x, to.x)), inside(Math.min(from.y, to.y))];
  const [width, height] = [rounded(inside(Math.max(from.x, to.x)) - x), rounded(inside(Math.max(from.y, to.y)) - y)];
  return width < smallestShare || height < smallestShare ? undefined : { x, y, width, height };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
