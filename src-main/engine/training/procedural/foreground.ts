// What stands nearest: a bank with grass or reeds, and a tree that frames the view.
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { coverAt, lay, put, type Canvas } from './canvas.ts';
import { createNoise } from './noise.ts';
import { between, mix } from './palette.ts';
import { curve, stroke } from './stroke.ts';
import { layTree } from './tree.ts';

export interface Bank {
  readonly dark: Triple;
  readonly lit: Triple;
  readonly leaf: Triple;
  /** −1 at the left, 1 at the right, 0 none. */
  readonly tree: number;
  readonly water: boolean;
  readonly sunX: number;
}

export function drawBank(canvas: Canvas, bank: Bank, random: Random): void {
  const { aspect, px } = canvas;
  const noise = createNoise(random);
  const corner = bank.tree === 0 ? (random.uniform() < 0.5 ? -1 : 1) : bank.tree;
  const [edge, high] = [corner < 0 ? 0 : aspect, between(random, 0.07, 0.13)];
  const reach = aspect * between(random, 0.45, 0.75);
  const crest = (x: number): number => 1 - high * Math.max(0, 1 - (Math.abs(x - edge) / reach) ** 1.6) + 0.012 * noise.octaves(5 * x, 1, 4);
  lay(canvas, aspect / 2, 1 - 0.1, aspect / 2, 0.12, (x, y, out) => {
    const below = y - crest(x);
    if (below < -px) return 0;
    const light = Math.max(0, 0.3 * Math.exp(-18 * below) + 0.22 * noise.octaves(30 * x, 60 * y, 4, 0.7));
    put(out, mix(bank.dark, bank.lit, Math.min(1, light)));
    return coverAt(-below, px);
  });
  if (bank.tree !== 0) {
    const x = edge - corner * between(random, 0.12, 0.24);
    layTree(canvas, { x, y: crest(x) + 0.03, tall: between(random, 0.55, 0.85), lean: -corner * 0.12, bark: bank.dark, leafDark: mix(bank.dark, bank.leaf, 0.15), leafLit: bank.leaf, sunX: bank.sunX }, random);
  }
  const blades = 260;
  for (let index = 0; index < blades; index++) {
    const x = edge - corner * reach * random.uniform() ** 1.3;
    const tall = (bank.water ? 0.09 : 0.06) * between(random, 0.3, 1) * (1 - 0.5 * (Math.abs(x - edge) / reach));
    const y = Math.min(1.02, crest(x) + 0.05 * random.uniform());
    const lean = 0.35 * tall * random.normal();
    const colour = mix(bank.dark, bank.leaf, 0.6 * random.uniform() ** 2);
    stroke(canvas, curve([[x, y], [x + 0.3 * lean, y - 0.6 * tall], [x + lean, y - tall]], (share) => 0.0022 * (1 - share) + 0.0003, 4), colour, 0.95);
  }
}
