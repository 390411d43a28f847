// Which pixels are of the colour at a point: neighbours only, or everywhere.
import type { PixelBuffer, Region } from '../contract/image.ts';
import { overlapOf } from './region.ts';
import { nothingSelected, selectionOf, type Selection } from './selection.ts';
import { placesIn } from './tiles.ts';

export interface FloodFillRequest {
  /** Nothing outside is looked at, e.g. the document. */
  readonly within: Region;
  /** A pixel of the document. */
  readonly x: number;
  readonly y: number;
  /** Largest difference of any channel, 0..1; wholly see-through pixels are all alike. */
  readonly tolerance: number;
  /** Only pixels that hang together with the first by their sides. */
  readonly contiguous: boolean;
  /** Straight RGBA of 8 or 16 bit; asked for tile by tile, each once. */
  readonly read: (region: Region) => PixelBuffer | Promise<PixelBuffer>;
  /** Asked between tiles; throws what shall end the search. */
  readonly check?: () => void;
}

/** Selects the pixels like the one at a point; nothing where it lies outside. Edges are hard. */
export async function floodFill(request: FloodFillRequest): Promise<Selection> {
  const { within, x, y } = request;
  const first = { x: Math.floor(x), y: Math.floor(y), width: 1, height: 1 };
  if (overlapOf(first, within).width === 0) return nothingSelected;
  const like = likenessOf(await request.read(first), request.tolerance);
  const tiles = new Map<string, Tile>();
  const tileAt = async (place: string, region: Region): Promise<Tile> => {
    const known = tiles.get(place);
    if (known) return known;
    request.check?.();
    const part = overlapOf(region, within);
    const tile: Tile = { part, alike: like(await request.read(part)), marked: new Uint8Array(part.width * part.height) };
    tiles.set(place, tile);
    return tile;
  };
  if (request.contiguous) await spread(first, tileAt, within);
  else for (const { place, region } of placesIn(grid, within)) markAll(await tileAt(place, region));
  return marked(tiles);
}

interface Tile {
  readonly part: Region;
  /** 255 where the colour fits. */
  readonly alike: Uint8Array;
  readonly marked: Uint8Array;
}

const grid = { x: 0, y: 0 };

function markAll({ marked: all, alike }: Tile): void {
  all.set(alike);
}

/** Marks tile by tile: seeds wait at the tiles they lie in, and a tile hands seeds to its neighbours across its sides. */
async function spread(first: Region, tileAt: (place: string, region: Region) => Promise<Tile>, within: Region): Promise<void> {
  const waiting = new Map<string, { region: Region; seeds: number[] }>();
  const put = (x: number, y: number): void => {
    if (overlapOf({ x, y, width: 1, height: 1 }, within).width === 0) return;
    const [{ place, region }] = placesIn(grid, { x, y, width: 1, height: 1 });
    const entry = waiting.get(place) ?? { region, seeds: [] };
    entry.seeds.push(x, y);
    waiting.set(place, entry);
  };
  put(first.x, first.y);
  for (;;) {
    const [next] = waiting;
    if (!next) return;
    const [place, { region, seeds }] = next;
    waiting.delete(place);
    markTile(await tileAt(place, region), seeds, put);
  }
}

function markTile({ part, alike, marked: done }: Tile, seeds: readonly number[], put: (x: number, y: number) => void): void {
  const stack: number[] = [];
  const visit = (index: number): void => {
    if (alike[index] === 0 || done[index] !== 0) return;
    done[index] = 255;
    stack.push(index);
  };
  for (let i = 0; i < seeds.length; i += 2) visit((seeds[i + 1] - part.y) * part.width + seeds[i] - part.x);
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    const column = index % part.width;
    const row = (index / part.width) | 0;
    if (column > 0) visit(index - 1);
    else put(part.x - 1, part.y + row);
    if (column < part.width - 1) visit(index + 1);
    else put(part.x + part.width, part.y + row);
    if (row > 0) visit(index - part.width);
    else put(part.x + column, part.y - 1);
    if (row < part.height - 1) visit(index + part.width);
    else put(part.x + column, part.y + part.height);
  }
}

function marked(tiles: ReadonlyMap<string, Tile>): Selection {
  const selected = new Map<string, Uint8Array>();
  for (const [place, { part, marked: grey }] of tiles) {
    const found = selectionOf(part, () => grey).tiles.get(place);
    if (found) selected.set(place, found);
  }
  return { tiles: selected };
}

/** A test of pixels against the first one's. */
function likenessOf(seed: PixelBuffer, tolerance: number): (pixels: PixelBuffer) => Uint8Array {
  const most = seed.depth === 8 ? 255 : 65535;
  const [r, g, b, a] = seed.data;
  // half a step more, so that a tolerance in steps includes its own bound
  const limit = tolerance * most + 0.5;
  return ({ data }) => {
    const alike = new Uint8Array(data.length / 4);
    for (let i = 0; i < alike.length; i++) {
      const at = i * 4;
      const seeThrough = a === 0 && data[at + 3] === 0;
      const differs = Math.abs(data[at + 3] - a) > limit || Math.abs(data[at] - r) > limit || Math.abs(data[at + 1] - g) > limit || Math.abs(data[at + 2] - b) > limit;
      alike[i] = seeThrough || !differs ? 255 : 0;
    }
    return alike;
  };
}
