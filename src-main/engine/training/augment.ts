// Crops of a picture by seeded chance: place, scale and mirror image.
import type { PixelBuffer } from '../../contract/image.ts';
import type { Random } from '../tensor/random.ts';

/** An opaque 8-bit picture as training reads it. */
export type Picture = PixelBuffer & { readonly channels: 3; readonly depth: 8 };

export interface CropRule {
  /** Side of the crop in px. */
  readonly sizePx: number;
  /** Picture px per crop px, drawn log-uniformly from this range (limited so that the crop fits). */
  readonly scale: readonly [least: number, most: number];
}

/** One random crop written as planes [3,S,S] in [0,1] into `into` from `offset`. Pictures smaller than the crop are enlarged to fit. */
export function drawCrop(picture: Picture, { sizePx, scale: [least, most] }: CropRule, random: Random, into: Float32Array, offset: number): void {
  const fits = Math.min(picture.width, picture.height) / sizePx;
  const wanted = least * (most / least) ** random.uniform();
  const scale = Math.min(wanted, fits);
  const x = random.uniform() * (picture.width - scale * sizePx);
  const y = random.uniform() * (picture.height - scale * sizePx);
  const mirrored = random.uniform() < 0.5;
  sampleCrop(picture, { x, y, scale, sizePx, mirrored }, into, offset);
}

interface Placement {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly sizePx: number;
  readonly mirrored: boolean;
}

/** Bilinear: scales stay near 1, where an area filter would cost more than it shows. */
function sampleCrop(picture: Picture, { x, y, scale, sizePx, mirrored }: Placement, into: Float32Array, offset: number): void {
  const { width, height, data } = picture;
  const columns = taps(x, scale, sizePx, width);
  const rows = taps(y, scale, sizePx, height);
  const plane = sizePx * sizePx;
  for (let row = 0; row < sizePx; row++) {
    const { low: top, high: bottom, share: down } = rows[row];
    for (let column = 0; column < sizePx; column++) {
      const { low, high, share } = columns[mirrored ? sizePx - 1 - column : column];
      const at = offset + row * sizePx + column;
      const a = 3 * (top * width + low);
      const b = 3 * (top * width + high);
      const c = 3 * (bottom * width + low);
      const d = 3 * (bottom * width + high);
      for (let channel = 0; channel < 3; channel++) {
        const upper = data[a + channel] * (1 - share) + data[b + channel] * share;
        const lower = data[c + channel] * (1 - share) + data[d + channel] * share;
        into[at + channel * plane] = (upper * (1 - down) + lower * down) / 255;
      }
    }
  }
}

interface Tap {
  readonly low: number;
  readonly high: number;
  readonly share: number;
}

function taps(start: number, scale: number, count: number, size: number): Tap[] {
  return Array.from({ length: count }, (_, index) => {
    const position = Math.min(Math.max(start + (index + 0.5) * scale - 0.5, 0), size - 1);
    const low = Math.floor(position);
    return { low, high: Math.min(low + 1, size - 1), share: position - low };
  });
}
