// Gradients: soft lights over soft lights, with a horizon or a few blurred discs, where nothing has an edge.
import { createCanvas, develop, disc, fill } from './canvas.ts';
import type { DrawPicture } from './draw-picture.ts';
import { createNoise } from './noise.ts';
import { between, choose, drawPalette, tone } from './palette.ts';

/** Smooth colour between a handful of lights; skies out of focus, studio backgrounds. */
export const gradients: DrawPicture = (size, random) => {
  const canvas = createCanvas(size);
  const noise = createNoise(random);
  const palette = drawPalette(random, 6);
  const lights = palette.map((colour) => ({ colour, x: between(random, -0.2, canvas.aspect + 0.2), y: between(random, -0.2, 1.2), sharp: between(random, 2, 9) }));
  const bend = between(random, 0, 0.25);
  fill(canvas, (x, y, out) => {
    const [u, v] = [x + bend * noise.at(1.5 * x, 1.5 * y), y + bend * noise.at(1.5 * x + 7, 1.5 * y)];
    let total = 0;
    out.fill(0);
    for (const { colour, x: cx, y: cy, sharp } of lights) {
      const weight = 1 / (0.02 + ((u - cx) ** 2 + (v - cy) ** 2) * sharp) ** 1.5;
      total += weight;
      for (let channel = 0; channel < 3; channel++) out[channel]! += weight * colour[channel]!;
    }
    for (let channel = 0; channel < 3; channel++) out[channel]! /= total;
  });
  const glow = tone(0.93, 0.05, random.uniform());
  for (let index = random.integer(14); index > 0; index--) {
    const radius = between(random, 0.02, 0.16);
    disc(canvas, between(random, 0, canvas.aspect), between(random, 0, 1), radius, random.uniform() < 0.5 ? glow : choose(random, palette), between(random, 0.1, 0.45), radius * between(random, 0.15, 1.5));
  }
  return develop(canvas, between(random, 0.8, 2.5), random.integer(2 ** 31));
};
