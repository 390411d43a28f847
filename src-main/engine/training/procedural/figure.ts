// Figures: head and shoulders in the light of a window, before a dim wall.
import type { Extent } from '../../../contract/image.ts';
import type { Triple } from '../../image/color.ts';
import { createCanvas, develop, put, type Canvas } from './canvas.ts';
import type { DrawPicture } from './draw-picture.ts';
import { sitterSolids, type Sitter } from './head.ts';
import { createNoise, type Noise } from './noise.ts';
import { between, choose, mix, scaled, tone } from './palette.ts';
import { shadeRoom } from './solids.ts';

/** A sitter turned to one side, lit from the other or the same. */
export const figure: DrawPicture = (size, random) => {
  const noise = createNoise(random);
  const sitter: Sitter = {
    skin: choose(random, [tone(0.8, 0.06, 0.14), tone(0.74, 0.07, 0.15), tone(0.62, 0.08, 0.15), tone(0.46, 0.07, 0.14)]),
    hair: choose(random, [tone(0.22, 0.03, 0.12), tone(0.33, 0.06, 0.13), tone(0.5, 0.09, 0.19), tone(0.4, 0.1, 0.11), tone(0.55, 0.01, 0.2)]),
    dress: tone(between(random, 0.3, 0.7), between(random, 0.03, 0.15), random.uniform()),
    iris: choose(random, [tone(0.45, 0.07, 0.68), tone(0.38, 0.06, 0.14), tone(0.48, 0.06, 0.4)]),
    turn: between(random, -0.7, 0.7),
    tilt: 0.08 * random.normal(),
    long: random.uniform(),
    jaw: between(random, 0.88, 1.15),
    noise,
  };
  const setting = { side: random.uniform() < 0.5 ? -1 : 1, wall: tone(between(random, 0.25, 0.75), between(random, 0.01, 0.08), random.uniform()), away: between(random, 0.36, 0.62), offset: between(random, -0.35, 0.35), noise };
  return develop(figureCanvas(size, sitter, setting), between(random, 0.5, 2), random.integer(2 ** 31));
};

export interface FigureSetting {
  /** The window's side: −1 left, 1 right. */
  readonly side: number;
  readonly wall: Triple;
  /** Field of the view: small is close. */
  readonly away: number;
  readonly offset: number;
  readonly noise: Noise;
}

export function figureCanvas(size: Extent, sitter: Sitter, { side, wall, away, offset, noise }: FigureSetting): Canvas {
  const canvas = createCanvas(size);
  shadeRoom(canvas, {
    solids: sitterSolids(sitter),
    eye: [offset, 0.02, -4.2],
    aim: [offset, -0.3, 0],
    field: away,
    lamp: [side * 0.85, 0.62, -0.8],
    lampColour: [1.55, 1.4, 1.2],
    lampSize: 0.2,
    fromAbove: mix([0.25, 0.28, 0.34], wall, 0.3),
    fromBelow: mix([0.14, 0.1, 0.08], scaled(sitter.dress, 0.4), 0.4),
    table: (_x, _z, out) => put(out, wall),
    tableGloss: 0,
    tableEnd: -1e9,
    background: (x, y, out) => {
      const glow = Math.exp(-(((x - canvas.aspect * (0.5 - 0.22 * side)) / 0.6) ** 2) - ((y - 0.4) / 0.6) ** 2);
      put(out, wall, (0.2 + 0.75 * glow) * (1 + 0.25 * noise.octaves(2.4 * x, 2.4 * y, 6, 0.66)));
    },
  });
  return canvas;
}
