// The one table of blend formulas: what a source colour makes of a backdrop colour where both are opaque.
import type { BlendMode } from '../contract/document.ts';

/** B of three channels at once: writes red, green and blue in [0,1] to `out`. */
export type ColourFormula = (rb: number, gb: number, bb: number, rs: number, gs: number, bs: number, out: Float64Array) => void;

type ColourMode = 'hue' | 'saturation' | 'color' | 'luminosity';
export type ChannelMode = Exclude<BlendMode, ColourMode>;

/**
 * B(cb, cs) of single channels, a run of `n` at once: backdrop `b` and source `s` in [0,1], sRGB-encoded; the result replaces `s`.
 * A loop for each mode: one loop that calls a formula per channel costs three times as much.
 */
export type ChannelFormula = (b: Float32Array, s: Float32Array, n: number) => void;

/**
 * Modes that mix every channel alone. `normal` to `exclusion`: W3C Compositing and Blending Level 1, section 9.1;
 * the others as Photoshop and Krita define them (`plus` is their linear dodge; 0 divided by 0 is 0, as in Krita).
 */
export const channelFormulas: Readonly<Record<ChannelMode, ChannelFormula>> = {
  normal: () => undefined,
  multiply: (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = b[i] * s[i];
  },
  screen: (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = b[i] + s[i] - b[i] * s[i];
  },
  overlay: (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = hardLight(s[i], b[i]);
  },
  darken: (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = lesser(b[i], s[i]);
  },
  lighten: (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = greater(b[i], s[i]);
  },
  'color-dodge': (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = colorDodge(b[i], s[i]);
  },
  'color-burn': (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = colorBurn(b[i], s[i]);
  },
  'hard-light': (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = hardLight(b[i], s[i]);
  },
  'soft-light': (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = softLight(b[i], s[i]);
  },
  difference: (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = Math.abs(b[i] - s[i]);
  },
  exclusion: (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = b[i] + s[i] - 2 * b[i] * s[i];
  },
  plus: (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = clamp(b[i] + s[i]);
  },
  subtract: (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = clamp(b[i] - s[i]);
  },
  divide: (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = b[i] <= 0 ? 0 : b[i] >= s[i] ? 1 : b[i] / s[i];
  },
  'linear-burn': (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = clamp(b[i] + s[i] - 1);
  },
  'linear-light': (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = clamp(b[i] + 2 * s[i] - 1);
  },
  'vivid-light': (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = s[i] <= 0.5 ? colorBurn(b[i], 2 * s[i]) : colorDodge(b[i], 2 * s[i] - 1);
  },
  'pin-light': (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = greater(lesser(b[i], 2 * s[i]), 2 * s[i] - 1);
  },
};

/** Modes that mix hue, saturation and luminosity (W3C Compositing and Blending Level 1, section 9.2). */
export const colourFormulas: Readonly<Record<ColourMode, ColourFormula>> = {
  hue: (rb, gb, bb, rs, gs, bs, out) => {
    setSaturation(rs, gs, bs, saturationOf(rb, gb, bb), out);
    setLuminosity(out[0], out[1], out[2], luminosityOf(rb, gb, bb), out);
  },
  saturation: (rb, gb, bb, rs, gs, bs, out) => {
    setSaturation(rb, gb, bb, saturationOf(rs, gs, bs), out);
    setLuminosity(out[0], out[1], out[2], luminosityOf(rb, gb, bb), out);
  },
  color: (rb, gb, bb, rs, gs, bs, out) => setLuminosity(rs, gs, bs, luminosityOf(rb, gb, bb), out),
  luminosity: (rb, gb, bb, rs, gs, bs, out) => setLuminosity(rb, gb, bb, luminosityOf(rs, gs, bs), out),
};

/** Whether a mode mixes every channel alone. */
export function isChannelMode(mode: BlendMode): mode is ChannelMode {
  return Object.hasOwn(channelFormulas, mode);
}

/** Blacker than any picture stores: quotients by it would be too large for `lesser`. */
const black = 1e-7;

// Without branches: in a lively picture the next pixel is as likely to take either, and a wrong guess costs the processor more than the sum. Below 1e9.
function lesser(a: number, b: number): number {
  return 0.5 * (a + b - Math.abs(a - b));
}

function greater(a: number, b: number): number {
  return 0.5 * (a + b + Math.abs(a - b));
}

function clamp(value: number): number {
  return lesser(greater(value, 0), 1);
}

function hardLight(cb: number, cs: number): number {
  const light = greater(2 * cs - 1, 0);
  return cb * lesser(2 * cs, 1) + light - cb * light;
}

function colorDodge(cb: number, cs: number): number {
  return cb <= 0 ? 0 : cs >= 1 ? 1 : lesser(cb / (1 - cs), 1);
}

function colorBurn(cb: number, cs: number): number {
  return cb >= 1 ? 1 : cs <= black ? 0 : 1 - lesser((1 - cb) / cs, 1);
}

/** Its curve is a polynomial up to 1/4, where it is 1/2, and the root beyond: one of the two stays there. */
function softLight(cb: number, cs: number): number {
  const tilt = 2 * cs - 1;
  const size = Math.abs(tilt);
  const dark = lesser(cb, 0.25);
  const curve = ((16 * dark - 12) * dark + 4) * dark + Math.sqrt(greater(cb, 0.25)) - 0.5;
  return cb + 0.5 * ((tilt + size) * (curve - cb) + (tilt - size) * cb * (1 - cb));
}

function luminosityOf(r: number, g: number, b: number): number {
  return 0.3 * r + 0.59 * g + 0.11 * b;
}

function saturationOf(r: number, g: number, b: number): number {
  return Math.max(r, g, b) - Math.min(r, g, b);
}

/** SetSat: smallest channel to 0, largest to `saturation`, the middle one between as it was. */
function setSaturation(r: number, g: number, b: number, saturation: number, out: Float64Array): void {
  const low = Math.min(r, g, b);
  const spread = Math.max(r, g, b) - low;
  const scale = spread > 0 ? saturation / spread : 0;
  out[0] = (r - low) * scale;
  out[1] = (g - low) * scale;
  out[2] = (b - low) * scale;
}

/** SetLum and ClipColor: shifted to a luminosity, then drawn towards it where a channel left [0,1]. */
function setLuminosity(r: number, g: number, b: number, luminosity: number, out: Float64Array): void {
  const shift = luminosity - luminosityOf(r, g, b);
  const low = Math.min(r, g, b) + shift;
  const high = Math.max(r, g, b) + shift;
  let scale = 1;
  if (low < 0) scale = luminosity / (luminosity - low);
  if (high > 1) scale = Math.min(scale, (1 - luminosity) / (high - luminosity));
  out[0] = clamp(luminosity + (r + shift - luminosity) * scale);
  out[1] = clamp(luminosity + (g + shift - luminosity) * scale);
  out[2] = clamp(luminosity + (b + shift - luminosity) * scale);
}
