// A small picture like a photograph, drawn by arithmetic: what unknown networks are tried on.
import type { Extent } from '../../../contract/image.ts';
import { tensor, type Tensor } from '../../tensor/tensor.ts';

/** Sky, sun, hills and foliage: gradients, edges, texture and three unlike channels. [1,3,h,w] in [0,1]. */
export function trialPicture({ width, height }: Extent): Tensor {
  const picture = tensor([1, 3, height, width]);
  const plane = width * height;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = colourAt((x + 0.5) / width, (y + 0.5) / height);
      for (let c = 0; c < 3; c++) picture.data[c * plane + y * width + x] = colour[c]!;
    }
  }
  return picture;
}

/** u, v in [0,1] from the top left corner; the result is RGB in [0.03, 0.97]. */
function colourAt(u: number, v: number): readonly [number, number, number] {
  const hill = 0.52 + 0.12 * Math.sin(5.1 * u + 0.8) + 0.04 * Math.sin(17 * u);
  const meadow = 0.74 + 0.05 * Math.sin(7.3 * u + 2);
  // Detail at several scales, so that a strided network has something to keep.
  const grain = 0.5 * Math.sin(61 * u + 23 * Math.sin(9 * v)) * Math.sin(47 * v) + 0.3 * Math.sin(131 * u * v + 19 * u);
  if (Math.hypot(u - 0.72, v - 0.2) < 0.09) return [0.97, 0.85, 0.5];
  if (v < hill) return [0.35 + 0.4 * v, 0.55 + 0.3 * v, 0.9 - 0.1 * v + 0.02 * grain];
  if (v < meadow) return [0.3 + 0.08 * grain, 0.26 + 0.06 * grain, 0.36 + 0.2 * (u - 0.5)];
  return [0.28 + 0.14 * grain, 0.5 + 0.2 * grain + 0.2 * (v - meadow), 0.14 + 0.1 * grain];
}
