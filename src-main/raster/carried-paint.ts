// Paint carried along under a brush: picked up where the brush is, laid down where it goes.
import type { Region } from '../contract/image.ts';
import { footprintOf, type Dab, type Footprint } from './dab.ts';
import type { WorkingTiles } from './working-tiles.ts';

/** Px around a dab whose paint is carried, too: a dab at a fraction of a px lays down means of neighbours. */
const margin = 1.5;
const tableSteps = 1024;

export interface Carrying {
  /** Share of the carried paint that is kept, 0..1. */
  readonly keeps: number;
  /** How much of the way one dab goes where it covers wholly, the share to the power of this: dabs closer together each do less. */
  readonly power: number;
  /** What may be laid down. */
  readonly within: Region;
  readonly lockAlpha: boolean;
}

/** How far a dab of a share goes with a power, 0..1, by the share in steps. */
function goingTable(power: number): Float32Array {
  return Float32Array.from({ length: tableSteps + 1 }, (_, step) => 1 - (1 - step / tableSteps) ** power);
}

/** Pixels that lie under a round brush, as a square that moves with it by fractions of a px; premultiplied. */
export class CarriedPaint {
  readonly #tiles: WorkingTiles;
  readonly #side: number;
  /** Of the first dab: the square's pixels are the document's there. */
  readonly #anchor: { readonly x: number; readonly y: number };
  readonly #pixels: Float32Array;
  /** Of every row the pixels that carry paint. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  #going = goingTable(1);
  #power = 1;
  /** Rows in hand: the document's that is taken up and that is painted, and means of neighbours along the carried ones. */
  readonly #taken: Float32Array;
  readonly #painted: Float32Array;
  #held: Float32Array;
  #heldBefore: Float32Array;
  readonly #shares: Float32Array;

  /** Of dabs up to `mostRadius` px, the first of them at a place. */
  constructor(tiles: WorkingTiles, { x, y }: Pick<Dab, 'x' | 'y'>, mostRadius: number) {
    this.#tiles = tiles;
    const reach = Math.ceil(Math.max(0.5, mostRadius) + 0.5 + margin) + 1;
    this.#side = 2 * reach + 1;
    this.#anchor = { x: x - Math.floor(x) + reach, y: y - Math.floor(y) + reach };
    this.#pixels = new Float32Array(this.#side * this.#side * 4);
    this.#from = new Int32Array(this.#side);
    this.#to = new Int32Array(this.#side);
    const row = (): Float32Array => new Float32Array((this.#side + 1) * 4);
    [this.#taken, this.#painted, this.#held, this.#heldBefore] = [row(), row(), row(), row()];
    this.#shares = new Float32Array(this.#side);
  }

  /**
   * One dab: what was carried goes down where the dab covers, what lay there is taken up. What was not carried yet is taken up as
   * it is. It goes down at fractions of a px and is taken up at whole ones, since that evens out. Row by row, from the top.
   */
  move(dab: Dab, how: Carrying): void {
    const { keeps, power } = how;
    const footprint = footprintOf(dab);
    if (power !== this.#power) this.#going = goingTable((this.#power = power));
    const [left, fx] = split(dab.x - this.#anchor.x);
    const [top, fy] = split(dab.y - this.#anchor.y);
    const [takenLeft, takenTop] = [Math.round(left + fx), Math.round(top + fy)];
    const reach = footprint.reach + margin;
    const first = Math.max(0, Math.ceil(this.#anchor.y - reach - 0.5));
    const last = Math.min(this.#side - 1, Math.floor(this.#anchor.y + reach - 0.5));
    const bottom = how.within.y + how.within.height - 1;
    for (let row = 0; row < this.#side; row++) if (row < first || row > last) this.#from[row] = this.#to[row] = 0;
    for (let row = first; row <= last; row++) {
      // The last row of all goes on below it as it was before the dab.
      if (row === first || takenTop + row <= bottom) this.#tiles.readRow(takenLeft, takenTop + row, this.#side, this.#taken);
      const [from, to] = this.#spanOf(row, reach);
      this.#takeUpNew(row, from, to);
      [this.#held, this.#heldBefore] = [this.#heldBefore, this.#held];
      this.#meanOfCarried(row, from, to, fx);
      this.#takeUp(row, from, to, 1 - keeps);
      if (keeps > 0) this.#layDown(top + row, { dab, footprint, left, fy, how });
    }
  }

  /** Carried pixels of a row that lie within a distance of the middle. */
  #spanOf(row: number, reach: number): readonly [number, number] {
    const dy = row + 0.5 - this.#anchor.y;
    const half = Math.sqrt(Math.max(0, reach * reach - dy * dy));
    return [Math.max(0, Math.ceil(this.#anchor.x - half - 0.5)), Math.min(this.#side, Math.floor(this.#anchor.x + half - 0.5) + 1)];
  }

  /** Pixels that come under the brush anew. */
  #takeUpNew(row: number, from: number, to: number): void {
    const start = row * this.#side * 4;
    const [knownFrom, knownTo] = this.#from[row] < this.#to[row] ? [this.#from[row], this.#to[row]] : [to, to];
    const copy = (begin: number, end: number): void => {
      if (begin < end) this.#pixels.set(this.#taken.subarray(begin * 4, end * 4), start + begin * 4);
    };
    copy(from, Math.min(to, knownFrom));
    copy(Math.max(from, knownTo), to);
  }

  /** Means of neighbours of the carried paint, at the document's pixels. */
  #meanOfCarried(row: number, from: number, to: number, share: number): void {
    const [pixels, held] = [this.#pixels, this.#held];
    const start = row * this.#side * 4;
    if (share === 0) held.set(pixels.subarray(start + from * 4, start + to * 4), from * 4);
    else for (let c = (from + 1) * 4; c < to * 4; c++) held[c] = pixels[start + c] + (pixels[start + c - 4] - pixels[start + c]) * share;
  }

  #takeUp(row: number, from: number, to: number, share: number): void {
    const [pixels, taken] = [this.#pixels, this.#taken];
    const start = row * this.#side * 4;
    if (share > 0) {
      const end = Math.min(to, this.#to[row]) * 4;
      for (let c = Math.max(from, this.#from[row]) * 4; c < end; c++) pixels[start + c] += (taken[c] - pixels[start + c]) * share;
    }
    this.#from[row] = from;
    this.#to[row] = to;
  }

  #layDown(y: number, { dab, footprint, left, fy, how: { keeps, within, lockAlpha } }: Laying): void {
    const dy = y + 0.5 - dab.y;
    if (y < within.y || y >= within.y + within.height || Math.abs(dy) >= footprint.reach) return;
    const half = Math.sqrt(footprint.reach ** 2 - dy * dy);
    const x = Math.max(within.x, Math.ceil(dab.x - half - 0.5));
    const count = Math.min(within.x + within.width, Math.floor(dab.x + half - 0.5) + 1) - x;
    if (count <= 0) return;
    footprint.row(x, y, count, this.#shares);
    this.#tiles.readRow(x, y, count, this.#painted);
    const [painted, held, above, shares, going] = [this.#painted, this.#held, this.#heldBefore, this.#shares, this.#going];
    for (let i = 0, at = 0, from = (x - left) * 4; i < count; i++, at += 4, from += 4) {
      const goes = going[(shares[i] * tableSteps + 0.5) | 0] * keeps;
      if (goes === 0) continue;
      const alpha = painted[at + 3];
      painted[at] += (held[from] + (above[from] - held[from]) * fy - painted[at]) * goes;
      painted[at + 1] += (held[from + 1] + (above[from + 1] - held[from + 1]) * fy - painted[at + 1]) * goes;
      painted[at + 2] += (held[from + 2] + (above[from + 2] - held[from + 2]) * fy - painted[at + 2]) * goes;
      painted[at + 3] += (held[from + 3] + (above[from + 3] - held[from + 3]) * fy - painted[at + 3]) * goes;
      if (lockAlpha && painted[at + 3] !== alpha) relight(painted, at, alpha);
    }
    this.#tiles.writeRow(x, y, count, painted);
  }
}

/** A premultiplied pixel of the same colour at another alpha. */
function relight(pixels: Float32Array, at: number, alpha: number): void {
  const scale = pixels[at + 3] > 0 ? alpha / pixels[at + 3] : 0;
  for (let c = at; c < at + 3; c++) pixels[c] *= scale;
  pixels[at + 3] = alpha;
}

/** One dab as it is laid down: the place of the square's first pixel, and how far the dab lies beneath whole px. */
interface Laying {
  readonly dab: Dab;
  readonly footprint: Footprint;
  readonly left: number;
  readonly fy: number;
  readonly how: Carrying;
}

/** A whole number and what is left, 0 to less than 1; a hair's breadth is nothing. */
function split(value: number): readonly [number, number] {
  const rounded = Math.round(value);
  if (Math.abs(value - rounded) < 1e-4) return [rounded, 0];
  const whole = Math.floor(value);
  return [whole, value - whole];
}
