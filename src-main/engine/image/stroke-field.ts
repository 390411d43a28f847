// Marks laid over a picture at random: which lies on top at each place, and three chances of each, functions of seed and place alone.
import type { Region } from '../../contract/image.ts';
import { hash32 } from '../tensor/random.ts';
import type { Marks } from './marks.ts';
import type { MassReader } from './masses.ts';

/** How marks lie, of all that they are. */
export type MarksShape = Pick<Marks, 'cellPx' | 'perCell' | 'halfLength' | 'halfBreadth' | 'ends' | 'stray'>;

/** Direction turns slowly over the picture, in px and rad. */
const [turnPx, turnMost] = [128, 1.4];

/** Strokes over a region of the frame. */
export interface StrokeField {
  readonly width: number;
  /** Which stroke lies on top, by pixel. */
  readonly strokes: Int32Array;
  /** Three chances for each stroke, of deviation 1; nought for the one that stands for none. */
  readonly chances: Float32Array;
  /** Where the middle of each lies on the frame, x and y in px. */
  readonly middles: Float32Array;
}

interface Stroke {
  readonly rank: number;
  readonly x: number;
  readonly y: number;
  readonly cosine: number;
  readonly sine: number;
  readonly chances: readonly number[];
}

/** A field over one of the squares in which fields are kept; of its hundreds of strokes 0 stands for none. */
interface Block {
  readonly strokes: Uint16Array;
  readonly chances: Float32Array;
  readonly middles: Float32Array;
}

/** Side in px of the blocks in which fields are kept, and how many: a pen goes over the same places, and windows share their edges. */
const [blockPx, mostBlocks] = [256, 256];

/** Marks over regions of one frame, by their shape and seed; along its forms where masses tell them. */
export function strokeField(shape: MarksShape, seed: number, masses?: MassReader): (region: Region) => StrokeField {
  const blocks = new Map<string, Block>();
  const blockAt = (row: number, column: number): Block => {
    const key = `${row},${column}`;
    const block = blocks.get(key) ?? strokesOver({ x: column * blockPx, y: row * blockPx, width: blockPx, height: blockPx }, shape, seed, masses);
    blocks.delete(key);
    blocks.set(key, block); // the latest last
    if (blocks.size > mostBlocks) blocks.delete(blocks.keys().next().value!);
    return block;
  };
  return (region) => joined(region, blockAt);
}

/** The blocks that a region lies in, put together. */
function joined(region: Region, blockAt: (row: number, column: number) => Block): StrokeField {
  const { x, y, width, height } = region;
  const strokes = new Int32Array(width * height);
  const found: Block[] = [];
  let count = 0;
  for (let row = Math.floor(y / blockPx); row * blockPx < y + height; row++) {
    for (let column = Math.floor(x / blockPx); column * blockPx < x + width; column++) {
      const block = blockAt(row, column);
      placeBlock(strokes, region, block, { x: column * blockPx, y: row * blockPx }, count);
      found.push(block);
      count += block.chances.length / 3;
    }
  }
  const [chances, middles] = [new Float32Array(3 * count), new Float32Array(2 * count)];
  let at = 0;
  for (const block of found) {
    chances.set(block.chances, 3 * at);
    middles.set(block.middles, 2 * at);
    at += block.chances.length / 3;
  }
  return { width, strokes, chances, middles };
}

/** Copies what of a block lies in a region, its strokes numbered on from `first`. */
function placeBlock(strokes: Int32Array, { x, y, width, height }: Region, block: Block, place: { readonly x: number; readonly y: number }, first: number): void {
  const [left, right] = [Math.max(x, place.x), Math.min(x + width, place.x + blockPx)];
  for (let row = Math.max(y, place.y); row < Math.min(y + height, place.y + blockPx); row++) {
    const [from, to] = [(row - place.y) * blockPx - place.x, (row - y) * width - x];
    for (let column = left; column < right; column++) strokes[to + column] = block.strokes[from + column]! + first;
  }
}

/** Marks over one another by chance (dead leaves, Matheron 1968); each is a function of seed and place. */
function strokesOver(region: Region, shape: MarksShape, seed: number, masses: MassReader | undefined): Block {
  const { cellPx, perCell, halfLength, halfBreadth } = shape;
  const found: Stroke[] = [];
  const reach = Math.hypot(halfLength, halfBreadth);
  const cellsOf = (from: number, length: number): [number, number] => [Math.floor((from - reach) / cellPx), Math.floor((from + length + reach) / cellPx)];
  const [[left, right], [top, bottom]] = [cellsOf(region.x, region.width), cellsOf(region.y, region.height)];
  for (let row = top; row <= bottom; row++) for (let column = left; column <= right; column++) for (let one = 0; one < perCell; one++) found.push(strokeAt(shape, seed, masses, { row, column, one }));
  found.sort((a, b) => a.rank - b.rank);
  const strokes = new Uint16Array(region.width * region.height);
  const [chances, middles] = [new Float32Array(3 * (found.length + 1)), new Float32Array(2 * (found.length + 1))];
  found.forEach((stroke, index) => {
    for (let which = 0; which < 3; which++) chances[3 * (index + 1) + which] = stroke.chances[which]!;
    middles.set([stroke.x, stroke.y], 2 * (index + 1));
    layStroke(strokes, region, stroke, shape, index + 1);
  });
  return { strokes, chances, middles };
}

function strokeAt({ cellPx, stray }: MarksShape, seed: number, masses: MassReader | undefined, { row, column, one }: { readonly row: number; readonly column: number; readonly one: number }): Stroke {
  const own = hash32(seed, row, column, one);
  const chance = (which: number): number => hash32(own, which) / 2 ** 32;
  // of four uniform ones, scaled to deviation 1
  const normal = (which: number): number => (chance(which) + chance(which + 1) + chance(which + 2) + chance(which + 3) - 2) * Math.sqrt(3);
  const [x, y] = [(column + chance(1)) * cellPx, (row + chance(2)) * cellPx];
  const turned = directionAt(seed, x, y);
  const angle = (masses ? masses.alongForms(turned, x, y) : turned) + stray * normal(4);
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

/** Writes the number of a mark where it lies: of each row what is between its long sides and ends, or within one of its round ends. */
function layStroke(strokes: Uint16Array, { x: left, y: top, width, height }: Region, { x, y, cosine, sine }: Stroke, { halfLength, halfBreadth, ends }: MarksShape, number: number): void {
  const isRound = ends === 'round';
  const straight = isRound ? halfLength - halfBreadth : halfLength;
  const [toEndX, toEndY] = [cosine * straight, sine * straight];
  const tall = Math.abs(toEndY) + halfBreadth;
  const [first, last] = [Math.max(top, Math.ceil(y - tall)), Math.min(top + height - 1, Math.floor(y + tall))];
  for (let row = first; row <= last; row++) {
    const down = row - y;
    const [alongFrom, alongTo] = spanOf(cosine, sine * down, straight);
    const [acrossFrom, acrossTo] = spanOf(-sine, cosine * down, halfBreadth);
    let [from, to] = [Math.max(alongFrom, acrossFrom), Math.min(alongTo, acrossTo)];
    if (from > to) [from, to] = [Infinity, -Infinity];
    for (let side = -1; isRound && side <= 1; side += 2) {
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
