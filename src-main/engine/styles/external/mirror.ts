// Brings a picture to a size that a network takes: shrunk if it is larger, mirrored beyond its edges if it is smaller.
import type { Extent } from '../../../contract/image.ts';
import { resample } from '../../image/resample.ts';
import { tensor, type Tensor } from '../../tensor/tensor.ts';
import { extentOf } from './convention.ts';
import type { SizeRule } from './trial.ts';

/** The size a network takes that is nearest above `size`. */
export function acceptedExtent(size: Extent, rule: SizeRule & { readonly fixed?: Extent }): Extent {
  if (rule.fixed) return rule.fixed;
  const up = (length: number): number => Math.ceil(Math.max(length, rule.smallest) / rule.multiple) * rule.multiple;
  return { width: up(size.width), height: up(size.height) };
}

/** The picture scaled to a size. [1,3,h,w] in [0,1] → [1,3,h′,w′] in [0,1]. */
export function scaledTo(picture: Tensor, to: Extent): Tensor {
  const from = extentOf(picture.shape, 'nchw');
  const place = { x: 0, y: 0, ...from };
  const { planes } = resample({ place, planes: picture }, from, to, { x: 0, y: 0, ...to });
  return tensor(planes.shape, planes.data.map((value) => Math.min(1, Math.max(0, value))));
}

/** The picture within a frame of a size: shrunk to fit, mirrored at its right and lower edge to fill; statistics stay like the picture's. */
export function mirroredTo(picture: Tensor, to: Extent): Tensor {
  const from = extentOf(picture.shape, 'nchw');
  const shrink = Math.min(1, to.width / from.width, to.height / from.height);
  const small = shrink === 1 ? from : { width: Math.max(1, Math.floor(from.width * shrink)), height: Math.max(1, Math.floor(from.height * shrink)) };
  const source = shrink === 1 ? picture : scaledTo(picture, small);
  if (small.width === to.width && small.height === to.height) return source;
  const filled = tensor([1, 3, to.height, to.width]);
  let at = 0;
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < to.height; y++) {
      const row = (c * small.height + mirror(y, small.height)) * small.width;
      for (let x = 0; x < to.width; x++) filled.data[at++] = source.data[row + mirror(x, small.width)]!;
    }
  }
  return filled;
}

/** 0 1 2 | 2 1 0 | 0 1 2 … */
function mirror(position: number, length: number): number {
  const turn = position % (2 * length);
  return turn < length ? turn : 2 * length - 1 - turn;
}
