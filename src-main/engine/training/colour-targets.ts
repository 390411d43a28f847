// What the colours of a style's paintings ask of pictures in it.
import { luminance, type Triple } from '../image/color.ts';
import { colourNames } from '../losses/colour.ts';
import { planesOf } from '../tensor/layout.ts';
import { scalar, tensor, type Tensor } from '../tensor/tensor.ts';
import type { Picture } from './augment.ts';
import { axesOf, cellsOf, sampleOf, sampleSize, srgbOf } from './colour-cells.ts';

/** Range of lightness of a lively photograph: paintings of little contrast are stretched half-way to it. */
const livelyRange = 0.7;
/** Lightness that no stretched colour leaves. */
const [darkest, lightest] = [0.03, 0.98] as const;
/** What a loss is relative to at least: a drawing without colour asks for nearly none. */
const [leastTonePower, leastChromaPower] = [0.16 ** 2, 0.02 ** 2] as const;

/** Names of what a painting's colours ask. */
export const paletteName = 'palette';

/** What the colours of a style's paintings ask of pictures in it: the `palette` (paletteOf), and the power of its tone and chroma, by colourNames. */
export function colourTargets(paintings: readonly Picture[]): Record<string, Tensor> {
  const palette = paletteOf(paintings);
  const { tone, chroma } = powersOf(palette.data as Float32Array);
  return { [paletteName]: palette, [colourNames.tone]: scalar(tone), [colourNames.chroma]: scalar(chroma) };
}

/**
 * Colours that stand for the paintings of a style, [K,3] OKLab. A painting of little contrast is stretched in lightness half-way to a lively
 * photograph: no picture in the colours of old silk could be read.
 */
export function paletteOf(paintings: readonly Picture[]): Tensor {
  const cells = paintings.map((painting) => cellsOf(planesOf(painting)));
  const all = new Float32Array(cells.reduce((sum, { length }) => sum + length, 0));
  cells.reduce((at, each) => (all.set(each, at), at + each.length), 0);
  const palette = sampleOf(all);
  const { low, range } = axesOf(palette);
  const middle = low + range / 2;
  const stretch = Math.max(1, (range + livelyRange) / 2 / range);
  for (let at = 0; at < palette.length; at += 3) palette[at] = Math.min(Math.max(middle + (palette[at] - middle) * stretch, darkest), lightest);
  return tensor([sampleSize, 3], palette);
}

/** Mean square of luma, and of B − Y and R − Y, about their means. */
function powersOf(palette: Float32Array): { readonly tone: number; readonly chroma: number } {
  const colours = Array.from({ length: sampleSize }, (_, index) => srgbOf(palette[3 * index], palette[3 * index + 1], palette[3 * index + 2]));
  const power = (of: (colour: Triple) => number): number => {
    const mean = colours.reduce((sum, colour) => sum + of(colour), 0) / sampleSize;
    return colours.reduce((sum, colour) => sum + (of(colour) - mean) ** 2, 0) / sampleSize;
  };
  const chroma = (power(([r, g, b]) => b - luminance(r, g, b)) + power(([r, g, b]) => r - luminance(r, g, b))) / 2;
  return { tone: Math.max(leastTonePower, power((colour) => luminance(...colour))), chroma: Math.max(leastChromaPower, chroma) };
}
