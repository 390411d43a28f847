// How much of the picture itself stays under the paint, place by place: its fine detail goes into the finer passes.
import { tensor } from '../../engine/tensor/tensor.ts';
import type { PlaneSource } from '../../engine/tiling/window.ts';
import type { PlacedMasks } from './stylize-masks.ts';

/**
 * Share of the picture's fine detail that paint hides. All of it, and forms at print size are enlarged blur under fine
 * brushwork; none of it, and they look photographed.
 */
const hiddenShare = 0.5;

/** The picture times what paint leaves of it: half where it covers wholly, all of it at strength 0 and outside the masks. */
export function keptOf(picture: PlaneSource, strength: number, cover: PlacedMasks['cover']): PlaneSource {
  const { frame } = picture;
  return {
    frame,
    read(region) {
      const { place, planes } = picture.read(region);
      const painted = cover?.(region, frame);
      return { place, planes: tensor(planes.shape, painted ? keptBeneath(planes.data, painted, strength) : scaled(planes.data, 1 - hiddenShare * strength)) };
    },
  };
}

function keptBeneath(data: Float32Array, cover: Float32Array, strength: number): Float32Array {
  const size = cover.length;
  return data.map((value, i) => value * (1 - hiddenShare * strength * cover[i % size]!));
}

function scaled(data: Float32Array, factor: number): Float32Array {
  const out = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) out[i] = data[i]! * factor;
  return out;
}
