// What is selected of a document: soft shapes, put together, feathered, turned around.
import { tileSidePx } from '../contract/document.ts';
import type { Region } from '../contract/image.ts';
import type { CoverageOf } from './coverage.ts';
import { fillOutlines, type Outline } from './polygon.ts';
import { grownBy, overlapOf, unionOf, emptyRegion, wholeRegion } from './region.ts';
import { placesIn } from './tiles.ts';

/** Grey tiles (0..255) by place on the grid that starts at (0, 0); an absent one is not selected. Immutable. */
export interface Selection {
  readonly tiles: ReadonlyMap<string, Uint8Array>;
}

export type SelectionMode = 'replace' | 'add' | 'subtract' | 'intersect';

export const nothingSelected: Selection = { tiles: new Map() };

const grid = { x: 0, y: 0 };
const tilePx = tileSidePx * tileSidePx;
/** Shared by all tiles that are selected wholly; never written to. */
const fullTile = new Uint8Array(tilePx).fill(255);
const emptyTile = new Uint8Array(tilePx);

/** A rectangle of real corners; edges between pixels are soft. */
export function selectRectangle(left: number, top: number, right: number, bottom: number, within: Region): Selection {
  return selectOutline([[left, top], [right, top], [right, bottom], [left, bottom]], within);
}

/** The ellipse inside a rectangle. */
export function selectEllipse(left: number, top: number, right: number, bottom: number, within: Region): Selection {
  const [rx, ry] = [Math.abs(right - left) / 2, Math.abs(bottom - top) / 2];
  // a polygon that strays from the ellipse by less than 1/100 px
  const corners = Math.max(8, Math.ceil(Math.PI / Math.acos(1 - Math.min(0.5, 0.01 / Math.max(rx, ry, 0.01)))));
  const outline = Array.from({ length: corners }, (_, index): [number, number] => {
    const angle = (2 * Math.PI * index) / corners;
    return [(left + right) / 2 + rx * Math.cos(angle), (top + bottom) / 2 + ry * Math.sin(angle)];
  });
  return selectOutline(outline, within);
}

/** A closed outline by hand (lasso); where it winds around twice it is selected as well. */
export function selectOutline(outline: Outline, within: Region): Selection {
  if (outline.length < 3) return nothingSelected;
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)];
  const bounds = overlapOf(wholeRegion(least(xs), least(ys), -least(xs.map((x) => -x)), -least(ys.map((y) => -y))), within);
  return selectionOf(bounds, (region) => fillOutlines([outline], region));
}

/** A selection from grey values (0..255) of any region inside `bounds`; asked for in rows of tiles. */
export function selectionOf(bounds: Region, read: (region: Region) => Uint8Array): Selection {
  const tiles = new Map<string, Uint8Array>();
  let band: Region = emptyRegion;
  let grey: Uint8Array = emptyTile;
  for (const { place, region: covers } of placesIn(grid, bounds)) {
    const part = overlapOf(covers, bounds);
    if (part.y !== band.y || band === emptyRegion) grey = read((band = { ...bounds, y: part.y, height: part.height }));
    const tile = new Uint8Array(tilePx);
    for (let row = 0; row < part.height; row++) {
      const from = row * band.width + part.x - band.x;
      tile.set(grey.subarray(from, from + part.width), (part.y - covers.y + row) * tileSidePx + part.x - covers.x);
    }
    keep(tiles, place, tile);
  }
  return { tiles };
}

/** Grey values (0..255) of a region, row by row. */
export function readSelection({ tiles }: Selection, region: Region): Uint8Array {
  const read = new Uint8Array(region.width * region.height);
  for (const { place, region: covers } of placesIn(grid, region)) {
    const tile = tiles.get(place);
    if (!tile) continue;
    const part = overlapOf(covers, region);
    for (let y = part.y; y < part.y + part.height; y++) {
      const from = (y - covers.y) * tileSidePx + part.x - covers.x;
      read.set(tile.subarray(from, from + part.width), (y - region.y) * region.width + part.x - region.x);
    }
  }
  return read;
}

/** The selection as coverage, to paint within or to fill; nothing selected covers nothing. */
export function selectionCoverage(selection: Selection): CoverageOf {
  return (region) => {
    if (!placesIn(grid, region).some(({ place }) => selection.tiles.has(place))) return undefined;
    return Float32Array.from(readSelection(selection, region), (value) => value / 255);
  };
}

/** Both selections as one: the larger value (add), the smaller one (intersect), the first where the second is not (subtract). */
export function combineSelections(first: Selection, second: Selection, mode: SelectionMode): Selection {
  if (mode === 'replace') return second;
  const tiles = new Map<string, Uint8Array>();
  for (const place of new Set([...first.tiles.keys(), ...second.tiles.keys()])) {
    const [a, b] = [first.tiles.get(place) ?? emptyTile, second.tiles.get(place) ?? emptyTile];
    if (mode === 'add') keep(tiles, place, a.map((value, i) => Math.max(value, b[i])));
    else if (mode === 'intersect') keep(tiles, place, a.map((value, i) => Math.min(value, b[i])));
    else keep(tiles, place, a.map((value, i) => Math.min(value, 255 - b[i])));
  }
  return { tiles };
}

/** What is not selected of a region, e.g. the document. */
export function invertSelection(selection: Selection, within: Region): Selection {
  return selectionOf(within, (region) => readSelection(selection, region).map((value) => 255 - value));
}

/** A selection with edges softened over about `radiusPx` to both sides, within a region: three box blurs, nearly a Gaussian. */
export function featherSelection(selection: Selection, radiusPx: number, within: Region): Selection {
  const radius = Math.max(0, Math.round(radiusPx / 2));
  if (radius === 0) return selection;
  const reach = radius * 3;
  const bounds = overlapOf(grownBy(selectionRegion(selection), reach), within);
  return selectionOf(bounds, (region) => {
    const wide = grownBy(region, reach);
    const blurred = blurThrice(readSelection(selection, wide), wide, radius);
    const cut = new Uint8Array(region.width * region.height);
    for (let row = 0; row < region.height; row++) {
      const from = (row + reach) * wide.width + reach;
      for (let column = 0; column < region.width; column++) cut[row * region.width + column] = Math.round(blurred[from + column]);
    }
    return cut;
  });
}

/** The smallest region that holds everything selected; empty where nothing is. */
export function selectionRegion({ tiles }: Selection): Region {
  let all = emptyRegion;
  for (const [place, tile] of tiles) {
    const [column, row] = place.split(',').map(Number);
    all = unionOf(all, tile === fullTile ? tileRegion(column, row, 0, 0, tileSidePx - 1, tileSidePx - 1) : selectedIn(tile, column, row));
  }
  return all;
}

function selectedIn(tile: Uint8Array, column: number, row: number): Region {
  let [left, top, right, bottom] = [tileSidePx, tileSidePx, -1, -1];
  for (let i = 0; i < tilePx; i++) {
    if (tile[i] === 0) continue;
    const [x, y] = [i % tileSidePx, (i / tileSidePx) | 0];
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    bottom = y;
  }
  return tileRegion(column, row, left, top, right, bottom);
}

function tileRegion(column: number, row: number, left: number, top: number, right: number, bottom: number): Region {
  return { x: column * tileSidePx + left, y: row * tileSidePx + top, width: right - left + 1, height: bottom - top + 1 };
}

function keep(tiles: Map<string, Uint8Array>, place: string, tile: Uint8Array): void {
  if (tile.every((value) => value === 255)) tiles.set(place, fullTile);
  else if (tile.some((value) => value !== 0)) tiles.set(place, tile);
}

/** Values at the border of the region are wrong by what lies outside; the caller cuts them off. */
function blurThrice(grey: Uint8Array, { width, height }: Region, radius: number): Float64Array {
  const values = Float64Array.from(grey);
  for (let pass = 0; pass < 3; pass++) {
    for (let y = 0; y < height; y++) blurLine(values, y * width, 1, width, radius);
    for (let x = 0; x < width; x++) blurLine(values, x, width, height, radius);
  }
  return values;
}

/** Means of 2·radius + 1 values along a line; each depends on its neighbours alone. */
function blurLine(values: Float64Array, start: number, step: number, count: number, radius: number): void {
  const sums = new Float64Array(count + 1);
  // multiples of 2^-20 stay exact in sums, wherever a line starts
  for (let i = 0; i < count; i++) sums[i + 1] = sums[i] + Math.round(values[start + i * step] * 2 ** 20);
  for (let i = 0; i < count; i++) {
    const [from, to] = [Math.max(0, i - radius), Math.min(count, i + radius + 1)];
    values[start + i * step] = (sums[to] - sums[from]) / (2 * radius + 1) / 2 ** 20;
  }
}

function least(values: readonly number[]): number {
  return values.reduce((smallest, value) => Math.min(smallest, value), Infinity);
}
