// Smooth fields by seed: gradient noise, its octaves, and ridges, as functions of a place.
import type { Random } from '../../tensor/random.ts';

export interface Noise {
  /** Gradient noise, about −1..1, with detail of size 1 (Perlin 2002). */
  at(x: number, y: number): number;
  /** Octaves summed with falling amplitude, about −1..1. */
  octaves(x: number, y: number, count: number, gain?: number): number;
  /** The same with creases where the noise is zero, 0..1: rock, water lines. */
  ridged(x: number, y: number, count: number): number;
  /** Uniform in [0,1) per whole-numbered place. */
  cell(x: number, y: number): number;
}

const directions = Float64Array.from({ length: 512 }, (_, index) => (index % 2 ? Math.sin : Math.cos)(((index >> 1) / 256) * 2 * Math.PI));

/** A field of its own for every draw. */
export function createNoise(random: Random): Noise {
  const order = new Uint8Array(512);
  for (let index = 0; index < 256; index++) order[index] = index;
  for (let index = 255; index > 0; index--) {
    const other = random.integer(index + 1);
    [order[index], order[other]] = [order[other]!, order[index]!];
  }
  order.copyWithin(256, 0, 256);
  const corner = (column: number, row: number, dx: number, dy: number): number => {
    const turn = 2 * order[order[column & 255]! + (row & 255)]!;
    return directions[turn]! * dx + directions[turn + 1]! * dy;
  };
  const at = (x: number, y: number): number => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const dx = x - column;
    const dy = y - row;
    const across = dx * dx * dx * (dx * (dx * 6 - 15) + 10);
    const down = dy * dy * dy * (dy * (dy * 6 - 15) + 10);
    const top = corner(column, row, dx, dy);
    const topRight = corner(column + 1, row, dx - 1, dy);
    const bottom = corner(column, row + 1, dx, dy - 1);
    const bottomRight = corner(column + 1, row + 1, dx - 1, dy - 1);
    const upper = top + across * (topRight - top);
    return 1.5 * (upper + down * (bottom + across * (bottomRight - bottom) - upper));
  };
  return {
    at,
    octaves(x, y, count, gain = 0.5) {
      let sum = 0;
      let total = 0;
      let amplitude = 1;
      for (let octave = 0; octave < count; octave++) {
        sum += amplitude * at(x, y);
        total += amplitude;
        amplitude *= gain;
        // turned and shifted, so that the lattices do not line up
        const turned = 1.6 * x - 1.2 * y + 17.3;
        y = 1.2 * x + 1.6 * y - 5.7;
        x = turned;
      }
      return sum / total;
    },
    ridged(x, y, count) {
      let sum = 0;
      let total = 0;
      let amplitude = 1;
      for (let octave = 0; octave < count; octave++) {
        sum += amplitude * (1 - Math.abs(at(x, y)));
        total += amplitude;
        amplitude *= 0.5;
        const turned = 1.6 * x - 1.2 * y + 11.1;
        y = 1.2 * x + 1.6 * y + 3.9;
        x = turned;
      }
      return sum / total;
    },
    cell: (x, y) => (order[order[(Math.floor(x) + 256 * 64) & 255]! + (Math.floor(y) & 255)]! + order[(Math.floor(x) * 7 + Math.floor(y) * 13) & 255]! / 256) / 256,
  };
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function rise(from: number, to: number, value: number): number {
  const share = Math.max(0, Math.min(1, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
}
