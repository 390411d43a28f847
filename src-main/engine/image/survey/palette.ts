// The colours of a painting, and how far two paintings' colours lie apart.
import type { Tensor } from '../../tensor/tensor.ts';
import { linearToOklab, srgbToLinear, type Triple } from '../color.ts';
import { resample } from '../resample.ts';

/** Colours along the long side: one for each patch of paint a viewer would name. */
const along = 24;

/** The colours of a picture [1,3,H,W] in [0,1], averaged over small patches, in OKLab. */
export function paletteOf(planes: Tensor): readonly Triple[] {
  const [, , height = 0, width = 0] = planes.shape;
  const scale = Math.min(1, along / Math.max(width, height));
  const to = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const from = { width, height };
  const { data } = resample({ place: { x: 0, y: 0, ...from }, planes }, from, to, { x: 0, y: 0, ...to }).planes;
  const size = to.width * to.height;
  const linear = (i: number): number => srgbToLinear(Math.min(1, Math.max(0, data[i]!)));
  return Array.from({ length: size }, (_, i) => linearToOklab(linear(i), linear(size + i), linear(2 * size + i)));
}

/** Mean distance from a colour of the one palette to the nearest of the other, the larger of both ways; in OKLab, where white is 1 from black. */
export function paletteDistance(one: readonly Triple[], other: readonly Triple[]): number {
  return Math.max(towards(one, other), towards(other, one));
}

function towards(from: readonly Triple[], to: readonly Triple[]): number {
  const nearest = from.map(([l, a, b]) => to.reduce((least, [m, c, d]) => Math.min(least, (l - m) ** 2 + (a - c) ** 2 + (b - d) ** 2), Infinity));
  return nearest.reduce((sum, squared) => sum + Math.sqrt(squared), 0) / from.length;
}
