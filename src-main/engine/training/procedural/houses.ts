// A row of houses: plaster, floors of windows with shutters, doors, cornices; fronts seen from the street.
import type { Triple } from '../../image/color.ts';
import type { Random } from '../../tensor/random.ts';
import { put } from './canvas.ts';
import { rise, type Noise } from './noise.ts';
import { between, choose, mix, scaled, tone } from './palette.ts';

/** Metres along the street and up. */
export interface House {
  readonly from: number;
  readonly to: number;
  readonly tall: number;
  readonly deep: number;
  readonly pitch: number;
  readonly bays: number;
  readonly storey: number;
  readonly plaster: Triple;
  readonly trim: Triple;
  readonly shutters: Triple | undefined;
  readonly roof: Triple;
  readonly awning: Triple | undefined;
  readonly flowers: boolean;
}

export interface FrontLight {
  readonly lit: boolean;
  /** Metres that a pixel covers there. */
  readonly footprint: number;
  readonly sunlight: Triple;
  readonly skylight: Triple;
}

export function drawHouses(length: number, noise: Noise, random: Random): House[] {
  const houses: House[] = [];
  const hue = between(random, 0.1, 0.24);
  const sameTall = between(random, 8, 12);
  for (let from = -4 * random.uniform(); from < length; ) {
    const wide = between(random, 5, 10);
    const storey = between(random, 2.7, 3.3);
    houses.push({
      from, to: from + wide, storey,
      tall: storey * Math.max(2, Math.round((sameTall + 2.5 * random.normal()) / storey)) + 0.7,
      deep: 9, pitch: between(random, 0.5, 0.9),
      bays: Math.max(2, Math.round(wide / 2.4)),
      plaster: tone(between(random, 0.72, 0.92), between(random, 0.02, 0.11), hue + 0.05 * random.normal()),
      trim: tone(between(random, 0.82, 0.95), 0.02, 0.2),
      shutters: random.uniform() < 0.7 ? choose(random, [tone(0.45, 0.07, 0.45), tone(0.42, 0.07, 0.66), tone(0.4, 0.09, 0.08), tone(0.55, 0.05, 0.55)]) : undefined,
      roof: tone(between(random, 0.4, 0.55), between(random, 0.05, 0.11), between(random, 0.08, 0.14)),
      awning: random.uniform() < 0.45 ? choose(random, [tone(0.55, 0.17, 0.08), tone(0.5, 0.1, 0.42), tone(0.78, 0.13, 0.24), tone(0.45, 0.1, 0.7)]) : undefined,
      flowers: random.uniform() < 0.5 && noise.cell(from, 3) < 2,
    });
    from += wide;
  }
  return houses;
}

/** Writes the light that comes from a place on a front, `z` metres along the street and `y` up. */
export function paintFront(house: House, z: number, y: number, noise: Noise, light: FrontLight, out: Float32Array): void {
  const stain = 1 + 0.16 * noise.octaves(0.8 * z, 0.35 * y, 5, 0.62) - 0.14 * Math.exp(-y * 0.8);
  put(out, house.plaster, stain);
  let sunShare = light.lit ? 0.75 : 0;
  const beneath = house.tall - y;
  if (beneath < 0.45) put(out, house.trim, beneath < 0.12 ? 0.7 : 1);
  else if (beneath < 0.95 && light.lit) sunShare *= rise(0.55, 0.9, beneath);
  if (y < 0.55) put(out, scaled(house.plaster, 0.55));
  if (Math.abs(y - house.storey) < 0.08) put(out, house.trim);
  const floor = Math.floor(y / house.storey);
  const bay = (house.to - house.from) / house.bays;
  const column = Math.floor((z - house.from) / bay);
  const [u, v] = [z - house.from - (column + 0.5) * bay, y - floor * house.storey];
  const fine = light.footprint < 0.35;
  if (beneath > 0.6) sunShare *= floor === 0 ? paintShop(house, column, u, v, bay, noise, light.lit, out) : paintWindow(house, column, floor, u, v - 0.15, z, y, noise, fine, light.lit, out);
  const corner = 1 - 0.3 * Math.exp(-Math.min(z - house.from, house.to - z) * 6);
  for (let channel = 0; channel < 3; channel++) out[channel]! *= corner * (sunShare * light.sunlight[channel]! + (0.72 + 0.28 * Math.min(1, y / 8)) * light.skylight[channel]! + 0.1 * light.sunlight[channel]!);
}

/** A window with frame, cross bars, sill and shutters; gives the share of sunlight left there. */
function paintWindow(house: House, column: number, floor: number, u: number, v: number, z: number, y: number, noise: Noise, fine: boolean, lit: boolean, out: Float32Array): number {
  const [half, low, high] = [0.52, 0.75, 2.15];
  const inside = Math.abs(u) < half && v > low && v < high;
  if (inside) {
    const bar = fine && (Math.abs(u) < 0.035 || Math.abs(v - low - 0.93) < 0.03 || half - Math.abs(u) < 0.06 || high - v < 0.06);
    const curtain = noise.cell(column + 31 * floor, Math.floor(house.from * 10)) < 0.35 && Math.abs(u) > 0.22;
    const sky = 0.5 + 0.5 * rise(low, high, v);
    put(out, bar ? house.trim : curtain ? tone(0.78, 0.02, 0.2) : mix(tone(0.22, 0.03, 0.65), tone(0.55, 0.06, 0.68), sky * noise.cell(column + 7, floor + 3)));
    // the reveal throws its shadow in
    return lit && (high - v < 0.22 || u < -half + 0.16) ? 0.1 : 1;
  }
  const rim = Math.abs(u) < half + 0.1 && v > low - 0.12 && v < high + 0.1;
  if (house.shutters && Math.abs(u) > half && Math.abs(u) < half + 0.5 && v > low && v < high) {
    const slat = fine ? 0.85 + 0.25 * Math.sin(y * 60) : 0.9;
    put(out, house.shutters, slat);
    return 1;
  }
  if (house.flowers && Math.abs(u) < half + 0.12 && v > low - 0.42 && v < low + 0.14 + 0.1 * noise.at(9 * z, 9 * y)) {
    const bloom = noise.octaves(8 * z, 8 * y, 3, 0.9);
    put(out, bloom > 0.12 ? tone(0.6, 0.19, 0.03 + 0.3 * noise.cell(floor, column)) : tone(0.45, 0.1, 0.37), 0.8 + 0.5 * bloom);
    return 1;
  }
  if (rim) put(out, house.trim);
  return lit && v > low - 0.26 && v < low - 0.12 && Math.abs(u - 0.06) < half ? 0.35 : 1;
}

/** Doors and shop windows of the ground floor, and awnings over them. */
function paintShop(house: House, column: number, u: number, v: number, bay: number, noise: Noise, lit: boolean, out: Float32Array): number {
  const door = noise.cell(column, Math.floor(house.from * 7)) < 0.4;
  if (house.awning && v > 2.15 && v < 2.75) {
    put(out, Math.floor((u + 10) / 0.24) % 2 ? house.awning : tone(0.93, 0.02, 0.22), 0.8 + 0.35 * ((v - 2.15) / 0.6));
    return 1;
  }
  const half = door ? 0.6 : Math.min(0.85, bay * 0.36);
  const low = door ? 0.05 : 0.75;
  const shadow = lit && house.awning && v > 1.35 && v <= 2.15 ? 0.12 : 1;
  if (Math.abs(u) < half && v > low && v < 2.1) {
    const frame = half - Math.abs(u) < 0.08 || 2.1 - v < 0.08;
    const panel = door && Math.abs(Math.abs(u) - 0.28) < 0.17 && Math.abs(((v / 0.95) % 1) - 0.5) < 0.36;
    put(out, frame ? house.trim : door ? (house.shutters ?? tone(0.38, 0.08, 0.12)) : tone(0.26, 0.03, 0.6), panel ? 0.72 : 1);
    return shadow * (lit && 2.1 - v < 0.25 ? 0.2 : 1);
  }
  return shadow;
}
