// Colour spaces that files are written in besides sRGB: their ICC profiles, and pixels converted to them.
import type { PixelBuffer } from '../../contract/image.ts';
import { srgbToLinear } from './color.ts';
import { maxSample } from '../tensor/layout.ts';

export type OutputProfileName = 'srgb' | 'display-p3' | 'adobe-rgb';

type Matrix3 = readonly [number, number, number, number, number, number, number, number, number];

interface ColourSpace {
  readonly name: string;
  /** XYZ under D50 of red, green and blue, column by column (Bradford from D65). */
  readonly colorants: Matrix3;
  /** The tone curve as an ICC tag, and back from linear light in [0,1]. */
  readonly curve: Uint8Array;
  encode(linear: number): number;
}

const srgbColorants: Matrix3 = [0.43607, 0.38515, 0.14307, 0.22249, 0.71687, 0.06061, 0.01392, 0.09708, 0.7141];

/** 563/256, which the specification of Adobe RGB (1998) rounds to 2.2. */
const adobeGamma = 563 / 256;

const spaces: Readonly<Record<Exclude<OutputProfileName, 'srgb'>, ColourSpace>> = {
  'display-p3': {
    name: 'Display P3',
    colorants: [0.51512, 0.29198, 0.1571, 0.2412, 0.69225, 0.06657, -0.00105, 0.04189, 0.78407],
    curve: parametric([2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045]),
    encode: (linear) => (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055),
  },
  'adobe-rgb': {
    name: 'Compatible with Adobe RGB (1998)',
    colorants: [0.60974, 0.20528, 0.14919, 0.31111, 0.62567, 0.06322, 0.01947, 0.06087, 0.74457],
    curve: parametric([adobeGamma]),
    encode: (linear) => linear ** (1 / adobeGamma),
  },
};

export interface OutputProfile {
  /** An ICC profile of version 4, to be embedded. */
  readonly bytes: Uint8Array;
  /** Pixels of sRGB, three or four channels, in this space; alpha stays. In place. */
  convert(pixels: PixelBuffer): void;
}

/** Nothing for sRGB, in which pixels are already. Colours of sRGB lie inside both spaces, so that nothing is cut off. */
export function outputProfile(name: OutputProfileName): OutputProfile | undefined {
  if (name === 'srgb') return undefined;
  const space = spaces[name];
  return { bytes: profileBytes(space), convert: converter(space) };
}

/** Linear light at the 16-bit steps of sRGB. */
const linearTable = Float32Array.from({ length: 65536 }, (_, i) => srgbToLinear(i / 65535));

function converter(space: ColourSpace): (pixels: PixelBuffer) => void {
  const [a, b, c, d, e, f, g, h, i] = product(inverse(space.colorants), srgbColorants);
  // over the square root of light, where curves are nearly straight: within one 16-bit step
  const encoded = Float32Array.from({ length: 65536 }, (_, at) => space.encode((at / 65535) ** 2));
  const code = (linear: number): number => encoded[linear <= 0 ? 0 : linear >= 1 ? 65535 : Math.floor(Math.sqrt(linear) * 65535 + 0.5)]!;
  return ({ data, channels, depth }) => {
    if (channels === 1) return;
    const top = maxSample(depth);
    const step = 65535 / top;
    for (let at = 0; at < data.length; at += channels) {
      const [red, green, blue] = [linearTable[data[at]! * step]!, linearTable[data[at + 1]! * step]!, linearTable[data[at + 2]! * step]!];
      data[at] = Math.floor(code(a * red + b * green + c * blue) * top + 0.5);
      data[at + 1] = Math.floor(code(d * red + e * green + f * blue) * top + 0.5);
      data[at + 2] = Math.floor(code(g * red + h * green + i * blue) * top + 0.5);
    }
  };
}

function product(p: Matrix3, q: Matrix3): Matrix3 {
  const at = (row: number, column: number): number => p[3 * row]! * q[column]! + p[3 * row + 1]! * q[3 + column]! + p[3 * row + 2]! * q[6 + column]!;
  return [at(0, 0), at(0, 1), at(0, 2), at(1, 0), at(1, 1), at(1, 2), at(2, 0), at(2, 1), at(2, 2)];
}

function inverse([a, b, c, d, e, f, g, h, i]: Matrix3): Matrix3 {
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return [(e * i - f * h) / det, (c * h - b * i) / det, (b * f - c * e) / det, (f * g - d * i) / det, (a * i - c * g) / det, (c * d - a * f) / det, (d * h - e * g) / det, (b * g - a * h) / det, (a * e - b * d) / det];
}

/** ICC.1:2022, a display profile of three colorants and their curve. */
function profileBytes({ name, colorants, curve }: ColourSpace): Uint8Array {
  const [rx, gx, bx, ry, gy, by, rz, gz, bz] = colorants;
  const tags: readonly (readonly [string, Uint8Array])[] = [
    ['desc', words(name)],
    ['cprt', words('CC0')],
    ['wtpt', xyz(d50)],
    ['rXYZ', xyz([rx, ry, rz])],
    ['gXYZ', xyz([gx, gy, gz])],
    ['bXYZ', xyz([bx, by, bz])],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const tableEnd = headerBytes + 4 + 12 * tags.length;
  const size = tags.reduce((sum, [, bytes]) => sum + padded(bytes.length), tableEnd);
  const out = Buffer.alloc(size);
  out.writeUInt32BE(size, 0);
  out.writeUInt32BE(0x04200000, 8);
  out.write('mntrRGB XYZ ', 12, 'latin1');
  [2026, 1, 1, 0, 0, 0].forEach((value, i) => out.writeUInt16BE(value, 24 + 2 * i));
  out.write('acsp', 36, 'latin1');
  xyz(d50).subarray(8).forEach((value, i) => (out[68 + i] = value));
  out.writeUInt32BE(tags.length, headerBytes);
  let offset = tableEnd;
  tags.forEach(([signature, bytes], i) => {
    const entry = headerBytes + 4 + 12 * i;
    out.write(signature, entry, 'latin1');
    out.writeUInt32BE(offset, entry + 4);
    out.writeUInt32BE(bytes.length, entry + 8);
    out.set(bytes, offset);
    offset += padded(bytes.length);
  });
  return out;
}

const headerBytes = 128;
/** The white of the connection space. */
const d50 = [0.9642, 1, 0.82491] as const;

function padded(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}

function xyz(values: readonly number[]): Uint8Array {
  const out = Buffer.alloc(20);
  out.write('XYZ ', 0, 'latin1');
  values.forEach((value, i) => out.writeInt32BE(Math.round(value * 65536), 8 + 4 * i));
  return out;
}

function words(text: string): Uint8Array {
  const utf16 = Buffer.from(text, 'utf16le').swap16();
  const head = Buffer.alloc(28);
  head.write('mluc', 0, 'latin1');
  [1, 12].forEach((value, i) => head.writeUInt32BE(value, 8 + 4 * i));
  head.write('enUS', 16, 'latin1');
  [utf16.length, 28].forEach((value, i) => head.writeUInt32BE(value, 20 + 4 * i));
  return Buffer.concat([head, utf16]);
}

/** One number: a power; five: as in sRGB, (a·x + b)^g from d on, c·x below. */
function parametric(numbers: readonly number[]): Uint8Array {
  const out = Buffer.alloc(12 + 4 * numbers.length);
  out.write('para', 0, 'latin1');
  out.writeUInt16BE(numbers.length === 1 ? 0 : 3, 8);
  numbers.forEach((value, i) => out.writeInt32BE(Math.round(value * 65536), 12 + 4 * i));
  return out;
}
