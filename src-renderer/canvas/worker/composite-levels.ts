// The composited picture as canvases: tiles of 256 px at full size, and each level above at half the one below.
import { tileSidePx } from '../../../src-main/contract/document.ts';
import type { Extent, Region } from '../../../src-main/contract/image.ts';
import { isEmpty, overlapOf, unionOf } from '../../../src-main/raster/region.ts';

interface LevelTile {
  readonly canvas: OffscreenCanvas;
  readonly context: OffscreenCanvasRenderingContext2D;
  usedAt: number;
}

/** A part of a canvas that shows a tile, from its own level or a coarser one. */
export interface TileSource {
  readonly canvas: OffscreenCanvas;
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

export interface CompositeLevels {
  readonly columns: number;
  readonly rows: number;
  /** Level whose tiles cover everything with one tile. */
  readonly topLevel: number;
  has(level: number, column: number, row: number): boolean;
  /** What there is to show a tile with; coarser where its own pixels are not there. */
  source(level: number, column: number, row: number): TileSource | undefined;
  /** Puts pixels that lie inside one tile of a level at (x, y) of the level. Those of level 0 are halved upwards when a coarser level is asked for. */
  put(pixels: ImageData, x: number, y: number, level?: number): void;
  /** Halves upwards what was put. */
  halve(): void;
  /** Drops tiles of full size, least recently used first, down to a count. */
  trim(mostTiles: number): void;
}

export function createCompositeLevels({ width, height }: Extent): CompositeLevels {
  const columns = Math.ceil(width / tileSidePx);
  const rows = Math.ceil(height / tileSidePx);
  const topLevel = Math.max(0, Math.ceil(Math.log2(Math.max(columns, rows))));
  const levels: Map<number, LevelTile>[] = Array.from({ length: topLevel + 1 }, () => new Map<number, LevelTile>());
  /** Parts of tiles of level 0, in px of the tile, that the levels above do not show yet. */
  const unhalved = new Map<number, Region>();
  let clock = 0;

  const key = (column: number, row: number): number => row * columns + column;

  function tileAt(level: number, column: number, row: number): LevelTile | undefined {
    const tile = levels[level]?.get(key(column, row));
    if (tile) tile.usedAt = ++clock;
    return tile;
  }

  function ownTile(level: number, column: number, row: number): LevelTile {
    const found = tileAt(level, column, row);
    if (found) return found;
    const canvas = new OffscreenCanvas(tileSidePx, tileSidePx);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('This browser has no canvas in workers.');
    const made = { canvas, context, usedAt: ++clock };
    levels[level]?.set(key(column, row), made);
    return made;
  }

  /** Halves a part of one tile into its parent; `part` in px of the tile, on even borders. */
  function halveTile(level: number, column: number, row: number, part: Region): Region {
    const below = ownTile(level, column, row);
    const { context } = ownTile(level + 1, column >> 1, row >> 1);
    const [x, y] = [(column & 1) * (tileSidePx / 2) + part.x / 2, (row & 1) * (tileSidePx / 2) + part.y / 2];
    const target = { x, y, width: part.width / 2, height: part.height / 2 };
    context.imageSmoothingEnabled = true;
    context.clearRect(target.x, target.y, target.width, target.height);
    context.drawImage(below.canvas, part.x, part.y, part.width, part.height, target.x, target.y, target.width, target.height);
    return target;
  }

  function halve(): void {
    if (unhalved.size === 0) return;
    let parts = [...unhalved].map(([index, part]) => ({ column: index % columns, row: Math.floor(index / columns), part }));
    unhalved.clear();
    // Level by level: a canvas that is drawn from and then drawn onto is copied.
    for (let level = 0; level < topLevel; level++) {
      parts = parts.map(({ column, row, part }) => ({ column: column >> 1, row: row >> 1, part: halveTile(level, column, row, evened(part)) }));
    }
  }

  return {
    columns,
    rows,
    topLevel,
    halve,
    has: (level, column, row) => {
      if (level > 0) halve();
      return levels[level]?.has(key(column, row)) ?? false;
    },
    source: (level, column, row) => {
      for (let up = 0; level + up <= topLevel; up++) {
        if (level + up > 0) halve();
        const tile = tileAt(level + up, column >> up, row >> up);
        if (!tile) continue;
        const side = tileSidePx / 2 ** up;
        const within = 2 ** up - 1;
        return { canvas: tile.canvas, x: (column & within) * side, y: (row & within) * side, side };
      }
      return undefined;
    },
    put: (pixels, x, y, level = 0) => {
      if (level > 0) halve(); // Else what was put before would come over it.
      const [column, row] = [Math.floor(x / tileSidePx), Math.floor(y / tileSidePx)];
      const at = { x: x - column * tileSidePx, y: y - row * tileSidePx };
      ownTile(level, column, row).context.putImageData(pixels, at.x, at.y);
      if (level > 0 || topLevel === 0) return;
      const part = { ...at, width: pixels.width, height: pixels.height };
      unhalved.set(key(column, row), unionOf(unhalved.get(key(column, row)) ?? part, part));
    },
    trim: (mostTiles) => {
      const base = levels[0];
      if (!base || base.size <= mostTiles) return;
      halve();
      const oldest = [...base.entries()].sort(([, a], [, b]) => a.usedAt - b.usedAt);
      for (const [index] of oldest.slice(0, base.size - mostTiles)) base.delete(index);
    },
  };
}

/** Grown to even borders inside the tile. */
function evened({ x, y, width, height }: Region): Region {
  const [left, top] = [Math.floor(x / 2) * 2, Math.floor(y / 2) * 2];
  return { x: left, y: top, width: Math.ceil((x + width) / 2) * 2 - left, height: Math.ceil((y + height) / 2) * 2 - top };
}

/** Tiles of level 0 that a region of the document touches, inside the document. */
export function tilesTouched(region: Region, document: Extent): { readonly column: number; readonly row: number; readonly part: Region }[] {
  const inside = overlapOf(region, { x: 0, y: 0, ...document });
  if (isEmpty(inside)) return [];
  const found = [];
  for (let row = Math.floor(inside.y / tileSidePx); row * tileSidePx < inside.y + inside.height; row++) {
    for (let column = Math.floor(inside.x / tileSidePx); column * tileSidePx < inside.x + inside.width; column++) {
      const tile = { x: column * tileSidePx, y: row * tileSidePx, width: tileSidePx, height: tileSidePx };
      found.push({ column, row, part: overlapOf(inside, tile) });
    }
  }
  return found;
}
