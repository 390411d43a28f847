// Gardens: flowers before flowers, sharp in front, dissolving into light behind.
import type { Extent } from '../../../contract/image.ts';
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { createCanvas, develop, disc, fill, type Canvas } from './canvas.ts';
import type { DrawPicture } from './draw-picture.ts';
import { layFlower, type FlowerKind } from './flower.ts';
import { createNoise, rise } from './noise.ts';
import { between, choose, mix, tone } from './palette.ts';
import { curve, stroke } from './stroke.ts';

export interface GardenPlan {
  readonly flowers: number;
  readonly kinds: readonly FlowerKind[];
  /** Lightness and hue of the air behind. */
  readonly air: Triple;
  readonly shade: Triple;
  readonly leaf: Triple;
}

const petals: readonly (() => FlowerKind)[] = [
  () => ({ count: 5, round: 2.2, colour: tone(0.6, 0.21, 0.07), edge: tone(0.68, 0.2, 0.1), heart: tone(0.2, 0.03, 0.85), heartSize: 0.2, crinkle: 0.09 }),
  () => ({ count: 15, round: 1.4, colour: tone(0.96, 0.01, 0.25), edge: tone(0.9, 0.02, 0.7), heart: tone(0.8, 0.16, 0.25), heartSize: 0.27, crinkle: 0.03 }),
  () => ({ count: 12, round: 1.6, colour: tone(0.56, 0.15, 0.76), edge: tone(0.68, 0.12, 0.8), heart: tone(0.7, 0.14, 0.24), heartSize: 0.2, crinkle: 0.05 }),
  () => ({ count: 7, round: 2, colour: tone(0.78, 0.13, 0.99), edge: tone(0.9, 0.06, 0.0), heart: tone(0.75, 0.15, 0.26), heartSize: 0.18, crinkle: 0.06 }),
  () => ({ count: 18, round: 1.5, colour: tone(0.82, 0.17, 0.25), edge: tone(0.74, 0.18, 0.17), heart: tone(0.32, 0.06, 0.12), heartSize: 0.36, crinkle: 0.04 }),
];

/** A bed of a few kinds of flowers with stems and grass, light coming through from behind. */
export const garden: DrawPicture = (size, random) => {
  const plan: GardenPlan = {
    flowers: 14 + random.integer(30),
    kinds: Array.from({ length: 1 + random.integer(3) }, () => choose(random, petals)()),
    air: tone(between(random, 0.75, 0.93), between(random, 0.04, 0.12), between(random, 0.22, 0.42)),
    shade: tone(between(random, 0.25, 0.4), 0.06, between(random, 0.38, 0.5)),
    leaf: tone(between(random, 0.5, 0.62), 0.12, between(random, 0.32, 0.38)),
  };
  return develop(gardenCanvas(size, plan, random), between(random, 0.5, 2), random.integer(2 ** 31));
};

export function gardenCanvas(size: Extent, plan: GardenPlan, random: Random): Canvas {
  const canvas = createCanvas(size);
  const noise = createNoise(random);
  const light = { x: canvas.aspect * between(random, 0.2, 0.8), y: between(random, -0.1, 0.15) };
  fill(canvas, (x, y, out) => {
    const away = Math.sqrt((x - light.x) ** 2 + (y - light.y) ** 2);
    const share = Math.max(0, Math.min(1, 1.15 * Math.exp(-1.6 * away) + 0.55 * noise.octaves(2.6 * x, 2.6 * y, 3, 0.55) - 0.25 * rise(0.35, 1, y) + 0.1));
    for (let channel = 0; channel < 3; channel++) out[channel] = plan.shade[channel]! + share * (plan.air[channel]! - plan.shade[channel]!);
  });
  for (let index = 0; index < 110; index++) {
    const [x, y] = [between(random, 0, canvas.aspect), between(random, -0.05, 0.95)];
    const radius = 0.012 + 0.07 * random.uniform() ** 1.6;
    const kind = choose(random, plan.kinds);
    const glow = Math.exp(-2.2 * Math.sqrt((x - light.x) ** 2 + (y - light.y) ** 2));
    const colour = random.uniform() < 0.3 && y > 0.25 ? mix(kind.colour, plan.air, 0.25) : mix(plan.leaf, plan.air, Math.min(1, 0.15 + glow));
    disc(canvas, x, y, radius, colour, between(random, 0.12, 0.5), 0.3 * radius);
  }
  const order = Array.from({ length: plan.flowers }, (_, index) => index / Math.max(1, plan.flowers - 1));
  for (const near of order) {
    layGrass(canvas, plan, near, random);
    layStemmed(canvas, plan, near, light.x, random);
  }
  return canvas;
}

/** 0 is far and blurred, 1 near and sharp. */
function layStemmed(canvas: Canvas, plan: GardenPlan, near: number, lightX: number, random: Random): void {
  const radius = 0.025 + 0.105 * near ** 1.6 * between(random, 0.75, 1.2);
  const x = between(random, 0.03, 0.97) * canvas.aspect;
  const y = 0.5 + 0.32 * near * between(random, -0.75, 1) - 0.1 * random.uniform();
  const lean = 0.1 * random.normal();
  const soft = 0.03 * (1 - near) ** 1.5 + 1e-4;
  const veil = 0.5 * (1 - near) ** 1.4;
  const stem = mix(mix(plan.leaf, plan.shade, 0.35), plan.air, veil);
  stroke(canvas, curve([[x, y], [x + lean * 0.3, y + 0.3], [x + lean, 1.08]], () => 0.035 * radius + 0.0016, 8), stem, 1 - 0.6 * veil);
  for (let leaf = 0; leaf < 2; leaf++) {
    const foot = y + between(random, 0.16, 0.4);
    const side = random.uniform() < 0.5 ? -1 : 1;
    const long = radius * between(random, 1, 2);
    const bow = ([[x + lean * 0.4, foot], [x + side * long * 0.5, foot - long * 0.55], [x + side * long, foot - long * 0.35]] as const);
    const green = mix(stem, plan.leaf, 0.3 + 0.4 * random.uniform());
    const opacity = 1 - 0.6 * veil;
    const half = (share: number): number => 0.16 * radius * Math.sin(Math.PI * share) + 0.001;
    stroke(canvas, curve(bow, half, 8), mix(green, plan.shade, 0.45 * (1 - veil)), opacity);
    const upper = bow.map(([u, v]) => [u, v - 0.05 * radius] as const);
    stroke(canvas, curve(upper, (share) => 0.62 * half(share), 8), mix(green, plan.air, 0.12), opacity);
    stroke(canvas, curve(bow, () => 0.008 * radius, 8), mix(green, plan.air, 0.4), 0.6 * opacity);
  }
  const flower = { x, y, radius, turn: 2 * Math.PI * random.uniform(), tilt: between(random, 0.5, 0.95), roll: 0.5 * random.normal(), soft, veil, air: plan.air, lightX };
  layFlower(canvas, choose(random, plan.kinds), flower, random);
}

function layGrass(canvas: Canvas, plan: GardenPlan, near: number, random: Random): void {
  const veil = 0.55 * (1 - near) ** 1.3;
  for (let blade = 0; blade < 9; blade++) {
    const x = between(random, -0.05, 1.05) * canvas.aspect;
    const tall = between(random, 0.15, 0.5) * (0.5 + 0.5 * near);
    const lean = 0.3 * tall * random.normal();
    const colour = mix(mix(plan.shade, plan.leaf, random.uniform() ** 0.7 * (1.1 - 0.4 * near)), plan.air, veil);
    const half = (0.0025 + 0.006 * near) * between(random, 0.5, 1.2);
    stroke(canvas, curve([[x, 1.05], [x + 0.25 * lean, 1 - 0.6 * tall], [x + lean, 1 - tall]], (share) => half * (1 - share) + 0.0003, 6), colour, 1 - 0.5 * veil);
  }
}
