// Where a compared picture stands on the screen: zoom to a point, pan, fit.
import type { Extent } from '../../src-main/contract/image.ts';

/** Screen px = scale · picture px + (x, y). */
export interface CompareView {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

const largestScale = 32;
const smallestScale = 1 / 64;
const marginPx = 24;

/** The whole picture in the middle of the screen. */
export function fitView(screen: Extent, picture: Extent): CompareView {
  const room = (side: 'width' | 'height'): number => Math.max(1, screen[side] - 2 * marginPx) / picture[side];
  const scale = Math.min(room('width'), room('height'));
  return { scale, x: (screen.width - scale * picture.width) / 2, y: (screen.height - scale * picture.height) / 2 };
}

/** What lies beneath the point stays beneath it. */
export function zoomAt({ scale, x, y }: CompareView, factor: number, point: ScreenPoint): CompareView {
  const next = Math.min(largestScale, Math.max(smallestScale, scale * factor));
  const by = next / scale;
  return { scale: next, x: point.x - (point.x - x) * by, y: point.y - (point.y - y) * by };
}

export function panBy(view: CompareView, dx: number, dy: number): CompareView {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

/** At least so much of the picture stays on the screen, in screen px. */
const leastInSightPx = 64;

/** Moved no farther than where a part of the picture, or all of a small one, is still seen. */
export function keptInSight(view: CompareView, screen: Extent, picture: Extent): CompareView {
  const within = (at: number, side: 'width' | 'height'): number => {
    const size = view.scale * picture[side];
    const least = Math.min(leastInSightPx, size);
    return Math.min(screen[side] - least, Math.max(least - size, at));
  };
  return { ...view, x: within(view.x, 'width'), y: within(view.y, 'height') };
}

/** Picture px beneath a point of the screen. */
export function pictureAt({ scale, x, y }: CompareView, point: ScreenPoint): ScreenPoint {
  return { x: (point.x - x) / scale, y: (point.y - y) / scale };
}
