// Line drawings: things seen in outline and hatching, in ink, chalk or pencil on paper.
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { type Canvas, createCanvas, develop, fill, put } from './canvas.ts';
import type { DrawPicture } from './draw-picture.ts';
import { createNoise, type Noise } from './noise.ts';
import { between, choose, tone } from './palette.ts';
import { curve, stroke } from './stroke.ts';

interface Pen {
  readonly ink: Triple;
  /** Half the width of a line, in canvas units. */
  readonly half: number;
  readonly opacity: number;
  readonly dry: (x: number, y: number) => number;
  readonly random: Random;
}

type Place = readonly [number, number];

/** Three to eight outlines with hatched shade on toned paper. */
export const lineDrawing: DrawPicture = (size, random) => {
  const canvas = createCanvas(size);
  const noise = createNoise(random);
  layPaper(canvas, noise, random);
  const chalk = random.uniform() < 0.4;
  const pen: Pen = {
    ink: choose(random, [tone(0.16, 0.02, 0.7), tone(0.42, 0.12, 0.09), tone(0.25, 0.04, 0.13), tone(0.3, 0.09, 0.72)]),
    half: between(random, 0.0012, 0.0035) * (chalk ? 1.7 : 1),
    opacity: chalk ? 0.75 : 0.95,
    dry: (x, y) => (chalk ? Math.max(0, Math.min(1, 0.75 + 1.6 * noise.octaves(170 * x, 170 * y, 2, 0.8))) : 1),
    random,
  };
  const things = 3 + random.integer(6);
  if (random.uniform() < 0.6) line(canvas, pen, [[0, 0.7], [canvas.aspect / 2, between(random, 0.66, 0.74)], [canvas.aspect, 0.7]], 1);
  for (let index = 0; index < things; index++) {
    const radius = between(random, 0.08, 0.26);
    const [x, y] = [canvas.aspect * ((index + between(random, 0.2, 0.8)) / things), between(random, 0.3, 0.75)];
    choose(random, [sketchRound, sketchBox, sketchPlant, sketchHills])(canvas, pen, x, y, radius);
  }
  return develop(canvas, between(random, 0.5, 2), random.integer(2 ** 31));
};

function layPaper(canvas: Canvas, noise: Noise, random: Random): void {
  const paper = random.uniform() < 0.2 ? tone(0.72, 0.04, random.uniform()) : tone(between(random, 0.86, 0.96), between(random, 0.005, 0.05), between(random, 0.15, 0.3));
  const rough = between(random, 0.02, 0.1);
  fill(canvas, (x, y, out) => {
    const fall = 1 - 0.12 * ((x / canvas.aspect - 0.5) ** 2 + (y - 0.5) ** 2) * 2;
    put(out, paper, fall * (1 + rough * noise.octaves(90 * x, 90 * y, 3, 0.9) + 0.05 * noise.at(2 * x, 2 * y)));
  });
}

function line(canvas: Canvas, pen: Pen, places: readonly Place[], weight: number): void {
  const shaken = places.map(([x, y]): Place => [x + 0.004 * pen.random.normal(), y + 0.004 * pen.random.normal()]);
  const press = between(pen.random, 0.2, 0.5);
  stroke(canvas, curve(shaken, (share) => pen.half * weight * (1 - press + 2 * press * Math.sin(Math.PI * share))), pen.ink, pen.opacity, pen.dry);
}

/** Parallel lines where `inside` says, denser towards the shaded side; `shade` in [0,1] by place. */
function hatch(canvas: Canvas, pen: Pen, x: number, y: number, radius: number, turn: number, shadeAt: (x: number, y: number) => number): void {
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const gap = pen.half * 4.5;
  for (let across = -radius; across < radius; across += gap) {
    const need = pen.random.uniform();
    let run: Place[] = [];
    const finish = (): void => {
      if (run.length > 2) line(canvas, pen, [run[0]!, run[run.length >> 1]!, run[run.length - 1]!], 0.7);
      run = [];
    };
    for (let along = -radius; along < radius; along += 0.012) {
      const place: Place = [x + cosine * along - sine * across, y + sine * along + cosine * across];
      if (shadeAt(place[0], place[1]) > 0.15 + 0.7 * need) run.push(place);
      else finish();
    }
    finish();
  }
}

function sketchRound(canvas: Canvas, pen: Pen, x: number, y: number, radius: number): void {
  const tall = between(pen.random, 0.7, 1.3);
  for (let pass = 0; pass < 2; pass++) {
    const start = 2 * Math.PI * pen.random.uniform();
    line(canvas, pen, Array.from({ length: 11 }, (_, index): Place => [x + radius * Math.cos(start + index * 0.66), y + radius * tall * Math.sin(start + index * 0.66)]), 1);
  }
  const shadeAt = (u: number, v: number): number => {
    const [dx, dy] = [(u - x) / radius, (v - y) / (radius * tall)];
    return dx * dx + dy * dy > 0.95 ? 0 : 0.3 + 0.9 * (0.6 * dx + 0.75 * dy);
  };
  hatch(canvas, pen, x, y, 1.3 * radius, 2.2, shadeAt);
  if (pen.random.uniform() < 0.5) hatch(canvas, pen, x, y, 1.3 * radius, 1.1, (u, v) => shadeAt(u, v) - 0.45);
  hatch(canvas, pen, x + 0.4 * radius, y + radius * tall, 1.2 * radius, 0.1, (u, v) => (((u - x - 0.4 * radius) / 1.1) ** 2 + ((v - y - radius * tall) * 5) ** 2 < radius * radius ? 0.7 : 0));
}

function sketchBox(canvas: Canvas, pen: Pen, x: number, y: number, radius: number): void {
  const [wide, high] = [radius * between(pen.random, 0.6, 1.1), radius * between(pen.random, 0.6, 1.5)];
  const [deepX, deepY] = [radius * 0.5, -radius * 0.35];
  const front: Place[] = [[x - wide, y - high], [x + wide, y - high], [x + wide, y + high], [x - wide, y + high]];
  const moved = ([u, v]: Place): Place => [u + deepX, v + deepY];
  for (let side = 0; side < 4; side++) line(canvas, pen, [front[side]!, front[(side + 1) % 4]!], 1);
  for (const corner of [0, 1, 2]) line(canvas, pen, [front[corner]!, moved(front[corner]!)], 1);
  line(canvas, pen, [moved(front[0]!), moved(front[1]!)], 1);
  line(canvas, pen, [moved(front[1]!), moved(front[2]!)], 1);
  const rightSide = (u: number, v: number): number => {
    const share = (u - x - wide) / deepX;
    const lower = v - share * deepY - y;
    return share > 0.03 && share < 0.97 && Math.abs(lower) < high * 0.97 ? 0.85 : 0;
  };
  hatch(canvas, pen, x + wide, y, 2 * radius, 1.2, rightSide);
  for (let row = 0; row < 3; row++) {
    for (let column = -1; column < 2; column++) {
      const [u, v] = [x + column * wide * 0.55, y + (row - 1) * high * 0.55];
      if (pen.random.uniform() < 0.6) hatch(canvas, pen, u, v, 0.16 * wide, 1.57, () => 1);
    }
  }
}

function sketchPlant(canvas: Canvas, pen: Pen, x: number, y: number, radius: number): void {
  const stems = 3 + pen.random.integer(5);
  for (let index = 0; index < stems; index++) {
    const lean = between(pen.random, -0.9, 0.9);
    const tip: Place = [x + lean * radius, y - radius * between(pen.random, 0.7, 1.6)];
    const middle: Place = [x + lean * radius * 0.3, (y + radius + tip[1]) / 2];
    line(canvas, pen, [[x, y + radius], middle, tip], 1.2);
    for (let leaf = 0; leaf < 5; leaf++) {
      const share = 0.35 + 0.13 * leaf;
      const [u, v] = [x + (tip[0] - x) * share * share, y + radius + (tip[1] - y - radius) * share];
      const side = leaf % 2 ? 1 : -1;
      const long = radius * 0.35 * (1.2 - share);
      for (const bow of [0.5, 1.2]) line(canvas, pen, [[u, v], [u + side * long * 0.5, v - long * 0.4 * bow], [u + side * long, v - long * 0.3]], 0.8);
    }
  }
}

function sketchHills(canvas: Canvas, pen: Pen, x: number, y: number, radius: number): void {
  for (let ridge = 0; ridge < 3; ridge++) {
    const base = y + 0.3 * ridge * radius;
    const crest = Array.from({ length: 9 }, (_, index): Place => [x + radius * 1.6 * (index / 4 - 1), base - radius * 0.4 * pen.random.uniform() * Math.sin((Math.PI * index) / 8)]);
    line(canvas, pen, crest, 1);
    for (const [u, v] of crest) line(canvas, pen, [[u, v], [u + 0.1 * radius, v + 0.16 * radius], [u + 0.14 * radius, v + 0.3 * radius]], 0.7);
  }
}
