// How much of the picture itself stays under the paint, place by place: its fine detail goes into the finer passes.
import { tensor } from '../engine/tensor/tensor.ts';
import type { PlaneSource } from '../engine/tiling/window.ts';
import type { PlacedMasks } from './stylize-masks.ts';

/** The picture times 1 − strength·cover; without `cover` all of it is painted. */
export function keptOf(picture: PlaneSource, strength: number, cover: PlacedMasks['cover']): PlaneSource {
  const { frame } = picture;
  return {
    frame,
    read(region) {
      const { place, planes } = picture.read(region);
      const painted = cover?.(region, frame);
      const size = region.width * region.height;
      return { place, planes: tensor(planes.shape, planes.data.map((value, i) => value * (1 - strength * (painted?.[i % size] ?? 1)))) };
    },
  };
}
