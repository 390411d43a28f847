// "Keep colours": the picture's hues under the paint's lightness.
import type { Tensor } from '../tensor/tensor.ts';
import { linearToSrgb, recolour, srgbToLinear } from './color.ts';

/**
 * Blends painted colours [1,3,h,w] towards the picture's hue and chroma at the paint's lightness, in place and in linear
 * light; both sRGB-encoded in [0,1]. amount: 0 leaves the paint, 1 has the picture's colours.
 */
export function keepColours(painted: Tensor, picture: Tensor, amount: number): void {
  if (amount === 0) return;
  const paint = painted.data;
  const source = picture.data;
  const size = paint.length / 3;
  for (let i = 0; i < size; i++) {
    const [g, b] = [size + i, 2 * size + i];
    const own = [linearOf(paint[i]!), linearOf(paint[g]!), linearOf(paint[b]!)] as const;
    const kept = recolour(own, [linearOf(source[i]!), linearOf(source[g]!), linearOf(source[b]!)]);
    paint[i] = encoded(own[0] + amount * (kept[0] - own[0]));
    paint[g] = encoded(own[1] + amount * (kept[1] - own[1]));
    paint[b] = encoded(own[2] + amount * (kept[2] - own[2]));
  }
}

/** srgbToLinear at the 16-bit steps: finer than any picture, and much faster than a power. */
const linearTable = Float32Array.from({ length: 65536 }, (_, i) => srgbToLinear(i / 65535));

function linearOf(value: number): number {
  return linearTable[value <= 0 ? 0 : value >= 1 ? 65535 : Math.floor(value * 65535 + 0.5)]!;
}

/** linearToSrgb over the square root of light, where it is nearly straight: within one 16-bit step. */
const encodedTable = Float32Array.from({ length: 65536 }, (_, i) => linearToSrgb((i / 65535) ** 2));

function encoded(value: number): number {
  return encodedTable[value <= 0 ? 0 : value >= 1 ? 65535 : Math.floor(Math.sqrt(value) * 65535 + 0.5)]!;
}
