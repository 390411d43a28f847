// Pictures to practise on where there are no photographs: dead leaves with shading, by seed.
import type { Random } from '../tensor/random.ts';
import type { Picture } from './augment.ts';

export interface ProceduralSize {
  readonly width: number;
  readonly height: number;
}

/** Discs laid over one another with sizes falling as r⁻³ down to this radius, in px. */
const [smallestPx, largestPx] = [4, 160];
const leaves = 900;

type Rgb = readonly [number, number, number];

interface Leaf {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly aspect: number;
  readonly turn: number;
  readonly from: Rgb;
  readonly to: Rgb;
  readonly grain: number;
}

/** One picture of overlapping shaded ellipses: edges and contrasts distributed as in photographs (Lee, Mumford & Huang 2001). */
export function proceduralPicture({ width, height }: ProceduralSize, random: Random): Picture {
  const data = new Uint8Array(3 * width * height);
  const palette = Array.from({ length: 6 }, () => drawColour(random));
  fillGradient(data, width, height, [drawColour(random), drawColour(random)]);
  for (let index = 0; index < leaves; index++) layLeaf(data, width, height, drawLeaf(width, height, palette, random), random);
  return { width, height, channels: 3, depth: 8, data };
}

function drawColour(random: Random): Rgb {
  const light = 40 + 190 * random.uniform();
  const tint = (): number => Math.max(0, Math.min(255, light + 70 * random.normal() * random.uniform()));
  return [tint(), tint(), tint()];
}

function drawLeaf(width: number, height: number, palette: readonly Rgb[], random: Random): Leaf {
  // Inverse of the cumulated r⁻³ between the two radii.
  const u = random.uniform();
  const radius = 1 / Math.sqrt(1 / largestPx ** 2 + u * (1 / smallestPx ** 2 - 1 / largestPx ** 2));
  return {
    x: random.uniform() * width,
    y: random.uniform() * height,
    radius,
    aspect: 0.3 + 0.7 * random.uniform(),
    turn: Math.PI * random.uniform(),
    from: palette[random.integer(palette.length)],
    to: palette[random.integer(palette.length)],
    grain: 12 * random.uniform() ** 2,
  };
}

function layLeaf(data: Uint8Array, width: number, height: number, leaf: Leaf, random: Random): void {
  const { x, y, radius, aspect, turn, from, to, grain } = leaf;
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  for (let row = Math.max(0, Math.floor(y - radius)); row < Math.min(height, y + radius); row++) {
    for (let column = Math.max(0, Math.floor(x - radius)); column < Math.min(width, x + radius); column++) {
      const along = (cosine * (column - x) + sine * (row - y)) / radius;
      const across = (cosine * (row - y) - sine * (column - x)) / (radius * aspect);
      if (along * along + across * across > 1) continue;
      const share = (along + 1) / 2;
      const noise = grain * (random.uniform() - 0.5);
      const at = 3 * (row * width + column);
      for (let channel = 0; channel < 3; channel++) data[at + channel] = clampByte(from[channel] * (1 - share) + to[channel] * share + noise);
    }
  }
}

function fillGradient(data: Uint8Array, width: number, height: number, [top, bottom]: readonly [Rgb, Rgb]): void {
  for (let row = 0; row < height; row++) {
    const share = row / height;
    for (let at = 3 * row * width; at < 3 * (row + 1) * width; at++) data[at] = clampByte(top[at % 3] * (1 - share) + bottom[at % 3] * share);
  }
}

function clampByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}
