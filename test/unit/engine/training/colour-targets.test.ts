// What the colours of a style's paintings ask of pictures in it.
import { expect, it } from 'vitest';
import type { Tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import { colourNames } from '../../../../src-main/engine/losses/colour.ts';
import type { Picture } from '../../../../src-main/engine/training/augment.ts';
import { axesOf } from '../../../../src-main/engine/training/colour-cells.ts';
import { colourTargets, paletteName, paletteOf } from '../../../../src-main/engine/training/colour-targets.ts';

type Rgb = readonly [number, number, number];

/** 32 × 32 px, the left half of one colour, the right of another, each in [0,255]. */
function halves(left: Rgb, right: Rgb): Picture {
  const data = new Uint8Array(Array.from({ length: 1024 }, (_, at) => [...(at % 32 < 16 ? left : right)]).flat());
  return { width: 32, height: 32, channels: 3, depth: 8, data } as Picture;
}

const lightness = ({ data }: Tensor): number[] => Array.from(data as Float32Array).filter((_, at) => at % 3 === 0);
const numberOf = (paintings: readonly Picture[], name: string): number => colourTargets(paintings)[name]!.data[0]!;

it('stands for a painting by its colours in their shares', () => {
  const palette = paletteOf([halves([0, 0, 0], [255, 255, 255])]);
  const dark = lightness(palette).filter((value) => value < 0.5).length;
  expect(dark / lightness(palette).length).toBeCloseTo(0.5, 1);
  expect(Math.max(...lightness(palette)) - Math.min(...lightness(palette))).toBeGreaterThan(0.9);
});

it('stretches a painting of little contrast half-way to a lively photograph, and leaves its hues', () => {
  const silk = paletteOf([halves([100, 80, 50], [170, 140, 90])]);
  const { range, cast } = axesOf(silk.data);
  expect(range).toBeGreaterThan(0.38);
  expect(range).toBeLessThan(0.5);
  expect(cast[1]).toBeGreaterThan(0.04);
  const stark = axesOf(paletteOf([halves([0, 0, 0], [255, 255, 255])]).data);
  expect(stark.range).toBeGreaterThan(0.9);
});

it('tells the power of tone and chroma, and never none, since losses divide by it', () => {
  const colourful = [halves([204, 51, 51], [51, 51, 204])];
  const [blueness, redness] = [(0.6 * (0.9278 + 0.2126)) / 2, (0.6 * (0.7874 + 0.0722)) / 2];
  expect(numberOf(colourful, colourNames.chroma)).toBeGreaterThan(0.6 * ((blueness ** 2 + redness ** 2) / 2));
  const drawing = [halves([10, 10, 10], [240, 240, 240])];
  expect(numberOf(drawing, colourNames.chroma)).toBeCloseTo(0.02 ** 2, 6);
  expect(numberOf(drawing, colourNames.tone)).toBeCloseTo(((240 - 10) / 255 / 2) ** 2, 2);
  expect(numberOf([halves([120, 120, 120], [121, 121, 121])], colourNames.tone)).toBeGreaterThanOrEqual(0.16 ** 2 - 1e-6);
});

it('takes all paintings of a set together', () => {
  const [grey, colourful] = [halves([50, 50, 50], [200, 200, 200]), halves([204, 51, 51], [51, 51, 204])];
  const [alone, both] = [numberOf([colourful], colourNames.chroma), numberOf([grey, colourful], colourNames.chroma)];
  expect(both).toBeLessThan(0.7 * alone);
  expect(both).toBeGreaterThan(0.3 * alone);
  expect(colourTargets([grey, colourful])[paletteName]!.shape).toEqual(colourTargets([grey])[paletteName]!.shape);
});
