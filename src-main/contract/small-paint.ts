// A small picture of all of a glaze's paint stands for tiles that are not painted yet: their names tell which part of it they show.
import type { AssetId } from './document.ts';

/** A small picture of a whole document. */
export interface SmallExtent {
  readonly width: number;
  readonly height: number;
  /** Document px along a side of the square that became one px. */
  readonly shrink: number;
}

export interface SmallPaint extends SmallExtent {
  /** Straight RGBA of the document's depth, row by row. */
  readonly asset: AssetId;
}

/** All of a glaze's paint at a small size, as the engine tells it: shown at some places of the document's grid until their tiles come. */
export interface SmallPaintNews extends SmallExtent {
  /** As of SmallPaint. */
  readonly bytes: Uint8Array;
  readonly places: readonly string[];
}

/** Name of the tile at a place of the document's grid that is to be enlarged from a small picture: stands where an asset's id does. */
export function smallPaintTile({ asset, width, height, shrink }: SmallPaint, place: string): string {
  return [asset, width, height, shrink, place].join('~');
}

/** What a name says; undefined where it names an asset. */
export function readSmallPaintTile(name: string): (SmallPaint & { readonly column: number; readonly row: number }) | undefined {
  if (!name.includes('~')) return undefined;
  const [asset = '', width, height, shrink, place = ''] = name.split('~');
  const [column = 0, row = 0] = place.split(',').map(Number);
  return { asset, width: Number(width), height: Number(height), shrink: Number(shrink), column, row };
}
