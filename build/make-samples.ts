// Makes the sample pictures of resources/samples: npx tsx build/make-samples.ts [--only NAME] [--size 1280] [--finer 2] [--out FOLDER].
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Extent } from '../src-main/contract/image.ts';
import { encodePixels } from '../src-main/engine/image/codec.ts';
import { createRandom } from '../src-main/engine/tensor/random.ts';
import { box, fruit, profiles, vessel, type Vessel } from '../src-main/engine/training/procedural/bodies.ts';
import { createCanvas, develop, type Canvas } from '../src-main/engine/training/procedural/canvas.ts';
import { figureCanvas } from '../src-main/engine/training/procedural/figure.ts';
import { gardenCanvas } from '../src-main/engine/training/procedural/garden.ts';
import { landscapeCanvas } from '../src-main/engine/training/procedural/landscape.ts';
import { createNoise } from '../src-main/engine/training/procedural/noise.ts';
import { tone } from '../src-main/engine/training/procedural/palette.ts';
import { roomCanvas } from '../src-main/engine/training/procedural/still-life.ts';
import { streetCanvas } from '../src-main/engine/training/procedural/street.ts';

const { values } = parseArgs({
  options: { finer: { type: 'string', default: '2' }, only: { type: 'string', default: '' }, size: { type: 'string', default: '1280' }, out: { type: 'string', default: 'resources/samples' } },
});

/** Each picture is drawn this many times larger and reduced in linear light. */
const finer = Number(values.finer);

interface Sample {
  readonly name: string;
  /** Width over height. */
  readonly aspect: number;
  readonly grain: number;
  readonly draw: (size: Extent) => Canvas;
}

const samples: readonly Sample[] = [
  { name: 'evening-lake', aspect: 4 / 3, grain: 1, draw: drawLake },
  { name: 'still-life', aspect: 4 / 3, grain: 1, draw: drawTable },
  { name: 'portrait', aspect: 4 / 5, grain: 1, draw: drawPortrait },
  { name: 'old-street', aspect: 4 / 3, grain: 1, draw: drawStreet },
  { name: 'garden', aspect: 4 / 3, grain: 1, draw: drawGarden },
];

function drawLake(size: Extent): Canvas {
  const plan = { hour: 'evening', horizonY: 0.55, water: true, boat: true, boatAt: { x: 0.6, size: 0.085 }, ridges: 5, tall: 0.2, rugged: 0.75, wooded: 0.9, tree: 1, grain: 1, sky: { sunX: 0.36, sunY: 0.37, clouds: 0.52, cloudScale: 1 } } as const;
  return landscapeCanvas(size, plan, createRandom(24))[0];
}

function drawTable(size: Extent): Canvas {
  const noise = createNoise(createRandom(8));
  const turned = (name: string, place: Omit<Vessel, 'profile' | 'widest' | 'hollow' | 'noise'>) => vessel({ ...place, ...profiles.find((shape) => shape.name === name)!, noise });
  const [green, red] = [tone(0.76, 0.16, 0.31), tone(0.5, 0.19, 0.08)];
  const apple = { colour: tone(0.74, 0.15, 0.28), blush: red, tall: 0.92, noise };
  const orange = { colour: tone(0.72, 0.17, 0.16), blush: tone(0.66, 0.18, 0.14), tall: 0.97, noise, stalk: false };
  const plum = { colour: tone(0.32, 0.1, 0.93), blush: tone(0.4, 0.11, 0.0), tall: 0.96, noise, stalk: false, lean: 0 };
  const solids = [
    turned('jug', { x: -0.42, z: 0.42, tall: 0.86, glaze: tone(0.9, 0.025, 0.24), band: tone(0.42, 0.12, 0.73), gloss: 0.7 }),
    turned('bottle', { x: 0.1, z: 0.72, tall: 1.06, glaze: tone(0.3, 0.07, 0.42), gloss: 0.9 }),
    turned('bowl', { x: 0.62, z: 0.3, tall: 0.26, glaze: tone(0.56, 0.1, 0.15), gloss: 0.6 }),
    fruit({ ...orange, x: 0.55, z: 0.24, radius: 0.14, lean: 0.2, lift: 0.13 }),
    fruit({ ...apple, x: 0.71, z: 0.22, radius: 0.13, lean: -0.2, lift: 0.15 }),
    fruit({ ...apple, colour: green, blush: tone(0.8, 0.15, 0.29), x: 0.63, z: 0.42, radius: 0.13, lean: 0.1, lift: 0.17 }),
    fruit({ ...apple, x: -0.1, z: -0.12, radius: 0.17, lean: 0.25 }),
    fruit({ ...orange, x: 0.27, z: 0.02, radius: 0.165, lean: 0 }),
    fruit({ colour: tone(0.87, 0.16, 0.29), blush: tone(0.82, 0.15, 0.27), tall: 0.74, noise, stalk: false, x: -0.55, z: -0.2, radius: 0.16, lean: 0.5 }),
    fruit({ ...plum, x: 0.14, z: -0.36, radius: 0.105 }),
    fruit({ ...plum, x: 0.4, z: -0.34, radius: 0.1 }),
    box(-0.98, 0.3, [0.26, 0.055, 0.19], 0.35, tone(0.4, 0.11, 0.06), tone(0.88, 0.04, 0.24), noise),
  ];
  return roomCanvas(size, solids, { side: -1, wood: tone(0.5, 0.07, 0.15), wall: tone(0.5, 0.045, 0.5), cloth: tone(0.86, 0.025, 0.23), noise });
}

function drawPortrait(size: Extent): Canvas {
  const noise = createNoise(createRandom(14));
  const sitter = { skin: tone(0.82, 0.06, 0.14), hair: tone(0.3, 0.065, 0.11), dress: tone(0.36, 0.1, 0.72), iris: tone(0.42, 0.06, 0.3), turn: -0.4, tilt: 0.06, long: 0.8, jaw: 0.94, noise };
  return figureCanvas(size, sitter, { side: -1, wall: tone(0.55, 0.06, 0.42), away: 0.47, offset: 0.0, noise });
}

function drawStreet(size: Extent): Canvas {
  const plan = { eye: 2.3, half: 6.2, x: 0.56, y: 0.62, hour: 'day', length: 85, people: 12, field: 1.25, clouds: 0.5 } as const;
  return streetCanvas(size, plan, createRandom(22));
}

function drawGarden(size: Extent): Canvas {
  const kinds = [
    { count: 5, round: 2.2, colour: tone(0.58, 0.22, 0.075), edge: tone(0.68, 0.2, 0.1), heart: tone(0.2, 0.03, 0.85), heartSize: 0.2, crinkle: 0.1 },
    { count: 15, round: 1.4, colour: tone(0.96, 0.01, 0.25), edge: tone(0.9, 0.02, 0.7), heart: tone(0.8, 0.16, 0.25), heartSize: 0.27, crinkle: 0.03 },
    { count: 12, round: 1.6, colour: tone(0.52, 0.16, 0.76), edge: tone(0.66, 0.13, 0.79), heart: tone(0.7, 0.14, 0.24), heartSize: 0.2, crinkle: 0.05 },
  ];
  return gardenCanvas(size, { flowers: 64, kinds, air: tone(0.92, 0.09, 0.29), shade: tone(0.33, 0.06, 0.43), leaf: tone(0.55, 0.12, 0.35) }, createRandom(3));
}

function reduced({ width, height, light }: Canvas): Canvas {
  const small = createCanvas({ width: width / finer, height: height / finer });
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [from, to] = [3 * (row * width + column), 3 * (Math.floor(row / finer) * small.width + Math.floor(column / finer))];
      for (let channel = 0; channel < 3; channel++) small.light[to + channel]! += light[from + channel]! / finer ** 2;
    }
  }
  return small;
}

async function main(): Promise<void> {
  await mkdir(values.out, { recursive: true });
  for (const { name, aspect, grain, draw } of samples.filter((sample) => sample.name.includes(values.only))) {
    const long = Number(values.size);
    const [width, height] = aspect > 1 ? [long, Math.round(long / aspect)] : [Math.round(long * aspect), long];
    const canvas = reduced(draw({ width: width * finer, height: height * finer }));
    await encodePixels(develop(canvas, grain, 1), join(values.out, `${name}.jpg`), { quality: 87 });
    process.stdout.write(`${name} ${width} × ${height}\n`);
  }
}

await main();
