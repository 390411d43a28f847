// Broken colour: greys become strokes of the painting's hues, colours of their own stay, the same in every window.
import { describe, expect, it } from 'vitest';
import type { Region } from '../../../../src-main/contract/image.ts';
import { markKinds, type HueSpread, type MarkKind } from '../../../../src-main/contract/style.ts';
import { colourBreaker } from '../../../../src-main/engine/image/broken-colour.ts';
import { massesOf } from '../../../../src-main/engine/image/masses.ts';
import { noSpread } from '../../../../src-main/engine/image/hue-spread.ts';
import { cropPatch } from '../../../../src-main/engine/tensor/layout.ts';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { tensor, type Tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import { readWindow } from '../../../../src-main/engine/tiling/window.ts';
import { noiseAt, pictureOf } from '../../../support/pictures.ts';

type Rgb = readonly [number, number, number];
const frameOf = ({ shape }: Tensor): { width: number; height: number } => ({ width: shape[3]!, height: shape[2]! });
const whole = (picture: Tensor): Region => ({ x: 0, y: 0, ...frameOf(picture) });
/** A painting with blues and oranges side by side. */
const lively: HueSpread = { red: 0.05 ** 2, blue: 0.06 ** 2, both: -0.8 * 0.05 * 0.06 };
const strokesOf = (spread: HueSpread) => ({ spread, marks: 'strokes' as const });
const broken = (picture: Tensor, spread = lively, amount = 1, seed = 1, marks: MarkKind = 'strokes'): Tensor => colourBreaker([{ spread, marks }], seed)(picture, whole(picture), frameOf(picture), amount);
const plain = (colour: Rgb, side = 200): Tensor => pictureOf(side, side, () => [...colour]);
const lumaOf = ([r, g, b]: Rgb): number => 0.299 * r + 0.587 * g + 0.114 * b;

function pixelsIn({ data }: Tensor): Rgb[] {
  const size = data.length / 3;
  return Array.from({ length: size }, (_, at) => [data[at]!, data[size + at]!, data[2 * size + at]!] as const);
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Root mean square of what was added to a picture of one colour. */
const changeOf = (colour: Rgb): number => Math.sqrt(broken(plain(colour)).data.reduce((sum, value, at) => sum + (value - colour[Math.floor(at / 40_000)]!) ** 2, 0) / 120_000);

describe('a grey', () => {
  it('gets hues as far apart as the painting’s, raised, about itself', () => {
    const pixels = pixelsIn(broken(plain([0.6, 0.6, 0.6], 400)));
    const [reds, blues] = [pixels.map((rgb) => rgb[0] - lumaOf(rgb)), pixels.map((rgb) => rgb[2] - lumaOf(rgb))];
    expect(deviation(reds) / 0.05).toBeGreaterThan(1.4);
    expect(deviation(reds) / 0.05).toBeLessThan(2.1);
    expect(deviation(blues) / deviation(reds)).toBeCloseTo(1.2, 0);
    expect(reds.reduce((sum, red, at) => sum + red * blues[at]!, 0) / reds.length / (deviation(reds) * deviation(blues))).toBeLessThan(-0.65);
    for (const channel of [0, 1, 2] as const) expect(Math.abs(pixels.reduce((sum, rgb) => sum + rgb[channel], 0) / pixels.length - 0.6)).toBeLessThan(0.02);
  });

  it('keeps its luma nearly: strokes differ in it far less than in hue', () => {
    const pixels = pixelsIn(broken(plain([0.6, 0.6, 0.6])));
    expect(deviation(pixels.map(lumaOf))).toBeLessThan(0.4 * deviation(pixels.map((rgb) => rgb[2] - lumaOf(rgb))));
    expect(deviation(pixels.map(lumaOf))).toBeGreaterThan(0.005);
  });

  it('becomes strokes: what lies a few px apart is mostly alike, what lies far apart is not', () => {
    const { data } = broken(plain([0.5, 0.5, 0.5]));
    const apart = (by: number): number => {
      let sum = 0;
      for (let y = 0; y < 200; y++) for (let x = 0; x < 200 - by; x++) sum += Math.abs(data[y * 200 + x + by]! - data[y * 200 + x]!);
      return sum / (200 * (200 - by));
    };
    expect(apart(2)).toBeLessThan(apart(80) / 3);
  });

  it('stays grey for a painting without hues, or one that is not known', () => {
    expect(broken(plain([0.5, 0.5, 0.5]), noSpread).data).toEqual(plain([0.5, 0.5, 0.5]).data);
  });

  it('is not torn apart by a painting of every hue', () => {
    const pixels = pixelsIn(broken(plain([0.6, 0.6, 0.6]), { red: 0.09, blue: 0.09, both: 0 }));
    expect(deviation(pixels.map((rgb) => rgb[0] - lumaOf(rgb)))).toBeLessThan(0.14);
  });

  it('stays at 0, and is broken half as far at a half', () => {
    const grey = plain([0.5, 0.5, 0.5]);
    const [none, half, full] = [0, 0.5, 1].map((amount) => broken(grey, lively, amount).data) as [Float32Array, Float32Array, Float32Array];
    expect(none).toEqual(grey.data);
    for (let at = 0; at < half.length; at += 997) expect(half[at]! - 0.5).toBeCloseTo((full[at]! - 0.5) / 2, 5);
  });

  it('has other strokes with another seed, and the same with the same', () => {
    const grey = plain([0.5, 0.5, 0.5]);
    expect(broken(grey, lively, 1, 2).data).not.toEqual(broken(grey).data);
    expect(broken(grey).data).toEqual(broken(grey).data);
  });
});

describe('marks', () => {
  const grey = plain([0.5, 0.5, 0.5]);
  /** Mean difference of luma of pixels so far apart, next to that of pixels far from one another. */
  const apart = (marks: MarkKind, by: number): number => {
    const { data } = broken(grey, lively, 1, 1, marks);
    const meanStep = (step: number): number => {
      let sum = 0;
      for (let at = 0; at < 40_000 - step; at++) if (at % 200 < 200 - step) sum += Math.abs(data[at + step]! - data[at]!);
      return sum / (200 * (200 - step));
    };
    return meanStep(by) / meanStep(90);
  };

  it('of facets are larger than strokes, and those of dots and hatching smaller', () => {
    expect(apart('facets', 12)).toBeLessThan(0.8 * apart('strokes', 12));
    expect(apart('dots', 12)).toBeGreaterThan(1.05 * apart('strokes', 12));
    expect(apart('hatching', 4)).toBeGreaterThan(1.5 * apart('strokes', 4));
  });

  it('of hatching show without hues, as lighter and darker lines; those of others do not', () => {
    const lumas = (marks: MarkKind): number => deviation(pixelsIn(broken(grey, noSpread, 1, 1, marks)).map(lumaOf));
    expect(lumas('hatching')).toBeGreaterThan(0.08);
    expect(markKinds.filter((marks) => lumas(marks) > 1e-5)).toEqual(['hatching']);
  });

  it('of brushwork and facets differ in luma as much as in hue', () => {
    for (const marks of ['brushwork', 'facets'] as const) {
      const pixels = pixelsIn(broken(grey, lively, 1, 1, marks));
      expect(deviation(pixels.map(lumaOf)) / deviation(pixels.map((rgb) => rgb[0] - lumaOf(rgb)))).toBeGreaterThan(0.7);
    }
  });
});

describe('marks that keep to forms', () => {
  /** Light with a dark half on the right. */
  const picture = pictureOf(240, 160, (x) => (x < 120 ? [0.75, 0.75, 0.75] : [0.3, 0.3, 0.3]));
  const brokenBy = (masses: Tensor | undefined): Tensor => colourBreaker([{ spread: lively, marks: 'facets' }], 1, masses)(picture, whole(picture), frameOf(picture), 1);
  /** How often neighbours across the border were changed alike. */
  const crossing = ({ data }: Tensor): number => {
    let alike = 0;
    for (let y = 0; y < 160; y++) {
      const change = (x: number): number => data[y * 240 + x]! - picture.data[y * 240 + x]!;
      if (Math.abs(change(119)) > 0.01 && Math.abs(change(120)) > 0.01 && Math.sign(change(119)) === Math.sign(change(120))) alike += 1;
    }
    return alike;
  };

  it('do not cross a border between light and dark, which they did without masses', () => {
    expect(crossing(brokenBy(undefined))).toBeGreaterThan(60);
    expect(crossing(brokenBy(massesOf(picture)))).toBeLessThan(30);
  });

  it('cover a form as they did away from its borders', () => {
    const [free, kept] = [brokenBy(undefined), brokenBy(massesOf(plain([0.75, 0.75, 0.75])))].map(({ data }) => deviation([...data.subarray(0, 60)])) as [number, number];
    expect(kept).toBeGreaterThan(0.5 * free);
  });
});

describe('a colour', () => {
  it('of skin stays, a blue sky is broken, a grey more', () => {
    const [skin, sky, grey] = [changeOf([0.75, 0.52, 0.4]), changeOf([0.45, 0.55, 0.7]), changeOf([0.55, 0.55, 0.55])] as [number, number, number];
    expect(skin / grey).toBeLessThan(0.25);
    expect(sky / grey).toBeGreaterThan(0.6);
    expect(sky).toBeLessThan(grey);
  });

  it('stays white where it is, and keeps its luma nearly next to white and black', () => {
    const every = { red: 0.02, blue: 0.02, both: -0.01 };
    expect(broken(plain([1, 1, 1]), every).data.every((value) => value > 0.9999)).toBe(true);
    for (const value of [0.97, 0.9, 0.03, 0]) {
      const pixels = pixelsIn(broken(plain([value, value, value]), every));
      expect(Math.abs(pixels.reduce((sum, rgb) => sum + lumaOf(rgb), 0) / pixels.length - value)).toBeLessThan(0.015);
    }
  });

  it('is broken within bounds by a file’s spread that no painting has', () => {
    const pixels = pixelsIn(broken(plain([0.6, 0.6, 0.6]), { red: 0, blue: 1e-6, both: 1 }));
    expect(deviation(pixels.map((rgb) => rgb[2] - lumaOf(rgb)))).toBeLessThan(0.01);
  });

  it('in the dark is broken less, and none leaves [0,1]', () => {
    expect(changeOf([0.02, 0.02, 0.02]) / changeOf([0.6, 0.6, 0.6])).toBeLessThan(0.5);
    for (const value of [0, 1]) expect(broken(plain([value, value, value]), { red: 0.09, blue: 0.09, both: 0 }).data.every((each) => each >= 0 && each <= 1)).toBe(true);
  });
});

describe('windows', () => {
  const scene = (width: number, height: number): Tensor => pictureOf(width, height, (x, y) => [0.5 + 0.3 * Math.sin(x / 9), noiseAt(x, y), Math.max(0, Math.cos((x + 2 * y) / 13))]);

  it.each(markKinds.flatMap((marks) => [[marks, 'over everything'], [marks, 'to forms']] as const))('are broken into %s %s as the whole is, to the bit, past the edges too', (marks, reach) => {
    for (const picture of [scene(150, 90), scene(90, 12)]) {
      const breakColour = colourBreaker([{ spread: lively, marks }], 3, reach === 'to forms' ? massesOf(picture) : undefined);
      const all = breakColour(picture, whole(picture), frameOf(picture), 1);
      const sourceOf = (planes: Tensor) => ({ frame: frameOf(planes), read: (region: Region) => cropPatch({ place: whole(planes), planes }, region) });
      const random = createRandom(7);
      for (let trial = 0; trial < 12; trial++) {
        const place = { x: random.integer(170) - 40, y: random.integer(100) - 40, width: 20 + random.integer(40), height: 20 + random.integer(40) };
        const window = breakColour(readWindow(sourceOf(picture), place).planes, place, frameOf(picture), 1);
        expect([place, Buffer.compare(Buffer.from(window.data.buffer), Buffer.from(readWindow(sourceOf(all), place).planes.data.buffer))]).toEqual([place, 0]);
      }
    }
  });

  it('have the hues of the style that a mask places there', () => {
    const grey = plain([0.6, 0.6, 0.6], 96);
    const masks = tensor([1, 2, 96, 96], Float32Array.from({ length: 2 * 96 * 96 }, (_, at) => Number(at < 96 * 96 === at % 96 < 48)));
    const { data } = colourBreaker([noSpread, lively].map(strokesOf), 1)(grey, whole(grey), frameOf(grey), 1, masks);
    const alone = broken(grey).data;
    data.forEach((value, at) => expect(value).toBeCloseTo(at % 96 < 48 ? grey.data[at]! : alone[at]!, 6));
  });

  it('have the marks of the style that a mask places there', () => {
    const grey = plain([0.6, 0.6, 0.6], 96);
    const masks = tensor([1, 2, 96, 96], Float32Array.from({ length: 2 * 96 * 96 }, (_, at) => Number(at < 96 * 96 === at % 96 < 48)));
    const { data } = colourBreaker([{ spread: lively, marks: 'facets' }, strokesOf(lively)], 1)(grey, whole(grey), frameOf(grey), 1, masks);
    const [facets, strokes] = [broken(grey, lively, 1, 1, 'facets').data, broken(grey).data];
    data.forEach((value, at) => expect(value).toBeCloseTo(at % 96 < 48 ? facets[at]! : strokes[at]!, 6));
  });

  it('show no border of the blocks in which strokes are kept', () => {
    const { data } = broken(pictureOf(560, 400, () => [0.5, 0.5, 0.5]));
    const step = (x: number): number => {
      let sum = 0;
      for (let y = 0; y < 400; y++) sum += Math.abs(data[y * 560 + x + 1]! - data[y * 560 + x]!);
      return sum / 400;
    };
    const others = Array.from({ length: 80 }, (_, at) => step(7 * at)).sort((a, b) => a - b);
    for (const border of [255, 511]) expect(step(border)).toBeLessThan(1.2 * others.at(-1)!);
    expect(others[0]).toBeLessThan(others.at(-1)!);
  });

  it('may be of one pixel', () => {
    expect(broken(tensor([1, 3, 1, 1], Float32Array.of(0.5, 0.5, 0.5))).data).toHaveLength(3);
  });
});
