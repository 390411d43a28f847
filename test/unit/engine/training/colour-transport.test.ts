// Colours of a crop carried over to a painting's.
import { expect, it } from 'vitest';
import { tensor, type Tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import type { Picture } from '../../../../src-main/engine/training/augment.ts';
import { paletteOf } from '../../../../src-main/engine/training/colour-targets.ts';
import { transportColours } from '../../../../src-main/engine/training/colour-transport.ts';

type Rgb = readonly [number, number, number];
const side = 64;

/** Stripes of equal breadth from left to right. */
const stripe = (colours: readonly Rgb[], x: number, across: number): Rgb => colours[Math.min(colours.length - 1, Math.floor((x * colours.length) / across))]!;

function crop(colours: readonly Rgb[]): Tensor {
  const planes = Float32Array.from({ length: 3 * side * side }, (_, at) => stripe(colours, at % side, side)[Math.floor(at / side ** 2)]!);
  return tensor([1, 3, side, side], planes);
}

function painting(colours: readonly Rgb[]): Picture {
  const data = new Uint8Array(Array.from({ length: 96 * 96 }, (_, at) => stripe(colours, at % 96, 96).map((value) => Math.round(255 * value))).flat());
  return { width: 96, height: 96, channels: 3, depth: 8, data } as Picture;
}

/** What is asked in the middle of each of `count` stripes. */
function asked(content: Tensor, of: Picture, count: number): Rgb[] {
  const { data, shape } = transportColours(content, paletteOf([of]));
  expect(shape).toEqual([1, 3, side / 4, side / 4]);
  const [across, plane] = [side / 4, (side / 4) ** 2];
  return Array.from({ length: count }, (_, index) => {
    const at = (across / 2) * across + Math.floor(((index + 0.5) * across) / count);
    return [data[at]!, data[plane + at]!, data[2 * plane + at]!];
  });
}

const [night, straw, grass, brick]: Rgb[] = [[0.08, 0.12, 0.4], [0.9, 0.82, 0.45], [0.3, 0.5, 0.2], [0.65, 0.25, 0.18]];

it('paints the dark in the painting’s dark colour and the light in its light one, a grey picture too', () => {
  const [dark, light] = asked(crop([[0.1, 0.1, 0.1], [0.9, 0.9, 0.9]]), painting([night!, straw!]), 2);
  expect(dark![2] - dark![0]).toBeGreaterThan(0.2);
  expect(light![0] - light![2]).toBeGreaterThan(0.25);
});

it('takes the nearest hue where there is one: red stays red beside green of the same lightness', () => {
  const [red, green] = asked(crop([[0.7, 0.3, 0.3], [0.3, 0.52, 0.3]]), painting([grass!, brick!]), 2);
  expect(red![0] - red![1]).toBeGreaterThan(0.2);
  expect(green![1] - green![0]).toBeGreaterThan(0.05);
});

it('keeps the order of light and dark', () => {
  const greys: Rgb[] = [0.05, 0.25, 0.45, 0.65, 0.85].map((value) => [value, value, value]);
  const luma = asked(crop(greys), painting([night!, grass!, brick!, straw!]), 5).map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b);
  for (let at = 1; at < luma.length; at++) expect(luma[at]).toBeGreaterThan(luma[at - 1]!);
});

it('asks for nothing outside [0,1] and is the same every time, of a picture of one colour too', () => {
  const flat = crop([[0.4, 0.6, 0.9]]);
  const once = transportColours(flat, paletteOf([painting([night!, straw!])]));
  expect(once.data.every((value) => value >= 0 && value <= 1)).toBe(true);
  expect(transportColours(flat, paletteOf([painting([night!, straw!])])).data).toEqual(once.data);
});

it('lets what stands out from its surroundings stand out', () => {
  const hair: Rgb[] = Array.from({ length: 8 }, (_, at) => (at % 2 ? [0.1, 0.1, 0.1] : [0.16, 0.16, 0.16]) as Rgb);
  const [dim, dark] = asked(crop([...hair, ...Array<Rgb>(8).fill([0.9, 0.9, 0.9])]), painting([night!, straw!]), 16).slice(2, 4);
  const step = (light: Rgb, other: Rgb): number => light.reduce((sum, value, at) => sum + value - other[at]!, 0) / 3;
  expect(step(dim!, dark!)).toBeGreaterThan(0.02);
});
