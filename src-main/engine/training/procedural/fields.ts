// Coloured fields with the spectrum of nature: marble, cloud, rock, rust, by how quickly the octaves fall.
import { oklabToLinear } from '../../image/color.ts';
import { createCanvas, develop, fill } from './canvas.ts';
import type { DrawPicture } from './draw-picture.ts';
import { createNoise } from './noise.ts';
import { between } from './palette.ts';

/** Noise in octaves of nearly equal strength (power 1/f² and steeper), lightness and two colour axes, sometimes warped by itself. */
export const fields: DrawPicture = (size, random) => {
  const canvas = createCanvas(size);
  const [light, first, second] = [createNoise(random), createNoise(random), createNoise(random)];
  const gain = between(random, 0.6, 0.95);
  const scale = between(random, 1, 5);
  const stretch = Math.exp(0.5 * random.normal());
  const warp = random.uniform() < 0.5 ? between(random, 0.2, 1.2) : 0;
  const [turn, chroma] = [2 * Math.PI * random.uniform(), between(random, 0.03, 0.12)];
  const [level, contrast] = [between(random, 0.45, 0.65), between(random, 0.3, 0.55)];
  const [a, b] = [0.06 * random.normal(), 0.06 * random.normal()];
  fill(canvas, (x, y, out) => {
    let [u, v] = [x * scale, y * scale * stretch];
    if (warp > 0) [u, v] = [u + warp * first.at(u, v), v + warp * second.at(u + 3, v)];
    const l = level + contrast * 1.6 * light.octaves(u, v, 8, gain);
    const one = 1.5 * chroma * first.octaves(u * 0.6 + 9, v * 0.6, 6, gain);
    const other = 0.7 * chroma * second.octaves(u * 0.6 - 9, v * 0.6, 6, gain);
    const colour = oklabToLinear(Math.max(0.02, Math.min(1, l)), a + Math.cos(turn) * one - Math.sin(turn) * other, b + Math.sin(turn) * one + Math.cos(turn) * other);
    for (let channel = 0; channel < 3; channel++) out[channel] = Math.max(0, colour[channel]!);
  });
  return develop(canvas, between(random, 0.5, 2), random.integer(2 ** 31));
};
