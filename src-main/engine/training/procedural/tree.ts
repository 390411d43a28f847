// A tree: branches that divide, and leaves in clumps lit from the sun's side.
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { coverAt, lay, put, type Canvas } from './canvas.ts';
import { between, mix } from './palette.ts';
import { curve, stroke } from './stroke.ts';

export interface Tree {
  /** Its foot, in canvas units. */
  readonly x: number;
  readonly y: number;
  readonly tall: number;
  readonly lean: number;
  readonly bark: Triple;
  readonly leafDark: Triple;
  readonly leafLit: Triple;
  readonly sunX: number;
}

interface Clump {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

const depth = 5;

/** Branches first, then leaves from the back to the front of every clump. */
export function layTree(canvas: Canvas, tree: Tree, random: Random): void {
  const clumps: Clump[] = [];
  branch(canvas, tree, tree.x, tree.y, -Math.PI / 2 + tree.lean, tree.tall * 0.34, tree.tall * 0.022, 0, clumps, random);
  const leaf = 0.003 + 0.0055 * tree.tall;
  for (const clump of clumps) layClump(canvas, tree, clump, leaf, random);
}

function branch(canvas: Canvas, tree: Tree, x: number, y: number, turn: number, long: number, half: number, level: number, clumps: Clump[], random: Random): void {
  const bend = (level === 0 ? 0.06 : 0.22) * random.normal();
  const [endX, endY] = [x + long * Math.cos(turn + bend), y + long * Math.sin(turn + bend)];
  const places = [[x, y], [(x + endX) / 2 + 0.08 * long * random.normal(), (y + endY) / 2], [endX, endY]] as const;
  const knots = curve(places, (share) => half * (1 - 0.4 * share), 5);
  stroke(canvas, knots, tree.bark);
  // a strip of light on the side of the sun
  const side = tree.sunX > x ? 0.45 : -0.45;
  stroke(canvas, knots.map((knot) => ({ x: knot.x + side * knot.half, y: knot.y, half: 0.4 * knot.half })), mix(tree.bark, tree.leafLit, 0.22), 0.45);
  if (level >= 2) clumps.push({ x: endX, y: endY, radius: tree.tall * between(random, 0.06, 0.1) });
  if (level === depth) return;
  const arms = 2 + (random.uniform() < 0.4 ? 1 : 0);
  for (let arm = 0; arm < arms; arm++) {
    const spread = (arm - (arms - 1) / 2) * between(random, 0.6, 1) + 0.12 * random.normal();
    // branches seek the light: they bend up again
    const next = turn + bend + spread;
    branch(canvas, tree, endX, endY, next + 0.12 * (-Math.PI / 2 - next), long * between(random, 0.62, 0.82), half * 0.6, level + 1, clumps, random);
  }
}

function layClump(canvas: Canvas, tree: Tree, clump: Clump, leaf: number, random: Random): void {
  const sunSide = tree.sunX > clump.x ? 1 : -1;
  const leaves = 60;
  for (let index = 0; index < leaves; index++) {
    const [dx, dy] = [random.normal() * 0.55, random.normal() * 0.45];
    const [x, y] = [clump.x + dx * clump.radius, clump.y + dy * clump.radius];
    const light = Math.max(0, Math.min(1, 0.22 + 0.3 * (dx * sunSide - dy) + 0.2 * random.normal() + (0.3 * (tree.y - y)) / tree.tall - 0.15));
    const colour = mix(tree.leafDark, tree.leafLit, light * 0.9);
    const [turn, long] = [Math.PI * random.uniform(), leaf * between(random, 0.4, 0.9)];
    const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
    lay(canvas, x, y, long, long, (u, v, out) => {
      const along = (cosine * (u - x) + sine * (v - y)) / long;
      const across = (cosine * (v - y) - sine * (u - x)) / (0.45 * long);
      // two arcs that meet in points
      const level = Math.max(Math.abs(across) + along * along, 0);
      if (level > 1.4) return 0;
      put(out, colour);
      return coverAt((level - 1) * 0.45 * long, canvas.px);
    });
  }
}
