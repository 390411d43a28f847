// Still lifes: fruit, vessels and books on a table before a wall, under one soft lamp.
import type { Extent } from '../../../contract/image.ts';
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { box, drawFruitColours, fruit, profiles, vessel } from './bodies.ts';
import { createCanvas, develop, put, type Canvas } from './canvas.ts';
import type { DrawPicture } from './draw-picture.ts';
import { createNoise, rise, type Noise } from './noise.ts';
import { between, choose, drawPalette, mix, scaled, tone } from './palette.ts';
import { shadeRoom, type Room, type Solid } from './solids.ts';

/** Three to eight things in soft light from one side, seen from slightly above. */
export const stillLife: DrawPicture = (size, random) => {
  const noise = createNoise(random);
  const palette = drawPalette(random, 6);
  const solids: Solid[] = [];
  const count = 3 + random.integer(5);
  for (let attempt = 0; solids.length < count && attempt < 40; attempt++) {
    const thing = drawThing(palette, noise, random);
    if (solids.every((other) => (other.x - thing.x) ** 2 + (other.z - thing.z) ** 2 > (0.75 * (widthOf(other) + widthOf(thing))) ** 2)) solids.push(thing);
  }
  const side = random.uniform() < 0.5 ? -1 : 1;
  return develop(roomCanvas(size, solids, { side, wood: tone(between(random, 0.35, 0.75), between(random, 0.02, 0.08), between(random, 0.08, 0.25)), wall: choose(random, palette), cloth: random.uniform() < 0.5 ? choose(random, palette) : undefined, noise }), between(random, 0.5, 2), random.integer(2 ** 31));
};

function widthOf(solid: Solid): number {
  return Math.min(solid.reach, Math.max(0.2, solid.y * 1.4));
}

function drawThing(palette: readonly Triple[], noise: Noise, random: Random): Solid {
  const [x, z] = [between(random, -0.95, 0.95), between(random, -0.35, 0.65)];
  const dice = random.uniform();
  if (dice < 0.55) return fruit({ x, z, radius: between(random, 0.13, 0.22), lean: 0.3 * random.normal(), noise, ...drawFruitColours(random) });
  if (dice < 0.9) {
    const { name, profile, widest, hollow } = choose(random, profiles);
    const tall = name === 'bowl' ? between(random, 0.18, 0.28) : between(random, 0.55, 1.1);
    return vessel({ x, z: z + 0.3, tall, profile, widest, hollow, glaze: choose(random, palette), band: random.uniform() < 0.4 ? choose(random, palette) : undefined, gloss: between(random, 0.2, 0.9), noise });
  }
  return box(x, z, [between(random, 0.15, 0.32), between(random, 0.03, 0.2), between(random, 0.12, 0.24)], Math.PI * random.uniform(), choose(random, palette), tone(0.88, 0.04, 0.24), noise);
}

export interface Setting {
  /** The lamp's side: −1 left, 1 right. */
  readonly side: number;
  readonly wood: Triple;
  readonly wall: Triple;
  /** A cloth over the right part of the table. */
  readonly cloth: Triple | undefined;
  readonly noise: Noise;
}

/** The view of solids on a wooden table before a wall. */
export function roomCanvas(size: Extent, solids: readonly Solid[], { side, wood, wall, cloth, noise }: Setting): Canvas {
  const canvas = createCanvas(size);
  const dark = scaled(wood, 0.45);
  const room: Room = {
    solids,
    eye: [0, 1.35, -3.3],
    aim: [0, 0.34, 0.1],
    field: 0.45,
    lamp: [side * 1.05, 1.15, -0.62],
    lampColour: [1.5, 1.36, 1.12],
    lampSize: 0.16,
    fromAbove: [0.3, 0.33, 0.4],
    fromBelow: mix(scaled(wood, 0.45), [0.14, 0.1, 0.07], 0.4),
    table: (x, z, out) => {
      const fold = cloth ? rise(-0.01, 0.01, x * 0.9 + 0.35 * z - 0.1 + 0.05 * noise.at(3 * z, 4)) : 0;
      if (cloth && fold > 0) {
        // folds are lit from the lamp's side
        const wrinkle = 2.2 * (noise.octaves(1.9 * x, 1.1 * z, 3, 0.5) - noise.octaves(1.9 * (x - 0.07 * side), 1.1 * z + 0.06, 3, 0.5));
        const weave = 1 + 0.08 * noise.octaves(70 * x, 70 * z, 2, 0.8);
        return put(out, cloth, weave * (0.88 + 0.5 * wrinkle));
      }
      const plank = noise.cell(Math.floor(z * 3.2), 5);
      const grain = noise.octaves(x * 1.4 + 20 * plank, z * 22, 4, 0.65);
      const joint = Math.abs(((z * 3.2) % 1 + 1) % 1 - 0.5) > 0.487 ? 0.45 : 1;
      put(out, mix(wood, dark, Math.max(0, Math.min(1, 0.35 + 0.9 * grain + 0.25 * (plank - 0.5)))), joint);
    },
    tableGloss: 0.22,
    tableEnd: 1.55,
    background: (x, y, out) => {
      const glow = Math.exp(-(((x - canvas.aspect * (0.5 - 0.18 * side)) / 0.75) ** 2) - ((y - 0.25) / 0.55) ** 2);
      const rough = 1 + 0.22 * noise.octaves(3.2 * x, 3.2 * y, 6, 0.68);
      put(out, wall, rough * (0.14 + 0.5 * glow));
    },
  };
  shadeRoom(canvas, room);
  return canvas;
}
