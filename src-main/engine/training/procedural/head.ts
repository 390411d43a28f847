// A head and shoulders as distance fields: skull, jaw, eyes, nose, lips, hair and dress, with their colours.
import type { Triple } from '../../image/color.ts';
import { put } from './canvas.ts';
import { rise, type Noise } from './noise.ts';
import { mix, scaled, tone } from './palette.ts';
import type { Solid } from './solids.ts';

export interface Sitter {
  readonly skin: Triple;
  readonly hair: Triple;
  readonly dress: Triple;
  readonly iris: Triple;
  /** Turn of the head in radians, to the left positive, and its tilt. */
  readonly turn: number;
  readonly tilt: number;
  /** Length of the hair, 0 short to 1 over the shoulders. */
  readonly long: number;
  /** Width of the jaw over the usual. */
  readonly jaw: number;
  readonly noise: Noise;
}

/** Distance to an ellipsoid, exact enough near its surface. */
function ellipsoid(x: number, y: number, z: number, a: number, b: number, c: number): number {
  const level = Math.sqrt((x / a) ** 2 + (y / b) ** 2 + (z / c) ** 2);
  const slope = Math.sqrt((x / (a * a)) ** 2 + (y / (b * b)) ** 2 + (z / (c * c)) ** 2);
  return slope > 1e-6 ? (level * (level - 1)) / slope : -Math.min(a, b, c);
}

/** Union and difference with a seam of width k (Quilez). */
function joined(a: number, b: number, k: number): number {
  const h = Math.max(k - Math.abs(a - b), 0) / k;
  return Math.min(a, b) - h * h * k * 0.25;
}

function carved(a: number, b: number, k: number): number {
  return -joined(-a, b, k);
}

function capsule(x: number, y: number, z: number, y0: number, z0: number, y1: number, z1: number, r0: number, r1: number): number {
  const share = Math.max(0, Math.min(1, ((y - y0) * (y1 - y0) + (z - z0) * (z1 - z0)) / ((y1 - y0) ** 2 + (z1 - z0) ** 2)));
  return Math.sqrt(x * x + (y - y0 - share * (y1 - y0)) ** 2 + (z - z0 - share * (z1 - z0)) ** 2) - r0 - share * (r1 - r0);
}

/** The skin of the head in its own axes: x to the sitter's left, y up, −z to the front; mirrored in x. */
function faceAt(x: number, y: number, z: number, jaw: number, fine: boolean): number {
  const side = Math.abs(x);
  const skull = ellipsoid(x, y - 0.13, z - 0.06, 0.36, 0.4, 0.43);
  if (skull > 0.6) return skull - 0.4;
  let d = joined(skull, ellipsoid(x, y + 0.17, z + 0.09, 0.27 * jaw, 0.31, 0.28), 0.16);
  if (!fine) return d;
  d = joined(d, ellipsoid(x, y + 0.385, z + 0.22, 0.11 * jaw, 0.085, 0.1), 0.13);
  d = joined(d, ellipsoid(side - 0.18, y + 0.08, z + 0.24, 0.1, 0.1, 0.095), 0.16);
  if (z < 0.05 && d < 0.12) {
    d = joined(d, ellipsoid(side - 0.11, y - 0.125, z + 0.3, 0.085, 0.035, 0.05), 0.1);
    d = carved(d, ellipsoid(side - 0.145, y - 0.04, z + 0.44, 0.09, 0.055, 0.07), 0.09);
    d = Math.min(joined(d, capsule(x, y, z, 0.09, -0.37, -0.11, -0.47, 0.025, 0.042), 0.085), Math.sqrt((side - 0.145) ** 2 + (y - 0.035) ** 2 + (z + 0.305) ** 2) - 0.076);
    d = joined(d, ellipsoid(side - 0.042, y + 0.122, z + 0.425, 0.034, 0.028, 0.042), 0.06);
    // upper lid
    d = joined(d, ellipsoid(side - 0.145, y - 0.075, z + 0.318, 0.088, 0.035, 0.07), 0.02);
    d = joined(d, ellipsoid(x, y + 0.236, z + 0.372, 0.095, 0.022, 0.05), 0.045);
    d = joined(d, ellipsoid(x, y + 0.283, z + 0.368, 0.075, 0.028, 0.05), 0.045);
    d = carved(d, ellipsoid(x, y + 0.258, z + 0.43, 0.072, 0.006, 0.03), 0.022);
  }
  return d;
}

function hairAt(x: number, y: number, z: number, long: number, noise?: Noise): number {
  const side = Math.abs(x);
  const cap = ellipsoid(x, y - 0.17, z - 0.1, 0.415, 0.44, 0.46);
  if (cap > 0.9) return cap - 0.5;
  let d = carved(cap, ellipsoid(x + 0.05, y + 0.15, z + 0.42, 0.3, 0.42, 0.44), 0.05);
  // the parting lets the forehead show
  d = carved(d, ellipsoid(x + 0.07, y - 0.2, z + 0.42, 0.13, 0.17, 0.14), 0.08);
  d = joined(d, ellipsoid(side - 0.33, y + 0.1 + 0.32 * long, z - 0.16, 0.13, 0.28 + 0.42 * long, 0.2), 0.1);
  d = joined(d, ellipsoid(x, y + 0.25 * long, z - 0.34, 0.34, 0.36 + 0.35 * long, 0.18), 0.12);
  return d + (noise && d < 0.03 ? 0.012 * noise.octaves(22 * x + 3 * Math.sin(3 * y), 5 * y + 4 * z, 2, 0.7) : 0);
}

/** Head, hair and bust around the origin, which lies between the eyes' height and the ears. */
export function sitterSolids(sitter: Sitter): Solid[] {
  const [cosine, sine, roll, bend] = [Math.cos(sitter.turn), Math.sin(sitter.turn), Math.cos(sitter.tilt), Math.sin(sitter.tilt)];
  // the place in the head's own axes
  let u = 0;
  let v = 0;
  let w = 0;
  const turnTo = (x: number, y: number, z: number): void => {
    const across = roll * x + bend * (y + 0.4);
    u = cosine * across + sine * z;
    v = roll * (y + 0.4) - bend * x - 0.4;
    w = cosine * z - sine * across;
  };
  const shared = { x: 0, y: 0, z: 0 };
  const { noise, skin } = sitter;
  const head: Solid = {
    ...shared, y: -0.17, reach: 0.74, gloss: 0.07,
    distance(x, y, z) {
      turnTo(x, y, z);
      return 0.85 * faceAt(u, v, w, sitter.jaw, true);
    },
    outline(x, y, z) {
      turnTo(x, y, z);
      return Math.min(faceAt(u, v, w, sitter.jaw, false), w < 0 ? capsule(u, v, w, 0.06, -0.36, -0.115, -0.46, 0.01, 0.028) : 1);
    },
    paint(x, y, z, out) {
      turnTo(x, y, z);
      paintFace(sitter, u, v, w, out);
    },
  };
  const hair: Solid = {
    ...shared, y: 0.1 - 0.3 * sitter.long, z: 0.12, reach: 0.64 + 0.34 * sitter.long, gloss: 0.05,
    distance(x, y, z) {
      turnTo(x, y, z);
      return 0.75 * hairAt(u, v, w, sitter.long, noise);
    },
    outline(x, y, z) {
      turnTo(x, y, z);
      return hairAt(u, v, w, sitter.long);
    },
    paint(x, y, z, out) {
      turnTo(x, y, z);
      const strand = noise.octaves(34 * u + 5 * Math.sin(3 * v), 3 * v + 9 * w, 4, 0.8);
      put(out, mix(sitter.hair, scaled(sitter.hair, 2.1), Math.max(0, 0.3 + 0.8 * strand)), 0.85);
    },
  };
  const bust: Solid = {
    ...shared, y: -1.15, reach: 1.08, z: 0.2, gloss: 0.03,
    distance(x, y, z) {
      const side = Math.abs(x);
      let d = joined(ellipsoid(x, y + 1.33, z - 0.2, 0.66, 0.62, 0.36), ellipsoid(side - 0.57, y + 1.04, z - 0.2, 0.24, 0.3, 0.24), 0.32);
      d = joined(d, capsule(x, y, z, -0.5, 0.14, -1.25, 0.22, 0.165, 0.42), 0.12);
      d = joined(d, capsule(x, y, z, -0.2, 0.09, -0.75, 0.17, 0.165, 0.175), 0.1);
      return 0.85 * (d < 0.1 ? d + 0.02 * noise.octaves(3.2 * x, 2 * y, 2, 0.5) : d - 0.02);
    },
    paint(x, y, z, out) {
      // a low round neckline with a pale hem
      const line = Math.sqrt((x / 0.46) ** 2 + ((y + 0.5) / 0.42) ** 2);
      if (line < 1 && z < 0.4) put(out, skin, 0.96);
      else put(out, line < 1.1 && z < 0.4 ? tone(0.9, 0.03, 0.2) : sitter.dress, 0.85 + 0.3 * noise.octaves(2.5 * x + noise.at(2 * x, y), 1.2 * y, 4, 0.6));
    },
  };
  return [head, hair, bust];
}

function paintFace({ skin, iris, hair, noise, turn }: Sitter, x: number, y: number, z: number, out: Float32Array): void {
  const side = Math.abs(x);
  const blush = 0.6 * Math.exp(-(((side - 0.2) / 0.1) ** 2) - ((y + 0.1) / 0.09) ** 2) + 0.35 * Math.exp(-((x / 0.06) ** 2) - ((y + 0.12) / 0.06) ** 2);
  put(out, mix(skin, tone(0.62, 0.13, 0.07), z < 0 ? 0.55 * blush : 0), 1 + 0.06 * noise.octaves(9 * x, 9 * y, 3, 0.7));
  if (z > -0.15) return;
  const eye = side - 0.145;
  const opening = (eye / 0.078) ** 2 + ((y - 0.03) / (y > 0.03 ? 0.027 : 0.026)) ** 2;
  if (opening < 1) {
    // the eyes stay on the viewer while the head turns
    const across = x - Math.sign(x) * 0.145 + 0.055 * Math.sin(turn);
    const away = Math.sqrt(across * across + (y - 0.036) ** 2);
    put(out, away < 0.014 ? [0.01, 0.01, 0.012] : away < 0.034 ? scaled(iris, 0.5 + 14 * away) : tone(0.9, 0.012, 0.2), 0.94 - 0.4 * rise(0.03, 0.058, y));
    if (Math.sqrt((across + 0.011) ** 2 + (y - 0.046) ** 2) < 0.0075) put(out, [1.3, 1.3, 1.3]);
    return;
  }
  const lash = Math.exp(-(((opening - 1.12) / (y > 0.03 ? 0.2 : 0.1)) ** 2)) * (y > 0.03 ? 0.9 : 0.4);
  const brow = rise(1, 0.5, Math.abs(y - 0.128 - 0.03 * Math.cos((eye / 0.12) * 1.9) + 0.1 * Math.max(0, eye - 0.05)) / 0.02) * rise(0.12, 0.095, Math.abs(eye));
  const mouth = (x / 0.098) ** 2 + ((y + 0.26) / (0.05 - 0.012 * Math.cos(x * 40))) ** 2;
  const lips = rise(1.1, 0.85, mouth);
  const part = Math.exp(-(((y + 0.257 - 0.008 * Math.cos(x * 42)) / 0.0065) ** 2)) * rise(0.085, 0.06, side);
  const dark: Triple = scaled(mix(hair, [0.05, 0.03, 0.02], 0.4), 0.6);
  const tint = (colour: Triple, share: number): void => {
    for (let channel = 0; channel < 3; channel++) out[channel]! += share * (colour[channel]! - out[channel]!);
  };
  tint(tone(0.56, 0.13, 0.06), 0.65 * lips);
  tint([0.08, 0.015, 0.012], 0.8 * part);
  tint(dark, Math.max(lash, 0.8 * brow));
}
