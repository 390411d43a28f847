// Type: words of our own stroke letters in sizes, weights and slants, set as on posters and pages.
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { type Canvas, createCanvas, develop, disc, fill } from './canvas.ts';
import type { DrawPicture } from './draw-picture.ts';
import { createNoise } from './noise.ts';
import { between, choose, drawPalette } from './palette.ts';
import { curve, stroke } from './stroke.ts';
import { glyphLines, letters } from './stroke-font.ts';

interface Setting {
  /** Height of a letter, in canvas units. */
  readonly height: number;
  /** Half the width of a line over the height. */
  readonly weight: number;
  readonly slant: number;
  readonly round: boolean;
  readonly colour: Triple;
}

/** A poster or page: lines of letters from a third of the picture's height down to a fiftieth. */
export const type: DrawPicture = (size, random) => {
  const canvas = createCanvas(size);
  const noise = createNoise(random);
  const palette = drawPalette(random, 6);
  const dark = random.uniform() < 0.35;
  const [ground, other] = dark ? [palette[0]!, palette[1]!] : [palette[5]!, palette[4]!];
  const inks = dark ? palette.slice(3) : palette.slice(0, 3);
  fill(canvas, (x, y, out) => {
    const share = Math.max(0, Math.min(1, y + 0.4 * noise.at(1.3 * x, 1.3 * y)));
    const rough = 1 + 0.06 * noise.octaves(70 * x, 70 * y, 3, 0.8);
    for (let channel = 0; channel < 3; channel++) out[channel] = rough * (ground[channel]! + share * (other[channel]! - ground[channel]!));
  });
  for (let index = random.integer(4); index > 0; index--) disc(canvas, between(random, 0, canvas.aspect), random.uniform(), between(random, 0.05, 0.35), choose(random, palette));
  const left = between(random, 0.02, 0.12);
  for (let y = between(random, 0.03, 0.1); y < 1; ) {
    const height = 0.02 + 0.3 * random.uniform() ** 2.2;
    setLine(canvas, left, y, { height, weight: between(random, 0.03, 0.1), slant: random.uniform() < 0.3 ? 0.25 : 0, round: random.uniform() < 0.5, colour: choose(random, inks) }, random);
    y += height * between(random, 1.3, 1.8);
  }
  return develop(canvas, between(random, 0.3, 1.5), random.integer(2 ** 31));
};

function setLine(canvas: Canvas, left: number, top: number, setting: Setting, random: Random): void {
  const { height, weight, slant, round, colour } = setting;
  const half = weight * height;
  for (let x = left + half, word = 2 + random.integer(8); x + height * 0.7 < canvas.aspect - left; word--) {
    if (word === 0) {
      x += height * 0.6;
      word = 2 + random.integer(8);
      continue;
    }
    for (const run of glyphLines(choose(random, letters))) {
      const places = run.map(([u, v]) => [x + height * (u + slant * (1 - v)), top + height * v] as const);
      stroke(canvas, round ? curve(places, () => half, 4) : places.map(([u, v]) => ({ x: u, y: v, half })), colour);
    }
    x += height * 0.72 + 2.4 * half;
  }
}
