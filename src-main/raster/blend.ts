// The one table of blend formulas: what a source colour makes of a backdrop colour where both are opaque.
import type { BlendMode } from '../contract/document.ts';
import { absolute, add, clamp, divide, greater, isAtLeast, isAtMost, lesser, multiply, root, subtract, where, type Lanes } from './lanes.ts';

/** B of three channels at once: writes red, green and blue in [0,1] to `out`. */
export type ColourFormula = (rb: number, gb: number, bb: number, rs: number, gs: number, bs: number, out: Float64Array) => void;

type ColourMode = 'hue' | 'saturation' | 'color' | 'luminosity';
export type ChannelMode = Exclude<BlendMode, ColourMode>;

/** B(cb, cs) of every channel alone, of straight colours in [0,1], sRGB-encoded; what it makes of alpha is not used. */
export type ChannelFormula = (b: Lanes, s: Lanes) => Lanes;

/** Blacker than any picture stores: quotients by it would leave the range of a float. */
const black = 1e-7;

const hardLight: ChannelFormula = (b, s) => {
  const light = greater(subtract(add(s, s), 1), 0);
  return subtract(add(multiply(b, lesser(add(s, s), 1)), light), multiply(b, light));
};

const colorDodge: ChannelFormula = (b, s) => where(isAtMost(b, 0), 0, where(isAtLeast(s, 1), 1, lesser(divide(b, subtract(1, s)), 1)));

const colorBurn: ChannelFormula = (b, s) => where(isAtLeast(b, 1), 1, where(isAtMost(s, black), 0, subtract(1, lesser(divide(subtract(1, b), s), 1))));

/** Its curve is a polynomial up to 1/4, where it is 1/2, and the root beyond: one of the two stays there. */
const softLight: ChannelFormula = (b, s) => {
  const tilt = subtract(add(s, s), 1);
  const dark = lesser(b, 0.25);
  const polynomial = multiply(add(multiply(subtract(multiply(16, dark), 12), dark), 4), dark);
  const curve = add(polynomial, subtract(root(greater(b, 0.25)), 0.5));
  const [lights, darkens] = [greater(tilt, 0), lesser(tilt, 0)];
  return add(b, add(multiply(lights, subtract(curve, b)), multiply(multiply(darkens, b), subtract(1, b))));
};

/**
 * Modes that mix every channel alone. `normal` to `exclusion`: W3C Compositing and Blending Level 1, section 9.1;
 * the others as Photoshop and Krita define them (`plus` is their linear dodge; 0 divided by 0 is 0, as in Krita).
 */
export const channelFormulas: Readonly<Record<ChannelMode, ChannelFormula>> = {
  'normal': (_, s) => s,
  'multiply': multiply,
  'screen': (b, s) => subtract(add(b, s), multiply(b, s)),
  'overlay': (b, s) => hardLight(s, b),
  'darken': lesser,
  'lighten': greater,
  'color-dodge': colorDodge,
  'color-burn': colorBurn,
  'hard-light': hardLight,
  'soft-light': softLight,
  'difference': (b, s) => absolute(subtract(b, s)),
  'exclusion': (b, s) => subtract(add(b, s), multiply(multiply(2, b), s)),
  'plus': (b, s) => clamp(add(b, s)),
  'subtract': (b, s) => clamp(subtract(b, s)),
  'divide': (b, s) => where(isAtMost(b, 0), 0, where(isAtLeast(b, s), 1, divide(b, s))),
  'linear-burn': (b, s) => clamp(subtract(add(b, s), 1)),
  'linear-light': (b, s) => clamp(subtract(add(b, add(s, s)), 1)),
  'vivid-light': (b, s) => where(isAtMost(s, 0.5), colorBurn(b, add(s, s)), colorDodge(b, subtract(add(s, s), 1))),
  'pin-light': (b, s) => greater(lesser(b, add(s, s)), subtract(add(s, s), 1)),
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

function clampColour(value: number): number {
  return Math.min(Math.max(value, 0), 1);
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
  out[0] = clampColour(luminosity + (r + shift - luminosity) * scale);
  out[1] = clampColour(luminosity + (g + shift - luminosity) * scale);
  out[2] = clampColour(luminosity + (b + shift - luminosity) * scale);
}
