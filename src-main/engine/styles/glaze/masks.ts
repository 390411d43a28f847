// Soft masks as the network needs them, and what they leave uncovered.
import { linearToSrgb, srgbToLinear } from '../../image/color.ts';
import { tensor, type Tensor } from '../../tensor/tensor.ts';

/** Masks [1,K,h,w] scaled to sum 1 in every pixel; where none covers, the first stands in. */
export function placeMasks(masks: Tensor): Tensor {
  const [, styles, height, width] = masks.shape;
  const pixels = height * width;
  const placed = tensor(masks.shape);
  const cover = coverOf(masks);
  for (let style = 0; style < styles; style++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      const own = masks.data[style * pixels + pixel];
      placed.data[style * pixels + pixel] = cover[pixel] > 0 ? own / cover[pixel] : Number(style === 0);
    }
  }
  return placed;
}

/** The painted window where masks cover it and the picture elsewhere, blended in linear light. [1,3,h,w] in [0,1]. */
export function uncovered(painted: Tensor, picture: Tensor, masks: Tensor): Tensor {
  const cover = coverOf(masks);
  if (cover.every((value) => value >= 1)) return painted;
  const blended = painted.data.map((value, index) => {
    const share = Math.min(1, cover[index % cover.length]);
    return linearToSrgb(share * srgbToLinear(value) + (1 - share) * srgbToLinear(picture.data[index]));
  });
  return tensor(painted.shape, blended);
}

function coverOf(masks: Tensor): Float32Array {
  const [, styles, height, width] = masks.shape;
  const cover = new Float32Array(height * width);
  for (let style = 0; style < styles; style++) {
    for (let pixel = 0; pixel < cover.length; pixel++) cover[pixel] += masks.data[style * cover.length + pixel];
  }
  return cover;
}
