// Light before painting: masses drawn together, forms brought out, warm lights and cool shadows, the same in every window.
import { describe, expect, it } from 'vitest';
import type { Region } from '../../../../src-main/contract/image.ts';
import { lightingOf, relighter } from '../../../../src-main/engine/image/lighting.ts';
import { cropPatch } from '../../../../src-main/engine/tensor/layout.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { tensor, type Tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import { readWindow } from '../../../../src-main/engine/tiling/window.ts';
import { noiseAt, pictureOf } from '../../../support/pictures.ts';

const frameOf = ({ shape }: Tensor): { width: number; height: number } => ({ width: shape[3]!, height: shape[2]! });
const whole = (picture: Tensor): Region => ({ x: 0, y: 0, ...frameOf(picture) });
const lit = (picture: Tensor, amount = 1): Tensor => relighter(lightingOf(picture))(picture, whole(picture), frameOf(picture), amount);
const grey = (width: number, height: number, valueAt: (x: number, y: number) => number): Tensor => pictureOf(width, height, (x, y) => [valueAt(x, y), valueAt(x, y), valueAt(x, y)]);
const lumaAt = (picture: Tensor, x: number, y: number): number => {
  const { width, height } = frameOf(picture);
  const [r, g, b] = [0, 1, 2].map((channel) => picture.data[channel * width * height + y * width + x]!) as [number, number, number];
  return 0.299 * r + 0.587 * g + 0.114 * b;
};
const warmthAt = (picture: Tensor, x: number, y: number): number => {
  const { width, height } = frameOf(picture);
  return picture.data[y * width + x]! - picture.data[2 * width * height + y * width + x]!;
};
/** Two masses side by side, each with stripes 16 px wide of this strength. */
const masses = (dark: number, bright: number, stripes: number): Tensor => grey(512, 256, (x, y) => (x < 256 ? dark : bright) + (Math.floor(y / 16) % 2 ? stripes : -stripes));
const scene = (width: number, height: number): Tensor => pictureOf(width, height, (x, y) => [0.5 + 0.5 * Math.sin(x / 9), noiseAt(x, y), Math.max(0, Math.cos((x + 2 * y) / 13))]);

describe('light', () => {
  it('leaves a picture alone at 0, and lights it half-way at a half', () => {
    const picture = masses(0.2, 0.8, 0.05);
    const [none, half, full] = [0, 0.5, 1].map((amount) => lit(picture, amount).data) as [Float32Array, Float32Array, Float32Array];
    for (let at = 0; at < none.length; at += 997) {
      expect(none[at]).toBeCloseTo(picture.data[at]!, 6);
      expect(half[at]).toBeCloseTo((picture.data[at]! + full[at]!) / 2, 5);
    }
  });

  it('draws masses together and brings out faint forms within them', () => {
    const before = masses(0.12, 0.85, 0.02);
    const after = lit(before);
    const stripe = (picture: Tensor, x: number): number => lumaAt(picture, x, 120) - lumaAt(picture, x, 136);
    const apart = (picture: Tensor): number => lumaAt(picture, 450, 120) - lumaAt(picture, 60, 120);
    expect(stripe(after, 60) / stripe(before, 60)).toBeGreaterThan(1.4);
    expect(apart(after) / apart(before)).toBeLessThan(0.7);
    expect(apart(after)).toBeGreaterThan(0.2);
  });

  it('lifts a dark picture, and no light one', () => {
    const lifted = lumaAt(lit(grey(64, 64, () => 0.1)), 32, 32);
    expect(lifted).toBeGreaterThan(0.4);
    expect(lifted).toBeLessThan(0.55);
    expect(lumaAt(lit(grey(64, 64, () => 0.7)), 32, 32)).toBeCloseTo(0.7, 2);
  });

  it('leaves lights nearly as far from the mean as they were, darks half as far', () => {
    const thirds = grey(768, 256, (x) => [0.2, 0.5, 0.8][Math.floor(x / 256)]!);
    const after = lit(thirds);
    const [dark, middle, light] = [100, 384, 668].map((x) => lumaAt(after, x, 128)) as [number, number, number];
    expect((light - middle) / 0.3).toBeGreaterThan(0.75);
    expect((middle - dark) / 0.3).toBeLessThan(0.6);
    expect((middle - dark) / 0.3).toBeGreaterThan(0.4);
  });

  it('warms what is lighter than its surroundings and cools what is darker, flat places neither', () => {
    const after = lit(masses(0.4, 0.6, 0.08));
    const [light, dark] = [120, 136].sort((a, b) => lumaAt(after, 60, b) - lumaAt(after, 60, a)) as [number, number];
    expect(warmthAt(after, 60, light)).toBeGreaterThan(0.05);
    expect(warmthAt(after, 60, dark)).toBeLessThan(-0.05);
    expect(Math.abs(warmthAt(lit(grey(64, 64, () => 0.3)), 32, 32))).toBeLessThan(1e-6);
  });

  it('takes grain for no form', () => {
    const random = createRandom(1);
    const grain = grey(256, 256, () => 0.5 + 0.004 * (random.uniform() - 0.5));
    const deviation = (picture: Tensor): number => Math.sqrt(Array.from({ length: 2000 }, (_, at) => (lumaAt(picture, at % 256, 100 + Math.floor(at / 256)) - 0.5) ** 2).reduce((sum, value) => sum + value, 0) / 2000);
    expect(deviation(lit(grain)) / deviation(grain)).toBeLessThan(1.3);
  });

  it('stays within range, and keeps the hue of a strong colour', () => {
    const picture = pictureOf(96, 96, (x, y) => (x < 48 ? [0.9, 0.05, 0.02] : [0, 0, 0.02 * (y % 2)]));
    const after = lit(picture);
    expect(after.data.every((value) => value >= 0 && value <= 1)).toBe(true);
    const at = 48 * 96 + 10;
    expect(after.data[at]! - after.data[9216 + at]!).toBeGreaterThan(0.5);
  });

  it('lights a window as it lights the whole, to the bit, past the edges too', () => {
    for (const picture of [scene(150, 90), scene(90, 12)]) {
      const relight = relighter(lightingOf(picture));
      const all = relight(picture, whole(picture), frameOf(picture), 1);
      const sourceOf = (planes: Tensor) => ({ frame: frameOf(planes), read: (region: Region) => cropPatch({ place: whole(planes), planes }, region) });
      const random = createRandom(7);
      for (let trial = 0; trial < 12; trial++) {
        const place = { x: random.integer(170) - 40, y: random.integer(100) - 40, width: 20 + random.integer(40), height: 20 + random.integer(40) };
        const window = relight(readWindow(sourceOf(picture), place).planes, place, frameOf(picture), 1);
        expect([place, Buffer.compare(Buffer.from(window.data.buffer), Buffer.from(readWindow(sourceOf(all), place).planes.data.buffer))]).toEqual([place, 0]);
      }
    }
  });

  it('lights a picture at twice the size nearly alike', () => {
    const small = pictureOf(256, 160, (x, y) => [0.5 + 0.4 * Math.sin(x / 40), 0.4 + 0.3 * Math.cos(y / 30), 0.5 + 0.3 * Math.sin((x + y) / 50)]);
    const large = pictureOf(512, 320, (x, y) => [0.5 + 0.4 * Math.sin(x / 80), 0.4 + 0.3 * Math.cos(y / 60), 0.5 + 0.3 * Math.sin((x + y) / 100)]);
    const light = relighter(lightingOf(small));
    const [one, other] = [light(small, whole(small), frameOf(small), 1), light(large, whole(large), frameOf(large), 1)];
    for (let y = 5; y < 155; y += 10) for (let x = 5; x < 250; x += 10) expect(Math.abs(lumaAt(one, x, y) - lumaAt(other, 2 * x, 2 * y))).toBeLessThan(0.03);
  });

  it('lights a picture of one pixel', () => {
    expect(lit(tensor([1, 3, 1, 1], Float32Array.of(0.1, 0.1, 0.1))).data[0]).toBeGreaterThan(0.4);
  });
});
