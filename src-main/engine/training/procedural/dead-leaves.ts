// Dead leaves: opaque shaded shapes over one another, sizes falling as r⁻³, so that statistics hold at every scale.
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { type Canvas, coverAt, createCanvas, develop, fill, lay } from './canvas.ts';
import type { DrawPicture } from './draw-picture.ts';
import { createNoise, type Noise } from './noise.ts';
import { between, choose, drawPalette } from './palette.ts';

/** Radii in heights of the picture. */
const [smallest, largest] = [0.011, 0.5];
const leaves = 1900;

interface Leaf {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly aspect: number;
  readonly turn: number;
  readonly box: boolean;
  readonly from: Triple;
  readonly to: Triple;
  readonly texture: number;
  readonly grainSize: number;
  readonly shadow: number;
}

/** Overlapping shapes with shading, texture and soft shadows (Lee, Mumford & Huang 2001). */
export const deadLeaves: DrawPicture = (size, random) => {
  const canvas = createCanvas(size);
  const noise = createNoise(random);
  const palette = drawPalette(random, 7);
  const [top, bottom] = [choose(random, palette), choose(random, palette)];
  fill(canvas, (x, y, out) => {
    const share = Math.max(0, Math.min(1, y + 0.3 * noise.at(2 * x, 2 * y)));
    for (let channel = 0; channel < 3; channel++) out[channel] = top[channel]! + share * (bottom[channel]! - top[channel]!);
  });
  const boxes = random.uniform() < 0.4 ? 0.5 : 0;
  for (let index = 0; index < leaves; index++) layLeaf(canvas, drawLeaf(canvas.aspect, palette, boxes, random), noise);
  return develop(canvas, between(random, 0.5, 2.5), random.integer(2 ** 31));
};

function drawLeaf(aspect: number, palette: readonly Triple[], boxes: number, random: Random): Leaf {
  // inverse of the cumulated r⁻³ between the two radii
  const radius = 1 / Math.sqrt(1 / largest ** 2 + random.uniform() * (1 / smallest ** 2 - 1 / largest ** 2));
  return {
    x: between(random, -0.1, aspect + 0.1),
    y: between(random, -0.1, 1.1),
    radius,
    aspect: between(random, 0.3, 1),
    turn: Math.PI * random.uniform(),
    box: random.uniform() < boxes,
    from: choose(random, palette),
    to: choose(random, palette),
    texture: 0.6 * random.uniform() ** 2,
    grainSize: between(random, 0.05, 0.6) * radius,
    shadow: between(random, 0.1, 0.5),
  };
}

function layLeaf(canvas: Canvas, leaf: Leaf, noise: Noise): void {
  const { x, y, radius, aspect, turn, from, to } = leaf;
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const narrow = radius * aspect;
  const soft = 0.3 * narrow;
  const reach = leaf.box ? 1.3 * radius + narrow : radius + soft;
  lay(canvas, x, y, reach, reach, (u, v, out) => {
    const along = cosine * (u - x) + sine * (v - y);
    const across = cosine * (v - y) - sine * (u - x);
    const distance = leaf.box ? Math.max(Math.abs(along) - radius, Math.abs(across) - narrow) : ellipseDistance(along, across, radius, narrow);
    if (distance >= soft) return 0;
    const cover = coverAt(distance, canvas.px);
    if (cover === 0) {
      out.fill(0);
      return leaf.shadow * (1 - distance / soft) ** 2;
    }
    const share = Math.max(0, Math.min(1, 0.5 + along / radius / 2));
    const round = 1 - 0.35 * Math.max(0, (along + across) / (radius + narrow));
    const light = round * (1 + leaf.texture * (leaf.texture > 0.05 ? noise.octaves(u / leaf.grainSize, v / leaf.grainSize, 3, 0.8) : 0));
    for (let channel = 0; channel < 3; channel++) out[channel] = light * (from[channel]! + share * (to[channel]! - from[channel]!));
    return cover;
  });
}

/** First-order distance to an ellipse's rim. */
function ellipseDistance(along: number, across: number, a: number, b: number): number {
  const u = along / a;
  const v = across / b;
  const level = Math.sqrt(u * u + v * v) || 1e-9;
  return ((level - 1) * level) / (Math.sqrt((u / a) ** 2 + (v / b) ** 2) || 1e-9);
}
