// Pictures made by a rule, for tests that must know what they show.
import { tensor, type Tensor } from '../../src-main/engine/tensor/tensor.ts';

/** [1,3,height,width] from a rule of place, each channel in [0,1]. */
export function pictureOf(width: number, height: number, colourAt: (x: number, y: number) => readonly [number, number, number]): Tensor {
  const size = width * height;
  const data = new Float32Array(3 * size);
  for (let i = 0; i < size; i++) {
    const colour = colourAt(i % width, Math.floor(i / width));
    for (let c = 0; c < 3; c++) data[c * size + i] = Math.min(1, Math.max(0, colour[c]!));
  }
  return tensor([1, 3, height, width], data);
}

/** Repeatable noise in [0,1) of a place. */
export function noiseAt(x: number, y: number, seed = 0): number {
  let h = Math.imul(x + 1, 374761393) ^ Math.imul(y + 1, 668265263) ^ Math.imul(seed + 1, 2246822519);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** Stripes of a wavelength in px and a direction in radians. */
export function stripes(width: number, height: number, wavelength: number, direction: number, seed = 0): Tensor {
  const [dx, dy] = [Math.cos(direction), Math.sin(direction)];
  return pictureOf(width, height, (x, y) => {
    const wave = 0.5 + 0.4 * Math.sin((2 * Math.PI * (x * dx + y * dy)) / wavelength);
    const grain = 0.05 * (noiseAt(x, y, seed) - 0.5);
    return [wave + grain, 0.8 * wave + grain, 0.3 + 0.2 * wave + grain];
  });
}
