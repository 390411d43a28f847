// What greys are broken into: the marks that painters lay colours side by side with.
import type { MarkKind } from '../../contract/style.ts';

/** How marks of a kind lie and what they do to the colours beneath. Lengths in px of the pass, colours in [0,1] sRGB-encoded. */
export interface Marks {
  /** Laid at random, so many to a square of this side. */
  readonly cellPx: number;
  readonly perCell: number;
  /** Half of a mark's length and breadth. */
  readonly halfLength: number;
  readonly halfBreadth: number;
  readonly ends: 'round' | 'square';
  /** Deviation in rad by which each strays from a direction that turns slowly over the picture. */
  readonly stray: number;
  /** The painting's deviations of hue are raised so many times, and not beyond this deviation: networks take back a part. */
  readonly gain: number;
  readonly mostDeviation: number;
  /** Deviation of luma: a share of the raised deviation of hue, and a part that is there without hues. */
  readonly lumaShare: number;
  readonly luma: number;
  /** Red less blue from which on colours stay as they are, more and more: skin, wood and flowers have their hue. */
  readonly greyUpTo: number;
  /** Of a mark on black, and how fast it gets its whole colour with luma; next to white it loses it over so much, and white stays. */
  readonly onBlack: number;
  readonly withLuma: number;
  readonly nextToWhite: number;
}

const strokes: Marks = {
  cellPx: 24,
  perCell: 2,
  halfLength: 26,
  halfBreadth: 8.7,
  ends: 'round',
  stray: 0.35,
  gain: 1.8,
  mostDeviation: 0.12,
  lumaShare: 0.3,
  luma: 0,
  greyUpTo: 0.25,
  onBlack: 0.3,
  withLuma: 1.4,
  nextToWhite: 0.12,
};

/** Why these, by eye and blind: docs/decisions.md. */
export const marksOf: Readonly<Record<MarkKind, Marks>> = {
  strokes,
  brushwork: { ...strokes, cellPx: 20, halfLength: 34, halfBreadth: 6, stray: 0.2, lumaShare: 0.9 },
  facets: { ...strokes, cellPx: 48, halfLength: 60, halfBreadth: 22, ends: 'square', stray: 0.8, lumaShare: 1, nextToWhite: 0.05 },
  dots: { ...strokes, cellPx: 15, perCell: 3, halfLength: 8, halfBreadth: 8, gain: 3, mostDeviation: 0.18, lumaShare: 0.1, greyUpTo: 0.5, onBlack: 1, nextToWhite: 0.03 },
  hatching: { ...strokes, cellPx: 9, perCell: 1, halfLength: 22, halfBreadth: 1.5, stray: 0.15, lumaShare: 0, luma: 0.16, onBlack: 0.2, nextToWhite: 0.3 },
};
