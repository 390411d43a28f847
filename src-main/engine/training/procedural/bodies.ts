// Things to put on a table: fruit, turned vessels, boxes, as distance fields with their colours.
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { put } from './canvas.ts';
import { rise, type Noise } from './noise.ts';
import { between, choose, mix, scaled, tone } from './palette.ts';
import type { Solid } from './solids.ts';

export interface Fruit {
  readonly x: number;
  readonly z: number;
  readonly radius: number;
  /** Height over width. */
  readonly tall: number;
  readonly colour: Triple;
  /** The cheek that ripened in the sun. */
  readonly blush: Triple;
  readonly lean: number;
  readonly noise: Noise;
  /** Foot of the fruit above the table. */
  readonly lift?: number;
  readonly stalk?: boolean;
}

/** An apple, orange, pear or plum: an ellipsoid with a dimple and a stalk. */
export function fruit({ x, z, radius, tall, colour, blush, lean, noise, lift = 0, stalk = true }: Fruit): Solid {
  const high = radius * tall;
  const y = high * 0.94 + lift;
  const dark = tone(0.25, 0.04, 0.13);
  const [cosine, sine] = [Math.cos(lean), Math.sin(lean)];
  const stalkAt = (u: number, v: number, w: number): number => Math.max(Math.sqrt((u - 0.02 * radius) ** 2 + w * w) - 0.055 * radius, Math.abs(v - 0.92 * high) - 0.3 * radius);
  return {
    x, y, z,
    reach: Math.max(radius, high) * 1.34,
    gloss: 0.55,
    distance(px, py, pz) {
      const [a, b, w] = [px - x, py - y, pz - z];
      const [u, v] = [cosine * a - sine * b, sine * a + cosine * b];
      const level = Math.sqrt((u * u + w * w) / (radius * radius) + (v * v) / (high * high));
      const body = (level - 1) * Math.min(radius, high) * 0.86;
      const around = Math.sqrt(u * u + w * w) / radius;
      const dimple = v > 0 ? 0.2 * high * Math.exp(-9 * around * around) : 0.1 * high * Math.exp(-14 * around * around);
      const skin = body + dimple * Math.min(1, Math.max(0, level - 0.4));
      return stalk ? Math.min(skin * 0.85, stalkAt(u, v, w)) : skin * 0.85;
    },
    paint(px, py, pz, out) {
      const [a, b, w] = [px - x, py - y, pz - z];
      const [u, v] = [cosine * a - sine * b, sine * a + cosine * b];
      if (stalk && stalkAt(u, v, w) < 0.004) return put(out, dark);
      const angle = Math.atan2(w, u);
      const streaks = noise.octaves(3.5 * angle + 20, 1.2 * (v / radius), 4, 0.7);
      const ripe = rise(-0.5, 0.7, u / radius * 0.7 - w / radius * 0.3 + 0.6 * streaks + 0.2);
      const spots = rise(0.55, 0.75, noise.at(px * 34 + 9, py * 34 + pz * 21));
      put(out, mix(mix(colour, blush, ripe), [0.9, 0.8, 0.5], (stalk ? 0.18 : 0.04) * spots), 1 - 0.55 * Math.exp(-((u * u + w * w) / (radius * radius)) * 16) * (v > 0 ? 1 : 0.4));
    },
  };
}

export interface Vessel {
  readonly x: number;
  readonly z: number;
  readonly tall: number;
  /** Radius over height in [0,1], in units of the vessel's height. */
  readonly profile: (share: number) => number;
  readonly widest: number;
  readonly glaze: Triple;
  readonly band?: Triple;
  readonly gloss: number;
  readonly hollow: boolean;
  readonly noise: Noise;
}

/** A jug, vase, bottle or bowl turned around its axis. */
export function vessel({ x, z, tall, profile, widest, glaze, band, gloss, hollow, noise }: Vessel): Solid {
  const samples = Float32Array.from({ length: 258 }, (_, index) => tall * profile(Math.min(1, index / 256)));
  const radiusAt = (share: number): number => {
    const at = Math.max(0, Math.min(255.99, share * 256));
    const index = Math.floor(at);
    return samples[index]! + (at - index) * (samples[index + 1]! - samples[index]!);
  };
  const inner = scaled(glaze, 0.45);
  return {
    x, y: tall / 2, z,
    reach: Math.sqrt((tall / 2) ** 2 + (widest * tall) ** 2) * 1.04,
    gloss,
    distance(px, py, pz) {
      const around = Math.sqrt((px - x) ** 2 + (pz - z) ** 2);
      const share = py / tall;
      const beyond = Math.max(-py, py - tall);
      const wall = around - radiusAt(share);
      // profiles lean: a step of the horizontal distance would pass through the wall
      const shell = hollow ? Math.max(wall, -(wall + 0.03 * tall), beyond) : Math.max(wall, beyond);
      const closed = hollow ? Math.min(shell, Math.max(wall, py - 0.06 * tall, -py)) : shell;
      return closed * 0.62;
    },
    paint(px, py, pz, out) {
      const around = Math.sqrt((px - x) ** 2 + (pz - z) ** 2);
      const share = py / tall;
      const inside = hollow && share > 0.05 && around < radiusAt(share) - 0.015 * tall;
      const angle = Math.atan2(pz - z, px - x);
      const craze = 1 + 0.1 * noise.octaves(2 * angle, 6 * share, 4, 0.6);
      if (inside) return put(out, inner, craze);
      const decorated = band !== undefined && (Math.abs(share - 0.62) < 0.035 || Math.abs(share - 0.3) < 0.02 || (share > 0.34 && share < 0.57 && Math.abs(((angle * 8) / Math.PI % 2 + 2) % 2 - 1) < 0.22 + 1.6 * Math.abs(share - 0.455)));
      put(out, decorated ? band! : glaze, craze);
    },
  };
}

/** Shapes of vessels: radius over height, and its largest value. */
export const profiles: readonly { readonly name: string; readonly profile: (share: number) => number; readonly widest: number; readonly hollow: boolean }[] = [
  { name: 'vase', profile: (t) => 0.12 + 0.27 * Math.sin(Math.PI * Math.min(1, t * 1.18) ** 0.8) ** 1.3 * (1 - 0.35 * t) + 0.1 * rise(0.85, 1, t), widest: 0.4, hollow: true },
  { name: 'bottle', profile: (t) => (t < 0.03 ? 0.125 : 0.135 - 0.088 * rise(0.52, 0.74, t) + 0.016 * rise(0.93, 0.95, t)), widest: 0.14, hollow: false },
  { name: 'bowl', profile: (t) => 0.34 + 0.72 * Math.sqrt(Math.max(0, Math.min(1, t))) , widest: 1.08, hollow: true },
  { name: 'jug', profile: (t) => 0.24 + 0.16 * Math.sin(Math.PI * Math.min(1, 0.12 + t * 1.05)) + 0.06 * rise(0.8, 1, t) - 0.04 * rise(0.55, 0.8, t), widest: 0.42, hollow: true },
];

/** A box or a book lying on the table, turned by an angle. */
export function box(x: number, z: number, half: Triple, turn: number, colour: Triple, edge: Triple, noise: Noise): Solid {
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const local = (px: number, pz: number): readonly [number, number] => [cosine * (px - x) + sine * (pz - z), cosine * (pz - z) - sine * (px - x)];
  return {
    x, y: half[1], z,
    reach: Math.sqrt(half[0] ** 2 + half[1] ** 2 + half[2] ** 2) * 1.02,
    gloss: 0.15,
    distance(px, py, pz) {
      const [u, w] = local(px, pz);
      const [a, b, c] = [Math.abs(u) - half[0] + 0.01, Math.abs(py - half[1]) - half[1] + 0.01, Math.abs(w) - half[2] + 0.01];
      const outside = Math.sqrt(Math.max(a, 0) ** 2 + Math.max(b, 0) ** 2 + Math.max(c, 0) ** 2);
      return outside + Math.min(0, Math.max(a, b, c)) - 0.01;
    },
    paint(px, py, pz, out) {
      const [u, w] = local(px, pz);
      const pages = Math.abs(py - half[1]) < 0.8 * half[1] && (Math.abs(u) > half[0] - 0.02 || w < -half[2] + 0.02);
      const cloth = 1 + 0.15 * noise.octaves(40 * u, 40 * (w + py), 3, 0.8);
      put(out, pages ? edge : colour, pages ? 1 - 0.2 * Math.abs(Math.sin(py * 400)) : cloth);
    },
  };
}

/** A fruit of a kind, its colours drawn. */
export function drawFruitColours(random: Random): { colour: Triple; blush: Triple; tall: number; stalk: boolean } {
  return choose(random, [
    { colour: tone(0.72, 0.15, 0.28), blush: tone(0.5, 0.19, 0.08), tall: 0.92, stalk: true },
    { colour: tone(0.75, 0.16, 0.33), blush: tone(0.8, 0.15, 0.28), tall: 0.94, stalk: true },
    { colour: tone(0.72, 0.17, 0.16), blush: tone(0.66, 0.18, 0.14), tall: 0.97, stalk: false },
    { colour: tone(0.86, 0.16, 0.28), blush: tone(0.8, 0.15, 0.26), tall: between(random, 1.15, 1.35), stalk: true },
    { colour: tone(0.32, 0.1, 0.93), blush: tone(0.38, 0.12, 0.02), tall: 0.96, stalk: false },
  ]);
}
