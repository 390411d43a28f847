// Paintings made by a rule, and what may lie round one: borders, frames, a wall, a line of writing.
import type { Region } from '../../src-main/contract/image.ts';
import { createRandom } from '../../src-main/engine/tensor/random.ts';
import type { Picture } from '../../src-main/engine/training/augment.ts';

type Rgb = readonly [number, number, number];

/** Ground, sky and a hill under a thousand strokes, another composition for another seed. */
export function paintedPicture(width: number, height: number, seed = 1): Picture {
  const random = createRandom(seed);
  const horizon = 0.4 + 0.2 * random.uniform();
  const hill = random.uniform();
  const colours: readonly Rgb[] = Array.from({ length: 3 }, () => [60 + 150 * random.uniform(), 60 + 130 * random.uniform(), 40 + 160 * random.uniform()] as const);
  const picture = filledPicture(width, height, (x, y) => {
    const [across, down] = [x / width, y / height];
    const top = horizon - 0.2 * Math.exp(-(((across - hill) / 0.2) ** 2));
    return colours[down < top ? 0 : down < horizon + 0.1 ? 1 : 2]!.map((value) => value * (0.8 + 0.3 * down)) as unknown as Rgb;
  });
  for (let stroke = 0; stroke < 1500; stroke++) {
    const [x, y, turn, light] = [random.uniform() * width, random.uniform() * height, 0.8 * random.normal(), 45 * random.normal()];
    for (let at = -12; at <= 12; at++) {
      const [column, row] = [Math.round(x + at * Math.cos(turn)), Math.round(y + at * Math.sin(turn))];
      for (let thick = 0; thick < 3; thick++) lighten(picture, column, row + thick, light);
    }
  }
  return picture;
}

function lighten({ width, height, data }: Picture, x: number, y: number, by: number): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  for (let i = 3 * (y * width + x); i < 3 * (y * width + x + 1); i++) data[i] = Math.max(0, Math.min(255, data[i]! + by));
}

export function filledPicture(width: number, height: number, colour: (x: number, y: number) => Rgb): Picture {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(colour(x, y).map((value) => Math.max(0, Math.min(255, Math.round(value)))), 3 * (y * width + x));
  return { width, height, channels: 3, depth: 8, data };
}

export interface Surround {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  /** `depth` goes from 0 at the outer edge to 1 at the painting; `side` is top, bottom, left, right. */
  colour(place: { readonly x: number; readonly y: number; readonly depth: number; readonly side: number }): Rgb;
}

/** A picture with something round it, and where it lies in the result. */
export function surrounded(picture: Picture, around: Surround): { readonly picture: Picture; readonly place: Region } {
  const { top, bottom, left, right, colour } = around;
  const [width, height] = [picture.width + left + right, picture.height + top + bottom];
  const place = { x: left, y: top, width: picture.width, height: picture.height };
  const result = filledPicture(width, height, (x, y) => {
    const at = 3 * ((y - top) * picture.width + x - left);
    if (x >= left && x < left + picture.width && y >= top && y < top + picture.height) return [picture.data[at]!, picture.data[at + 1]!, picture.data[at + 2]!];
    const depths = [y / top, (height - 1 - y) / bottom, x / left, (width - 1 - x) / right].map((depth) => (Number.isFinite(depth) && depth >= 0 ? depth : Infinity));
    const depth = Math.min(...depths);
    return colour({ x, y, depth, side: depths.indexOf(depth) });
  });
  return { picture: result, place };
}

/** Dark upright strokes in a row, as letters are. */
export function written(picture: Picture, { x, y, width, height }: Region): Picture {
  const data = new Uint8Array(picture.data);
  for (let letter = 0; letter * 5 + 2 < width; letter++) {
    const short = letter % 3 === 0 ? 0 : Math.floor(height / 3);
    for (let row = y + short; row < y + height; row++) {
      data.fill(20, 3 * (row * picture.width + x + letter * 5), 3 * (row * picture.width + x + letter * 5 + 2));
    }
  }
  return { ...picture, data };
}
