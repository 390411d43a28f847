// The outermost stripe of one side of a picture: of an even colour, or ending in a line.
import type { Region } from '../../../contract/image.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** A side is looked into up to this share of the picture per stripe. */
const deepest = 0.22;
/** Within this distance of the stripe's colour (largest of three channels, in [0,1]) a sample belongs to it. */
const [leastTolerance, mostTolerance] = [0.03, 0.11];
/** Share of samples of its colour that a stripe has up to its inner edge, and by how much it falls there. */
const [within, fall] = [0.85, 0.5];
/** A line of writing in a stripe is at most this high, as a share of the picture. */
const writing = 0.04;
/** Rows over which the fall may be spread: a frame that hangs a little askew. */
const edgeShare = 0.008;
/** A line of a carved frame: this contrast (mean of channels, in [0,1]) along this share of the side. */
const [lineContrast, straight] = [0.06, 0.8];

export type Side = 'top' | 'bottom' | 'left' | 'right';

export interface Stripe {
  readonly depth: number;
  /** Spread of its samples about the colour, in [0,1]. */
  readonly spread: number;
}

/** A side's samples: `row` counts from the edge inwards, `at` along it. */
export interface View {
  readonly rows: number;
  readonly length: number;
  sample(row: number, at: number, channel: number): number;
}

/** The samples of planes [1,3,H,W] within `inner`, seen from one of its sides. */
export function viewFrom({ data, shape }: Tensor, inner: Region, side: Side): View {
  const [, , height = 0, width = 0] = shape;
  const plane = height * width;
  const right = inner.x + inner.width - 1;
  const bottom = inner.y + inner.height - 1;
  switch (side) {
    case 'top':
      return { rows: inner.height, length: inner.width, sample: (row, at, c) => data[c * plane + (inner.y + row) * width + inner.x + at]! };
    case 'bottom':
      return { rows: inner.height, length: inner.width, sample: (row, at, c) => data[c * plane + (bottom - row) * width + inner.x + at]! };
    case 'left':
      return { rows: inner.width, length: inner.height, sample: (row, at, c) => data[c * plane + (inner.y + at) * width + inner.x + row]! };
    case 'right':
      return { rows: inner.width, length: inner.height, sample: (row, at, c) => data[c * plane + (inner.y + at) * width + right - row]! };
  }
}

/** Where a side is looked at: its ends may belong to the neighbouring sides' borders. */
function spanOf({ length }: View): readonly [number, number] {
  const end = Math.round(0.2 * length);
  return [end, length - end];
}

/** The outermost stripe of a side, of one smooth colour, where it ends in a line along the whole side. */
export function evenStripe(view: View): Stripe | undefined {
  const { shares, spread } = evenShares(view);
  const most = Math.min(shares.length - 1, Math.floor(deepest * view.rows));
  const edge = edgeOf(view);
  let last = -1;
  for (let row = 0; row < most; row++) {
    if (shares[row]! >= within) last = row;
    else if (row - last > Math.max(edge, writing * view.rows)) break;
  }
  if (last < 1) return undefined;
  const beyond = shares.slice(last + 1 + Math.floor(edge / 2), last + 2 + edge);
  if (beyond.length === 0 || Math.max(...beyond) > within - fall) return undefined;
  let depth = last + 1;
  while (depth < last + 1 + edge && (shares[depth] ?? 0) > within - fall) depth++; // rows the line crosses
  return { depth, spread };
}

/** True where a side is of one smooth colour down to a depth. */
export function isEvenTo(view: View, depth: number): boolean {
  const { shares } = evenShares(view);
  return shares.slice(0, depth).every((share) => share >= within - 0.1);
}

function edgeOf({ rows }: View): number {
  return Math.max(2, Math.round(edgeShare * rows));
}

function evenShares(view: View): { readonly shares: readonly number[]; readonly spread: number } {
  const span = spanOf(view);
  if (view.rows < 16 || view.length < 16) return { shares: [], spread: Infinity };
  const colour = colourAlong(view, span);
  const tolerance = Math.min(mostTolerance, Math.max(leastTolerance, 3 * colour.spread));
  const offset = [0, 0, 0];
  const rows = Math.floor(deepest * view.rows) + 2 * edgeOf(view);
  const shares = range(0, rows).map((row) => shareOf(view, row, span, colour, offset, tolerance));
  // the outermost row may be mixed with what was cut off, or with the stripe before
  if (shares[1]! >= within) shares[0] = 1;
  return { shares, spread: colour.spread };
}

/** The outermost line along a whole side: the lip of a carved frame, its shadow. */
export function linedStripe(view: View): Stripe | undefined {
  const [from, to] = spanOf(view);
  const most = Math.floor(deepest * view.rows);
  const shares = range(0, most).map((row) => (row < 3 ? 0 : lineShare(view, row, from, to)));
  const depth = shares.findIndex((share, row) => share >= straight && share >= Math.max(...shares.slice(row, row + 3)));
  return depth < 0 ? undefined : { depth, spread: Infinity };
}

/** Share of places along a row at which the picture gets darker across it, or lighter, whichever is more. */
function lineShare(view: View, row: number, from: number, to: number): number {
  let [darker, lighter] = [0, 0];
  for (let at = from; at < to; at++) {
    let change = 0;
    for (let c = 0; c < 3; c++) change += view.sample(row, at, c) + view.sample(row + 1, at, c) - view.sample(row - 1, at, c) - view.sample(row - 2, at, c);
    if (change / 6 > lineContrast) lighter += 1;
    if (change / 6 < -lineContrast) darker += 1;
  }
  return Math.max(darker, lighter) / (to - from);
}

interface StripeColour {
  /** Colour along the side, per channel. */
  readonly along: readonly Float32Array[];
  /** Typical distance of a sample from it, in [0,1]. */
  readonly spread: number;
}

/** Parts of a side whose medians make its colour: a wall may be lighter on one end. */
const parts = 6;

/** The smooth colour of a side's outermost rows. */
function colourAlong(view: View, [from, to]: readonly [number, number]): StripeColour {
  const rows = [1, 2, 3];
  const step = (to - from) / parts;
  const along = [0, 1, 2].map((channel) => {
    const medians = Array.from({ length: parts }, (_, part) => {
      const places = range(Math.round(from + part * step), Math.round(from + (part + 1) * step));
      return medianOf(rows.flatMap((row) => places.map((at) => view.sample(row, at, channel))));
    });
    return Float32Array.from({ length: view.length }, (_, at) => between(medians, (at + 0.5 - from) / step - 0.5));
  });
  const away = rows.flatMap((row) => range(from, to).map((at) => distance(view, row, at, along, [0, 0, 0])));
  return { along, spread: 1.5 * medianOf(away) };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function between(values: readonly number[], place: number): number {
  const low = Math.min(values.length - 2, Math.max(0, Math.floor(place)));
  const share = Math.min(1, Math.max(0, place - low));
  return values[low]! * (1 - share) + values[low + 1]! * share;
}

/** The upper median; sorts in place. */
export function medianOf(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function distance(view: View, row: number, at: number, along: readonly Float32Array[], offset: readonly number[]): number {
  let most = 0;
  for (let c = 0; c < 3; c++) most = Math.max(most, Math.abs(view.sample(row, at, c) - along[c]![at]! - offset[c]!));
  return most;
}

/** Share of a row that has the stripe's colour. `offset`, its slow change inwards, follows it. */
function shareOf(view: View, row: number, [from, to]: readonly [number, number], { along }: StripeColour, offset: number[], tolerance: number): number {
  let count = 0;
  const drift = [0, 0, 0];
  for (let at = from; at < to; at++) {
    if (distance(view, row, at, along, offset) > tolerance) continue;
    count += 1;
    for (let c = 0; c < 3; c++) drift[c] = drift[c]! + view.sample(row, at, c) - along[c]![at]! - offset[c]!;
  }
  const share = count / (to - from);
  if (share >= within) drift.forEach((sum, c) => (offset[c] = offset[c]! + (0.5 * sum) / count));
  return share;
}
