// Arithmetic of pixel regions: overlap, union, growth.
import type { Region } from '../contract/image.ts';

/** The region that holds no pixel. */
export const emptyRegion: Region = { x: 0, y: 0, width: 0, height: 0 };

/** Whether no pixel lies in the region. */
export function isEmpty({ width, height }: Region): boolean {
  return width <= 0 || height <= 0;
}

/** Pixels of both regions; of no width or height where they do not meet. */
export function overlapOf(a: Region, b: Region): Region {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : emptyRegion;
}

/** The smallest region that holds both; an empty one adds nothing. */
export function unionOf(a: Region, b: Region): Region {
  if (isEmpty(a)) return b;
  if (isEmpty(b)) return a;
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

/** The region with a margin in px on every side. */
export function grownBy(region: Region, px: number): Region {
  return { x: region.x - px, y: region.y - px, width: region.width + 2 * px, height: region.height + 2 * px };
}

/** Whether `inner` lies in `outer` wholly. */
export function holds(outer: Region, inner: Region): boolean {
  return (
    inner.x >= outer.x && inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height
  );
}

/** The whole pixels that an area of real corners touches. */
export function wholeRegion(left: number, top: number, right: number, bottom: number): Region {
  const x = Math.floor(left);
  const y = Math.floor(top);
  return { x, y, width: Math.ceil(right) - x, height: Math.ceil(bottom) - y };
}
