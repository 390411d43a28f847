// Flat shapes: discs, bars, polygons, rings and stripes in few colours, like cut paper or a poster.
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { type Canvas, coverAt, createCanvas, develop, fill, lay, put } from './canvas.ts';
import type { DrawPicture } from './draw-picture.ts';
import { createNoise } from './noise.ts';
import { between, choose, drawPalette } from './palette.ts';

/** Signed distance to a shape of size about 1 around the origin. */
type Outline = (x: number, y: number) => number;

/** A composition of 8 to 40 flat shapes on paper; half of them have stripes or an outline. */
export const flatShapes: DrawPicture = (size, random) => {
  const canvas = createCanvas(size);
  const noise = createNoise(random);
  const palette = drawPalette(random, 5);
  const ground = random.uniform() < 0.7 ? palette[4]! : choose(random, palette);
  fill(canvas, (_x, _y, out) => put(out, ground));
  const count = 8 + random.integer(33);
  for (let index = 0; index < count; index++) layShape(canvas, palette, 0.45 * (1 - index / count) ** 1.5 + 0.03, random);
  const paper = between(random, 0, 0.1);
  lay(canvas, canvas.aspect / 2, 0.5, canvas.aspect, 1, (x, y, out) => {
    out.fill(0);
    return paper * (0.5 + 0.5 * noise.octaves(60 * x, 60 * y, 3, 0.8));
  });
  return develop(canvas, between(random, 0.3, 1.5), random.integer(2 ** 31));
};

function layShape(canvas: Canvas, palette: readonly Triple[], largest: number, random: Random): void {
  const [x, y] = [between(random, 0, canvas.aspect), between(random, 0, 1)];
  const size = largest * between(random, 0.4, 1);
  const turn = random.uniform() < 0.5 ? 0 : Math.PI * random.uniform();
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const outline = drawOutline(random);
  const [body, line] = [choose(random, palette), choose(random, palette)];
  const edge = random.uniform() < 0.3 ? 0.006 : 0;
  const stripes = random.uniform() < 0.25 ? between(random, 0.01, 0.05) : 0;
  lay(canvas, x, y, 1.5 * size, 1.5 * size, (u, v, out) => {
    const along = cosine * (u - x) + sine * (v - y);
    const distance = size * outline(along / size, (cosine * (v - y) - sine * (u - x)) / size);
    const cover = coverAt(distance, canvas.px);
    if (cover === 0) return 0;
    put(out, body);
    const ink = Math.max(stripes > 0 ? coverAt(Math.abs(((along / stripes) % 1 + 1) % 1 - 0.5) * stripes - stripes / 4, canvas.px) : 0, edge > 0 ? coverAt(-distance - edge, canvas.px) : 0);
    for (let channel = 0; channel < 3; channel++) out[channel]! += ink * (line[channel]! - out[channel]!);
    return cover;
  });
}

function drawOutline(random: Random): Outline {
  const narrow = between(random, 0.15, 1);
  const sides = 3 + random.integer(4);
  const hole = between(random, 0.4, 0.8);
  const polygon: Outline = (x, y) => {
    let distance = -Infinity;
    for (let side = 0; side < sides; side++) {
      const angle = (2 * Math.PI * side) / sides;
      distance = Math.max(distance, x * Math.cos(angle) + y * Math.sin(angle) - 0.6);
    }
    return distance;
  };
  return choose<Outline>(random, [
    (x, y) => Math.sqrt(x * x + y * y) - 1,
    (x, y) => Math.max(Math.abs(x) - 1, Math.abs(y) - narrow),
    (x, y) => Math.max(Math.abs(x) - 1, Math.abs(y) - 0.12 * narrow),
    polygon,
    (x, y) => Math.abs(Math.sqrt(x * x + y * y) - (1 + hole) / 2) - (1 - hole) / 2,
    (x, y) => Math.max(Math.sqrt(x * x + y * y) - 1, -y),
  ]);
}
