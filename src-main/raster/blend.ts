// The one table of blend formulas: what a source colour makes of a backdrop colour where both are opaque.
import type { BlendMode } from '../contract/document.ts';

/** B(cb, cs) of one channel: backdrop and source in [0,1], sRGB-encoded; the result in [0,1]. */
export type ChannelFormula = (backdrop: number, source: number) => number;
/** B of three channels at once: writes red, green and blue in [0,1] to `out`. */
export type ColourFormula = (rb: number, gb: number, bb: number, rs: number, gs: number, bs: number, out: Float64Array) => void;

type ColourMode = 'hue' | 'saturation' | 'color' | 'luminosity';
export type ChannelMode = Exclude<BlendMode, ColourMode>;

/**
 * Modes that mix every channel alone. `normal` to `exclusion`: W3C Compositing and Blending Level 1, section 9.1;
 * the others as Photoshop and Krita define them (`plus` is their linear dodge; 0 divided by 0 is 0, as in Krita).
 */
export const channelFormulas: Readonly<Record<ChannelMode, ChannelFormula>> = {
  normal: (_cb, cs) => cs,
  multiply: (cb, cs) => cb * cs,
  screen: (cb, cs) => cb + cs - cb * cs,
  overlay: (cb, cs) => hardLight(cs, cb),
  darken: (cb, cs) => (cb < cs ? cb : cs),
  lighten: (cb, cs) => (cb > cs ? cb : cs),
  'color-dodge': colorDodge,
  'color-burn': colorBurn,
  'hard-light': hardLight,
  'soft-light': softLight,
  difference: (cb, cs) => (cb > cs ? cb - cs : cs - cb),
  exclusion: (cb, cs) => cb + cs - 2 * cb * cs,
  plus: (cb, cs) => clamp(cb + cs),
  subtract: (cb, cs) => clamp(cb - cs),
  divide: (cb, cs) => (cb <= 0 ? 0 : cs <= 0 ? 1 : clamp(cb / cs)),
  'linear-burn': (cb, cs) => clamp(cb + cs - 1),
  'linear-light': (cb, cs) => clamp(cb + 2 * cs - 1),
  'vivid-light': (cb, cs) => (cs <= 0.5 ? colorBurn(cb, 2 * cs) : colorDodge(cb, 2 * cs - 1)),
  'pin-light': (cb, cs) => (cs <= 0.5 ? Math.min(cb, 2 * cs) : Math.max(cb, 2 * cs - 1)),
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
