// Two fingers on the canvas move, zoom and turn the view: what lay beneath each finger stays there.
import type { Extent } from '../../src-main/contract/image.ts';
import { largestZoom, pinned, smallestZoom, toDocument, type Point, type View } from './viewport.ts';

export interface TwoFingers {
  /** The view once the fingers are at these points of the screen. */
  viewFor(fingers: readonly Point[]): View;
}

/** Turns of less than this are not meant, radians. */
const leastTurn = 0.1;

const between = ([a, b]: readonly Point[]): Point => ({ x: ((a?.x ?? 0) + (b?.x ?? 0)) / 2, y: ((a?.y ?? 0) + (b?.y ?? 0)) / 2 });
const span = ([a, b]: readonly Point[]): Point => ({ x: (b?.x ?? 0) - (a?.x ?? 0), y: (b?.y ?? 0) - (a?.y ?? 0) });

export function toTwoFingers(view: View, screen: Extent, start: readonly Point[]): TwoFingers {
  const held = toDocument(view, screen, between(start));
  const startSpan = span(start);
  const startLength = Math.max(1, Math.hypot(startSpan.x, startSpan.y));
  const startAngle = Math.atan2(startSpan.y, startSpan.x);
  let turns = false;
  return {
    viewFor: (fingers) => {
      const now = span(fingers);
      const zoom = Math.min(largestZoom, Math.max(smallestZoom, (view.zoom * Math.hypot(now.x, now.y)) / startLength));
      const turned = Math.atan2(now.y, now.x) - startAngle;
      turns ||= Math.abs(Math.atan2(Math.sin(turned), Math.cos(turned))) > leastTurn;
      return pinned({ ...view, zoom, rotation: turns ? view.rotation + turned : view.rotation }, screen, held, between(fingers));
    },
  };
}
