// Colour arithmetic: sRGB, linear light, luminance, OKLab, CIELAB and the difference of two colours.
import type { Tensor } from '../tensor/tensor.ts';

export type Triple = readonly [number, number, number];

/** sRGB-encoded value in [0,1] to linear light in [0,1] (IEC 61966-2-1). */
export function srgbToLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Linear light in [0,1] to the sRGB-encoded value in [0,1] (IEC 61966-2-1). */
export function linearToSrgb(value: number): number {
  return value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
}

/** Relative luminance in [0,1] of linear light (Rec. 709 primaries, D65). */
export function luminance(r: number, g: number, b: number): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Luma in [0,1] of sRGB-encoded values in [0,1] (ITU-R BT.601). */
export function lumaOf(r: number, g: number, b: number): number {
  return 0.299 * r + 0.587 * g + 0.114 * b;
}

/** Luma of each pixel of a picture [1,3,h,w] in [0,1], sRGB-encoded. */
export function lumasOf({ data }: Tensor): Float32Array {
  const plane = data.length / 3;
  const lumas = new Float32Array(plane);
  for (let at = 0; at < plane; at++) lumas[at] = lumaOf(data[at]!, data[plane + at]!, data[2 * plane + at]!);
  return lumas;
}

/** A value at its nearest in [0,1]. */
export function clipped(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

/** Linear light in [0,1] to OKLab: L in [0,1], a and b about ±0.4 (Ottosson 2020). */
export function linearToOklab(r: number, g: number, b: number): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** OKLab to linear light; outside [0,1] where sRGB has no such colour (Ottosson 2020). */
export function oklabToLinear(lightness: number, a: number, b: number): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** sRGB-encoded values in [0,1] to CIELAB under D65: L 0..100, a and b about ±128 (CIE 15:2004). */
export function srgbToLab(red: number, green: number, blue: number): Triple {
  const [r, g, b] = [srgbToLinear(red), srgbToLinear(green), srgbToLinear(blue)];
  // rows sum to the D65 white, so that equal values are exactly neutral
  const x = labCurve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = labCurve(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = labCurve((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function labCurve(t: number): number {
  return t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116;
}

const degrees = Math.PI / 180;

/** ΔE2000 of two CIELAB colours: about 1 is just visible (Sharma, Wu & Dalal 2005, k = 1). */
export function deltaE2000([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  const meanC7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const stretch = 1.5 - 0.5 * Math.sqrt(meanC7 / (meanC7 + 25 ** 7));
  const c1 = Math.hypot(a1 * stretch, b1);
  const c2 = Math.hypot(a2 * stretch, b2);
  const h1 = hueOf(a1 * stretch, b1);
  const h2 = hueOf(a2 * stretch, b2);
  const grey = c1 * c2 === 0;
  const turn = grey ? 0 : Math.abs(h2 - h1) <= 180 ? h2 - h1 : h2 - h1 - 360 * Math.sign(h2 - h1);
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * degrees);
  const l = (l1 + l2) / 2;
  const c = (c1 + c2) / 2;
  const h = grey ? h1 + h2 : Math.abs(h1 - h2) <= 180 ? (h1 + h2) / 2 : (h1 + h2 + (h1 + h2 < 360 ? 360 : -360)) / 2;
  const t =
    1 - 0.17 * Math.cos((h - 30) * degrees) + 0.24 * Math.cos(2 * h * degrees) +
    0.32 * Math.cos((3 * h + 6) * degrees) - 0.2 * Math.cos((4 * h - 63) * degrees);
  const sL = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const sC = 1 + 0.045 * c;
  const sH = 1 + 0.015 * c * t;
  const rotation = -Math.sin(60 * Math.exp(-(((h - 275) / 25) ** 2)) * degrees) * 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7));
  const [dl, dc, dh] = [(l2 - l1) / sL, (c2 - c1) / sC, dH / sH];
  return Math.sqrt(dl * dl + dc * dc + dh * dh + rotation * dc * dh);
}

function hueOf(a: number, b: number): number {
  if (a === 0 && b === 0) return 0;
  const hue = Math.atan2(b, a) / degrees;
  return hue < 0 ? hue + 360 : hue;
}

/**
 * Linear light with the lightness of `painted` and the hue and chroma of `picture` (OKLab); chroma is reduced where sRGB
 * has no such colour, so that lightness stays. Both in linear light in [0,1].
 */
export function recolour(painted: Triple, picture: Triple): Triple {
  const [lightness] = linearToOklab(...painted);
  const [, a, b] = linearToOklab(...picture);
  const full = oklabToLinear(lightness, a, b);
  if (isDisplayable(full)) return full;
  let low = 0;
  let high = 1;
  for (let step = 0; step < 8; step++) {
    const middle = (low + high) / 2;
    if (isDisplayable(oklabToLinear(lightness, a * middle, b * middle))) low = middle;
    else high = middle;
  }
  return oklabToLinear(lightness, a * low, b * low);
}

function isDisplayable([r, g, b]: Triple): boolean {
  return Math.min(r, g, b) >= -1e-4 && Math.max(r, g, b) <= 1.0001;
}
