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
    for (let i = 0; i < n; i++) s[i] = b[i] < s[i] ? b[i] : s[i];
  },
  lighten: (b, s, n) => {
    for (let i = 0; i < n; i++) s[i] = b[i] > s[i] ? b[i] : s[i];
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
    for (let i = 0; i < n; i++) s[i] = b[i] <= 0 ? 0 : s[i] <= 0 ? 1 : clamp(b[i] / s[i]);
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
    for (let i = 0; i < n; i++) s[i] = s[i] <= 0.5 ? Math.min(b[i], 2 * s[i]) : Math.max(b[i], 2 * s[i] - 1);
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

function clamp(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

function hardLight(cb: number, cs: number): number {
  return cs <= 0.5 ? cb * 2 * cs : cb + (2 * cs - 1) - cb * (2 * cs - 1);
}

function colorDodge(cb: number, cs: number): number {
  return cb <= 0 ? 0 : cs >= 1 ? 1 : clamp(cb / (1 - cs));
}

function colorBurn(cb: number, cs: number): number {
  return cb >= 1 ? 1 : cs <= 0 ? 0 : 1 - clamp((1 - cb) / cs);
}

function softLight(cb: number, cs: number): number {
  if (cs <= 0.5) return cb - (1 - 2 * cs) * cb * (1 - cb);
  const curve = cb <= 0.25 ? ((16 * cb - 12) * cb + 4) * cb : Math.sqrt(cb);
  return cb + (2 * cs - 1) * (curve - cb);
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
