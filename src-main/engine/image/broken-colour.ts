// Broken colour: a painting's greys are strokes of several hues side by side. What a picture has as one grey is broken so before it is painted.
import type { Extent, Region } from '../../contract/image.ts';
import type { HueSpread } from '../../contract/style.ts';
import { hash32 } from '../tensor/random.ts';
import { reflectIndex } from '../tensor/reflect.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';
import { lumaOf } from './color.ts';

/** Strokes are laid at random, so many to a square of this side, in px of the pass. */
const [cellPx, strokesPerCell] = [24, 2];
/** Half of a stroke's length and breadth in px. */
const [halfLength, halfBreadth] = [26, 8.7];
/** Direction turns slowly over the picture, in px and rad; each stroke strays from it by this deviation. */
const [turnPx, turnMost, stray] = [128, 1.4, 0.35];
/** Broken by the painting's deviations times this, and not beyond this deviation: networks take back a part. */
const [gain, mostDeviation] = [1.8, 0.12];
/** Share of the colours' deviation by which strokes differ in luma too. */
const lumaShare = 0.3;
/** Red less blue from which on colours stay as they are, more and more: skin, wood and flowers have their hue. Of other saturation this share counts: skies may be broken. */
const [greyUpTo, saturationShare] = [0.25, 0.35];
/** Of a stroke on black, and how fast it gets its whole colour with luma. */
const [onBlack, withLuma] = [0.3, 1.4];

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
  const strokesOver = rememberedStrokes(seed);
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

/** How far each pixel is broken, 0..amount: greys, and light ones more. */
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
    const full = onBlack + withLuma * lumaOf(r, g, b);
    shares[at] = full < 1 ? greyness * full : greyness;
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
    const [red, green, blue] = [share * tints[stroke]!, share * tints[stroke + 1]!, share * tints[stroke + 2]!];
    const [r, g, b] = [result[at]!, result[size + at]!, result[2 * size + at]!];
    // as far as there is room for all three, so that white does not turn grey
    const room = Math.min(1, roomFor(r, red), roomFor(g, green), roomFor(b, blue));
    result[at] = r + room * red;
    result[size + at] = g + room * green;
    result[2 * size + at] = b + room * blue;
  }
}

/** How many times a change fits between a value and its end of [0,1]. */
function roomFor(value: number, change: number): number {
  const sum = value + change;
  if (sum >= 0 && sum <= 1) return 1;
  return Math.max(0, change > 0 ? (1 - value) / change : -value / change);
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

/** Strokes over a region of the frame. */
interface StrokeField {
  readonly width: number;
  /** Which stroke lies on top, by pixel; 0 where none does. */
  readonly strokes: Int32Array;
  /** Three chances for each stroke, of deviation 1; those of stroke 0 are none. */
  readonly chances: Float32Array;
}

interface Stroke {
  readonly rank: number;
  readonly x: number;
  readonly y: number;
  readonly cosine: number;
  readonly sine: number;
  readonly chances: readonly number[];
}

/** The strokes over a region; those of the last one are kept, for a pen that goes over the same place. */
function rememberedStrokes(seed: number): (region: Region) => StrokeField {
  let [last, field]: [string, StrokeField | undefined] = ['', undefined];
  return (region) => {
    const key = [region.x, region.y, region.width, region.height].join();
    if (key !== last || !field) [last, field] = [key, strokesOver(region, seed)];
    return field;
  };
}

/** Strokes with round ends over one another by chance (dead leaves, Matheron 1968); each is a function of seed and place. */
function strokesOver(region: Region, seed: number): StrokeField {
  const found: Stroke[] = [];
  const reach = Math.hypot(halfLength, halfBreadth);
  const cellsOf = (from: number, length: number): [number, number] => [Math.floor((from - reach) / cellPx), Math.floor((from + length + reach) / cellPx)];
  const [[left, right], [top, bottom]] = [cellsOf(region.x, region.width), cellsOf(region.y, region.height)];
  for (let row = top; row <= bottom; row++) for (let column = left; column <= right; column++) for (let one = 0; one < strokesPerCell; one++) found.push(strokeAt(seed, row, column, one));
  found.sort((a, b) => a.rank - b.rank);
  const strokes = new Int32Array(region.width * region.height);
  const chances = new Float32Array(3 * (found.length + 1));
  found.forEach((stroke, index) => {
    for (let which = 0; which < 3; which++) chances[3 * (index + 1) + which] = stroke.chances[which]!;
    layStroke(strokes, region, stroke, index + 1);
  });
  return { width: region.width, strokes, chances };
}

function strokeAt(seed: number, row: number, column: number, one: number): Stroke {
  const own = hash32(seed, row, column, one);
  const chance = (which: number): number => hash32(own, which) / 2 ** 32;
  // of four uniform ones, scaled to deviation 1
  const normal = (which: number): number => (chance(which) + chance(which + 1) + chance(which + 2) + chance(which + 3) - 2) * Math.sqrt(3);
  const [x, y] = [(column + chance(1)) * cellPx, (row + chance(2)) * cellPx];
  const angle = directionAt(seed, x, y) + stray * normal(4);
  return { rank: chance(0), x, y, cosine: Math.cos(angle), sine: Math.sin(angle), chances: [normal(8), normal(12), normal(16)] };
}

function directionAt(seed: number, x: number, y: number): number {
  const [column, row] = [Math.floor(x / turnPx), Math.floor(y / turnPx)];
  const [across, down] = [smooth(x / turnPx - column), smooth(y / turnPx - row)];
  const at = (right: number, below: number): number => (hash32(seed, row + below, column + right) / 2 ** 31 - 1) * turnMost;
  const along = (below: number): number => at(0, below) + across * (at(1, below) - at(0, below));
  return along(0) + down * (along(1) - along(0));
}

function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}

/** Writes the number of a stroke where it lies: of each row what is between its long sides or within one of its round ends. */
function layStroke(strokes: Int32Array, { x: left, y: top, width, height }: Region, { x, y, cosine, sine }: Stroke, number: number): void {
  const [toEndX, toEndY] = [cosine * (halfLength - halfBreadth), sine * (halfLength - halfBreadth)];
  const tall = Math.abs(toEndY) + halfBreadth;
  const [first, last] = [Math.max(top, Math.ceil(y - tall)), Math.min(top + height - 1, Math.floor(y + tall))];
  for (let row = first; row <= last; row++) {
    const down = row - y;
    // its sides, where they are cut off at the ends' centres
    const [alongFrom, alongTo] = spanOf(cosine, sine * down, halfLength - halfBreadth);
    const [acrossFrom, acrossTo] = spanOf(-sine, cosine * down, halfBreadth);
    let [from, to] = [Math.max(alongFrom, acrossFrom), Math.min(alongTo, acrossTo)];
    if (from > to) [from, to] = [Infinity, -Infinity];
    for (let side = -1; side <= 1; side += 2) {
      const within = halfBreadth ** 2 - (down - side * toEndY) ** 2;
      if (within < 0) continue;
      from = Math.min(from, side * toEndX - Math.sqrt(within));
      to = Math.max(to, side * toEndX + Math.sqrt(within));
    }
    const start = (row - top) * width - left;
    const end = start + Math.min(left + width - 1, Math.floor(x + to));
    // short spans: a loop is quicker than fill
    for (let at = start + Math.max(left, Math.ceil(x + from)); at <= end; at++) strokes[at] = number;
  }
}

/** Between which d the sum slope·d + offset stays within ±half. */
function spanOf(slope: number, offset: number, half: number): [number, number] {
  if (Math.abs(slope) < 1e-9) return Math.abs(offset) <= half ? [-Infinity, Infinity] : [Infinity, -Infinity];
  const [one, other] = [(-half - offset) / slope, (half - offset) / slope];
  return one < other ? [one, other] : [other, one];
}
