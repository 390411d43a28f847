// Broken colour: a painting's greys are strokes of several hues side by side. What a picture has as one grey is broken so before it is painted.
import type { Extent, Region } from '../../contract/image.ts';
import type { HueSpread } from '../../contract/style.ts';
import { reflectIndex } from '../tensor/reflect.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';
import { clipped, lumaOf } from './color.ts';
import { strokeField } from './stroke-field.ts';

/** Broken by the painting's deviations times this, and not beyond this deviation: networks take back a part. */
const [gain, mostDeviation] = [1.8, 0.12];
/** Share of the colours' deviation by which strokes differ in luma too. */
const lumaShare = 0.3;
/** Red less blue from which on colours stay as they are, more and more: skin, wood and flowers have their hue. Of other saturation this share counts: skies may be broken. */
const [greyUpTo, saturationShare] = [0.25, 0.35];
/** Of a stroke on black, and how fast it gets its whole colour with luma; next to white it loses it over so much, and white stays. */
const [onBlack, withLuma, nextToWhite] = [0.3, 1.4, 0.12];

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

/** spreads: of the styles that masks place, in their order; without masks the first. */
export function colourBreaker(spreads: readonly HueSpread[], seed: number): ColourBreaker {
  const hues = spreads.map(huesOf);
  const strokesOver = strokeField(seed);
  return (window, place, frame, amount, masks) => {
    const [, , height, width] = window.shape as [number, number, number, number];
    const [xs, ys] = [mirrored(place.x, width, frame.width), mirrored(place.y, height, frame.height)];
    const field = strokesOver({ x: xs.from, y: ys.from, width: xs.to - xs.from + 1, height: ys.to - ys.from + 1 });
    const shares = sharesOf(window, amount);
    const result = tensor(window.shape, window.data.slice());
    const placed = masks ? hues.map((hue, style) => ({ hue, cover: masks.data.subarray(style * shares.length, (style + 1) * shares.length) })) : [{ hue: hues[0]! }];
    for (const { hue, ...of } of placed) {
      const tints = tintsOf(hue, field.chances);
      for (let y = 0; y < height; y++) tintRow(result.data, { at: y * width, width, shares, ...of }, { tints, strokes: field.strokes, xs, start: (ys.places[y]! - ys.from) * field.width });
    }
    return result;
  };
}

/** How far each pixel is broken, 0..amount: greys, less in the dark and not at all at white. */
function sharesOf({ data }: Tensor, amount: number): Float32Array {
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
    const luma = lumaOf(r, g, b);
    shares[at] = greyness * Math.min(1, onBlack + withLuma * luma, (1 - luma) / nextToWhite);
  }
  return shares;
}

interface TintedRow {
  /** Index of the row's first pixel. */
  readonly at: number;
  readonly width: number;
  readonly shares: Float32Array;
  /** Where the style lies, by pixel; everywhere where absent. */
  readonly cover?: Float32Array;
}

interface Tints {
  /** Red, green and blue that a stroke adds, by stroke. */
  readonly tints: Float32Array;
  readonly strokes: Int32Array;
  readonly xs: Mirrored;
  /** Index of the row's first stroke. */
  readonly start: number;
}

function tintRow(result: Float32Array, { at: first, width, shares, cover }: TintedRow, { tints, strokes, xs: { places, from }, start }: Tints): void {
  const size = shares.length;
  for (let x = 0; x < width; x++) {
    const at = first + x;
    const stroke = 3 * strokes[start + places[x]! - from]!;
    const share = cover ? shares[at]! * cover[at]! : shares[at]!;
    result[at] = clipped(result[at]! + share * tints[stroke]!);
    result[size + at] = clipped(result[size + at]! + share * tints[stroke + 1]!);
    result[2 * size + at] = clipped(result[2 * size + at]! + share * tints[stroke + 2]!);
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
function huesOf({ red, blue, both }: HueSpread): Hues {
  const deviation = Math.sqrt((red + blue) / 2);
  const scale = Math.min(gain, mostDeviation / Math.max(deviation, 1e-6));
  const first = Math.sqrt(red);
  // no more than the whole of blue's: a file may say otherwise
  const second = Math.min(Math.sqrt(blue), Math.max(-Math.sqrt(blue), both / Math.max(first, 1e-6)));
  return { red: scale * first, both: scale * second, blue: scale * Math.sqrt(Math.max(0, blue - second ** 2)), luma: scale * lumaShare * deviation };
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
