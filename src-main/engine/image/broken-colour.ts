// Broken colour: a painting's greys are strokes of several hues side by side. What a picture has as one grey is broken so before it is painted.
import type { Extent, Region } from '../../contract/image.ts';
import type { HueSpread, MarkKind } from '../../contract/style.ts';
import { reflectIndex } from '../tensor/reflect.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';
import { clipped, lumaOf, lumasOf } from './color.ts';
import { marksOf, type Marks } from './marks.ts';
import { massReader, type MassReader } from './masses.ts';
import { strokeField, type StrokeField } from './stroke-field.ts';

/** Of other saturation than warmth this share counts as a hue of its own: skies may be broken. */
const saturationShare = 0.35;

/** A mark covers in full what is as light as its middle within the first, and nothing beyond the second: it ends where a form does. */
const [sameForm, otherForm] = [0.06, 0.22];

/** What a style breaks greys into. */
export interface ColourBreak {
  /** Of its painting. */
  readonly spread: HueSpread;
  readonly marks: MarkKind;
}

/** Whether anything is broken: hatching is seen without hues. */
export function isBroken({ spread: { red, blue }, marks }: ColourBreak): boolean {
  return red + blue > 0 || marksOf[marks].luma > 0;
}

/** Breaks the greys of windows of one picture into strokes. */
export interface ColourBreaker {
  /**
   * A window [1,3,h,w] in [0,1], sRGB-encoded, that lies at `place` on the whole frame, both in px: the same size and range come back. amount:
   * 0 leaves it, 1 has the hues of the styles. masks: [1,K,h,w] in [0,1], which style's hues a pixel has. What becomes of a pixel
   * depends on the pixel, its masks and its place on the frame alone.
   */
  (window: Tensor, place: Region, frame: Extent, amount: number, masks?: Tensor): Tensor;
}

/** How the two chances of a stroke become red, blue and luma. */
interface Hues {
  readonly red: number;
  readonly both: number;
  readonly blue: number;
  readonly luma: number;
}

/**
 * breaks: of the styles that masks place, in their order; without masks the first. masses: of the picture [1,1,h,w] (masses.ts), to whose forms
 * marks keep; they lie over everything where absent.
 */
export function colourBreaker(breaks: readonly ColourBreak[], seed: number, masses?: Tensor): ColourBreaker {
  const kinds = [...new Set(breaks.map(({ marks }) => marks))];
  const styles = breaks.map(({ spread, marks }) => ({ marks, hue: huesOf(spread, marksOf[marks]) }));
  let over: { readonly frame: Extent; readonly reader: MassReader | undefined; readonly fields: readonly ((region: Region) => StrokeField)[] } | undefined;
  const fieldsOver = (frame: Extent): NonNullable<typeof over> => {
    if (over?.frame.width === frame.width && over.frame.height === frame.height) return over;
    const reader = masses && massReader(masses, frame);
    return (over = { frame, reader, fields: kinds.map((kind) => strokeField(marksOf[kind], seed, reader)) });
  };
  return (window, place, frame, amount, masks) => {
    const [, , height, width] = window.shape as [number, number, number, number];
    const [xs, ys] = [mirrored(place.x, width, frame.width), mirrored(place.y, height, frame.height)];
    const region = { x: xs.from, y: ys.from, width: xs.to - xs.from + 1, height: ys.to - ys.from + 1 };
    const { reader, fields } = fieldsOver(frame);
    const result = tensor(window.shape, window.data.slice());
    const lumas = lumasOf(window);
    const size = width * height;
    for (const [at, kind] of kinds.entries()) {
      const placed = styles.map((style, index) => ({ ...style, index })).filter(({ marks, index }) => marks === kind && (masks !== undefined || index === 0));
      if (placed.length === 0) continue;
      const [field, shares] = [fields[at]!(region), sharesOf(window, lumas, amount, marksOf[kind])];
      const middles = reader && middlesOf(field, reader);
      for (const { hue, index } of placed) {
        const tints = tintsOf(hue, field.chances);
        const cover = masks?.data.subarray(index * size, (index + 1) * size);
        for (let y = 0; y < height; y++) tintRow(result.data, { at: y * width, width, shares, lumas, ...(cover && { cover }) }, { tints, ...(middles && { middles }), strokes: field.strokes, xs, start: (ys.places[y]! - ys.from) * field.width });
      }
    }
    return result;
  };
}

/** Luma of the mass that each mark's middle lies in. */
function middlesOf({ middles }: StrokeField, reader: MassReader): Float32Array {
  return Float32Array.from({ length: middles.length / 2 }, (_, mark) => reader.lumaAt(middles[2 * mark]!, middles[2 * mark + 1]!));
}

/** How far each pixel is broken, 0..amount: greys, less in the dark and not at all at white. */
function sharesOf({ data }: Tensor, lumas: Float32Array, amount: number, { greyUpTo, onBlack, withLuma, nextToWhite }: Marks): Float32Array {
  const shares = new Float32Array(data.length / 3);
  const size = shares.length;
  for (let at = 0; at < size; at++) {
    const [r, g, b] = [data[at]!, data[size + at]!, data[2 * size + at]!];
    const most = r > g ? (r > b ? r : b) : g > b ? g : b;
    const least = r < g ? (r < b ? r : b) : g < b ? g : b;
    const ownHue = ((r > b ? r - b : 0) + saturationShare * (most - least)) / greyUpTo;
    const square = ownHue * ownHue;
    // falls as exp(−x²) does
    const greyness = amount / (1 + square * (1 + square / 2));
    const luma = lumas[at]!;
    shares[at] = greyness * Math.min(1, onBlack + withLuma * luma, (1 - luma) / nextToWhite);
  }
  return shares;
}

interface TintedRow {
  /** Index of the row's first pixel. */
  readonly at: number;
  readonly width: number;
  readonly shares: Float32Array;
  readonly lumas: Float32Array;
  /** Where the style lies, by pixel; everywhere where absent. */
  readonly cover?: Float32Array;
}

interface Tints {
  /** Red, green and blue that a stroke adds, by stroke. */
  readonly tints: Float32Array;
  /** Luma of the mass that a stroke lies in, by stroke; strokes lie over all where absent. */
  readonly middles?: Float32Array;
  readonly strokes: Int32Array;
  readonly xs: Mirrored;
  /** Index of the row's first stroke. */
  readonly start: number;
}

function tintRow(result: Float32Array, { at: first, width, shares, lumas, cover }: TintedRow, { tints, middles, strokes, xs: { places, from }, start }: Tints): void {
  const size = shares.length;
  for (let x = 0; x < width; x++) {
    const at = first + x;
    const stroke = strokes[start + places[x]! - from]!;
    let share = cover ? shares[at]! * cover[at]! : shares[at]!;
    if (middles) {
      const apart = Math.abs(lumas[at]! - middles[stroke]!);
      if (apart > sameForm) share *= apart < otherForm ? (otherForm - apart) / (otherForm - sameForm) : 0;
    }
    const tint = 3 * stroke;
    result[at] = clipped(result[at]! + share * tints[tint]!);
    result[size + at] = clipped(result[size + at]! + share * tints[tint + 1]!);
    result[2 * size + at] = clipped(result[2 * size + at]! + share * tints[tint + 2]!);
  }
}

/** Of the three chances of each stroke: red, green and blue. Luma stays as it is but for the strokes' own. */
function tintsOf(hue: Hues, chances: Float32Array): Float32Array {
  const tints = new Float32Array(chances.length);
  for (let at = 0; at < chances.length; at += 3) {
    const [one, other, luma] = [chances[at]!, chances[at + 1]!, hue.luma * chances[at + 2]!];
    const red = hue.red * one;
    const blue = hue.both * one + hue.blue * other;
    tints[at] = red + luma;
    tints[at + 1] = luma - redInGreen * red - blueInGreen * blue;
    tints[at + 2] = blue + luma;
  }
  return tints;
}

/** The Cholesky factor of the spread, raised as networks need it. */
function huesOf({ red, blue, both }: HueSpread, { gain, mostDeviation, lumaShare, luma }: Marks): Hues {
  const deviation = Math.sqrt((red + blue) / 2);
  const scale = Math.min(gain, mostDeviation / Math.max(deviation, 1e-6));
  const first = Math.sqrt(red);
  // no more than the whole of blue's: a file may say otherwise
  const second = Math.min(Math.sqrt(blue), Math.max(-Math.sqrt(blue), both / Math.max(first, 1e-6)));
  return { red: scale * first, both: scale * second, blue: scale * Math.sqrt(Math.max(0, blue - second ** 2)), luma: scale * lumaShare * deviation + luma };
}

/** Green that takes back the luma of red and of blue. */
const [redInGreen, blueInGreen] = [lumaOf(1, 0, 0) / lumaOf(0, 1, 0), lumaOf(0, 0, 1) / lumaOf(0, 1, 0)];

/** Places on the frame that a window's pixels along one axis show, and between which they lie. */
interface Mirrored {
  readonly places: Int32Array;
  readonly from: number;
  readonly to: number;
}

function mirrored(start: number, length: number, whole: number): Mirrored {
  const places = Int32Array.from({ length }, (_, index) => reflectIndex(start + index, whole));
  return { places, from: places.reduce((least, place) => Math.min(least, place)), to: places.reduce((most, place) => Math.max(most, place)) };
}
