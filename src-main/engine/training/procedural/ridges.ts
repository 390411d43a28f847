// Hills behind hills: crests from noise, wooded where near, each paler than the one before it.
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { createNoise, rise, type Noise } from './noise.ts';
import { between, mix } from './palette.ts';

export interface Ridge {
  /** y of the crest at an x of the canvas. */
  readonly crest: (x: number) => number;
  readonly colour: Triple;
  readonly lit: Triple;
  readonly haze: Triple;
  /** 0 at the horizon, 1 nearest. */
  readonly near: number;
  readonly relief: Noise;
  readonly reliefScale: number;
}

export interface RidgePlan {
  readonly count: number;
  readonly aspect: number;
  readonly horizonY: number;
  /** Height of the farthest crests over the horizon. */
  readonly tall: number;
  readonly rugged: number;
  readonly wooded: number;
  readonly ground: Triple;
  readonly groundLit: Triple;
  readonly haze: Triple;
}

/** Crests are looked up between this many places across the canvas. */
const places = 3000;

/** From the farthest to the nearest. */
export function drawRidges(plan: RidgePlan, random: Random): Ridge[] {
  return Array.from({ length: plan.count }, (_, index) => {
    const near = plan.count === 1 ? 1 : index / (plan.count - 1);
    const veil = 0.82 * (1 - near) ** 0.8;
    return {
      crest: drawCrest(plan, near, random),
      colour: mix(plan.ground, plan.haze, veil),
      lit: mix(plan.groundLit, plan.haze, veil * 0.85),
      haze: plan.haze,
      near,
      relief: createNoise(random),
      reliefScale: 5 + 17 * near,
    };
  });
}

function drawCrest({ aspect, horizonY, tall, rugged, wooded }: RidgePlan, near: number, random: Random): (x: number) => number {
  const noise = createNoise(random);
  const wide = (1.3 + 1.6 * near) * (0.6 + rugged);
  const swing = tall * (1 - 0.72 * near);
  const base = horizonY - 0.012 - tall * 0.35 * (1 - near);
  const trees = near > 0.45 ? wooded * 0.05 * near : 0;
  const lean = between(random, -0.25, 0.25) * swing;
  const heights = new Float32Array(places + 1).fill(NaN); // worked out where it is asked for
  const heightAt = (index: number): number => {
    const known = heights[index]!;
    if (known === known) return known;
    const x = (index / places) * aspect;
    const rocky = rugged > 0.5 ? noise.ridged(x * wide, 3.3, 6) * 2 - 1.15 : noise.octaves(x * wide, 3.3, 5, 0.42);
    const line = base - swing * (0.45 + rocky) + lean * (x / aspect - 0.5);
    return (heights[index] = line - (trees > 0 ? trees * woods(x, near, noise) : 0));
  };
  return (x) => {
    const at = Math.max(0, Math.min(places - 1e-3, (x / aspect) * places));
    const index = Math.floor(at);
    const left = heightAt(index);
    return left + (at - index) * (heightAt(index + 1) - left);
  };
}

/** Tops of conifers and round trees along a crest, 0..1. */
function woods(x: number, near: number, noise: Noise): number {
  const wide = 0.012 + 0.02 * near;
  const stand = rise(-0.25, 0.25, noise.octaves(3 * x, 8.1, 3));
  let top = 0;
  for (let offset = -2; offset <= 2; offset++) {
    const cell = Math.floor(x / wide) + offset;
    const middle = (cell + 0.5 + 0.6 * (noise.cell(cell, 1) - 0.5)) * wide;
    const tall = 0.35 + 0.65 * noise.cell(cell, 2);
    const away = Math.abs(x - middle) / wide;
    const pointed = noise.cell(cell, 3) < 0.5;
    const shape = pointed ? 1 - away * 1.1 : Math.sqrt(Math.max(0, 1 - away * away)) * 0.75;
    top = Math.max(top, tall * shape);
  }
  return stand * Math.max(0, top + 0.08 * noise.octaves(120 * x, 2.2, 2));
}

/** Writes the colour of a ridge at a place below its crest; light comes from `sunX`. */
export function shadeRidge(ridge: Ridge, x: number, y: number, below: number, sunX: number, out: Float32Array): void {
  const scale = ridge.reliefScale;
  const side = 0.05 * Math.max(-1, Math.min(1, 5 * (sunX - x)));
  const u = x * scale;
  const v = (y * 2.2 - below * 0.6) * scale;
  const height = ridge.relief.octaves(u, v, 4, 0.62);
  const slope = height - ridge.relief.octaves(u + side * 3, v - 0.12, 3, 0.62);
  const light = Math.max(0, Math.min(1, 0.38 + 1.5 * slope + 0.28 * Math.exp(-below * 30)));
  // mist gathers at the foot of far hills
  const mist = (1 - ridge.near) * 0.55 * rise(0.0, 0.16, below);
  for (let channel = 0; channel < 3; channel++) {
    const body = ridge.colour[channel]! + light * (ridge.lit[channel]! - ridge.colour[channel]!);
    out[channel] = body + mist * (ridge.haze[channel]! - body);
  }
}
