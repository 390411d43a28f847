// People far enough away to be a few strokes: standing or walking, with their shadows on the ground.
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { disc, lay, put, type Canvas } from './canvas.ts';
import { between, choose, mix, tone } from './palette.ts';
import { stroke } from './stroke.ts';

export interface Crowd {
  readonly count: number;
  readonly eye: number;
  readonly half: number;
  /** Vanishing point and field of the view they stand in. */
  readonly x: number;
  readonly y: number;
  readonly field: number;
  readonly shadowed: (x: number, z: number) => boolean;
  readonly sunlight: Triple;
  readonly skylight: Triple;
  readonly haze: Triple;
}

export function layPeople(canvas: Canvas, crowd: Crowd, random: Random): void {
  const places = Array.from({ length: crowd.count }, () => ({ x: between(random, -0.7, 0.7) * crowd.half, z: between(random, 11, 45) }));
  for (const { x, z } of places.toSorted((a, b) => b.z - a.z)) layPerson(canvas, crowd, x, z, random);
}

function layPerson(canvas: Canvas, crowd: Crowd, x: number, z: number, random: Random): void {
  const metre = 1 / (z * crowd.field);
  const [footX, footY] = [crowd.x + x * metre, crowd.y + crowd.eye * metre];
  const shadowed = crowd.shadowed(x, z);
  const veil = 1 - Math.exp(-((z / 130) ** 1.4));
  const light = (albedo: Triple, share: number): Triple => mix(albedo.map((value, channel) => value * (crowd.skylight[channel]! + (shadowed ? 0.05 : share) * crowd.sunlight[channel]!)) as unknown as Triple, crowd.haze, veil);
  const [coat, legs, hair] = [choose(random, [tone(0.5, 0.14, 0.08), tone(0.4, 0.08, 0.7), tone(0.8, 0.05, 0.25), tone(0.35, 0.04, 0.4), tone(0.7, 0.12, 0.26)]), tone(0.27, 0.03, 0.7), tone(0.25, 0.04, 0.12)];
  const tall = between(random, 1.55, 1.85) * metre;
  const step = between(random, 0.04, 0.14) * tall * (random.uniform() < 0.5 ? -1 : 1);
  const skirt = random.uniform() < 0.45;
  if (!shadowed) lay(canvas, footX + 0.45 * tall, footY, 0.6 * tall, 0.08 * tall, (u, v, out) => {
    const level = ((u - footX - 0.42 * tall) / (0.46 * tall)) ** 2 + ((v - footY + 0.06 * (u - footX)) / (0.035 * tall)) ** 2;
    put(out, [0.02, 0.02, 0.03]);
    return level < 1 ? 0.55 * Math.min(1, 3 * (1 - level)) : 0;
  });
  const limb = (x0: number, y0: number, x1: number, y1: number, h0: number, h1: number, colour: Triple): void =>
    stroke(canvas, [{ x: footX + x0, y: footY - y0 * tall, half: h0 * tall }, { x: footX + x1, y: footY - y1 * tall, half: h1 * tall }], colour);
  limb(0, 0.5, -step, 0.02, 0.05, 0.03, light(legs, 0.3));
  limb(0, 0.5, step, 0.02, 0.05, 0.03, light(legs, 0.6));
  if (skirt) limb(0, 0.55, 0, 0.25, 0.07, 0.13, light(coat, 0.55));
  limb(0.015 * tall, 0.76, 0.01 * tall, 0.5, 0.085, 0.075, light(coat, 0.3));
  limb(-0.02 * tall, 0.76, -0.02 * tall, 0.5, 0.075, 0.065, light(coat, 0.75));
  limb(-0.09 * tall, 0.76, -0.11 * tall - step * 0.4, 0.48, 0.03, 0.022, light(coat, 0.8));
  limb(0.09 * tall, 0.76, 0.11 * tall + step * 0.4, 0.48, 0.03, 0.022, light(coat, 0.25));
  disc(canvas, footX, footY - 0.9 * tall, 0.062 * tall, light(tone(0.72, 0.07, 0.14), 0.6));
  disc(canvas, footX + 0.012 * tall, footY - 0.925 * tall, 0.055 * tall, light(hair, 0.4));
}
