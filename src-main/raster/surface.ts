// A rectangle of the document as numbers for compositing: premultiplied RGBA, 0..1, sRGB-encoded values.
import type { Region } from '../contract/image.ts';
import { overlapOf } from './region.ts';

/** `data` holds 4 · width · height values row by row: colour times alpha, alpha; all in [0,1]. */
export interface Surface {
  readonly region: Region;
  readonly data: Float32Array;
}

/** A see-through surface. */
export function createSurface(region: Region): Surface {
  return { region, data: new Float32Array(region.width * region.height * 4) };
}

/** A part of a surface as one of its own; what lies outside of it is see-through. */
export function cropSurface(surface: Surface, region: Region): Surface {
  const crop = createSurface(region);
  const shared = overlapOf(surface.region, region);
  for (let y = shared.y; y < shared.y + shared.height; y++) {
    const from = offsetOf(surface.region, shared.x, y);
    crop.data.set(surface.data.subarray(from, from + shared.width * 4), offsetOf(region, shared.x, y));
  }
  return crop;
}

function offsetOf(region: Region, x: number, y: number): number {
  return ((y - region.y) * region.width + x - region.x) * 4;
}
