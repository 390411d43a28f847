// A picture file as what an image layer needs: its source among the assets, and its pixels on the document's grid.
import { basename } from 'node:path';
import { invert, mappedRegion, placedInside, transformedTiles } from '../../raster/transform.ts';
import type { AssetId, Matrix, Raster } from '../../contract/document.ts';
import { StudioError } from '../../contract/fault.ts';
import type { Extent, Region } from '../../contract/image.ts';
import type { DrawnPicture, PlacedPicture } from '../../contract/studio-api.ts';
import type { Spool } from '../../engine/image/spool.ts';
import { overlapOf } from '../../raster/region.ts';
import { nextTurn } from '../../engine/image/next-turn.ts';
import { recipeOffer } from '../picture-recipe.ts';
import { assetIdOf, writeAsset } from './asset-files.ts';
import { pictureNotes } from './picture-notes.ts';
import { openSource, takeSource } from './source-picture.ts';
import { withStagedAssets } from './staged-assets.ts';
import type { TileWatch } from './write-tiles.ts';

export interface PictureFolders {
  /** Of the document. */
  readonly assets: string;
  /** Where decoded pictures lie while the studio runs. */
  readonly scratch: string;
}

export interface PlaceRequest extends PictureFolders {
  readonly path: string;
  /** The document's size. */
  readonly canvas: Extent;
  /** Scaled down into the canvas where it is larger; else at its own pixels. Ignored where there is a transform. */
  readonly fit: boolean;
  readonly transform?: Matrix | undefined;
  /** Of a file of several, from 1; the first where it has not as many. */
  readonly page?: number | undefined;
}

/** Places a picture, in the middle of the canvas unless told otherwise. Throws picture.* | file.* | document.too-large | job.cancelled | disk.*; nothing is left of it among the assets then. */
export async function placePicture({ assets, ...request }: PlaceRequest, watch: TileWatch = {}): Promise<Omit<PlacedPicture, 'link'>> {
  return withStagedAssets(assets, request.scratch, (stage) => placeInto(stage, request, watch));
}

async function placeInto(assets: string, { path, canvas, fit, transform: wished, page: wishedPage, scratch }: Omit<PlaceRequest, 'assets'>, watch: TileWatch): Promise<Omit<PlacedPicture, 'link'>> {
  watch.progress?.({ stage: 'decode', done: 0, total: 1 });
  const { source, spool, info, isLayered, notes, page } = await takeSource(path, assets, scratch, wishedPage, watch);
  try {
    const { width, height } = spool.shape;
    const transform = wished ?? (fit ? placedInside(spool.shape, canvas) : middleOf(spool.shape, canvas));
    const pixels = await drawSource(spool, transform, canvas, assets, watch);
    const paged = info.pages > 1 ? { page, pages: info.pages } : {};
    const { notes: ofRecipe, ...carried } = isLayered ? { notes: [] } : await recipeOffer(path);
    return { source, sourceName: basename(path).slice(0, 500), sourceSize: { width, height }, ...paged, transform, pixels, ...carried, notes: [...pictureNotes(basename(path), info), ...notes, ...ofRecipe] };
  } finally {
    spool.close();
  }
}

export interface TransformRequest extends PictureFolders {
  readonly source: AssetId;
  /** Of a file of several, from 1. */
  readonly page?: number | undefined;
  readonly transform: Matrix;
  readonly canvas: Extent;
}

/** Pixels of a placed file under another transform. Throws asset.* | picture.* | usage.invalid | job.cancelled | disk.*. */
export async function transformPicture({ source, page, transform, canvas, ...folders }: TransformRequest, watch: TileWatch = {}): Promise<DrawnPicture> {
  const spool = await openSource(source, folders.assets, folders.scratch, page, watch);
  try {
    const { width, height } = spool.shape;
    return { sourceSize: { width, height }, pixels: await drawSource(spool, transform, canvas, folders.assets, watch) };
  } finally {
    spool.close();
  }
}

function middleOf({ width, height }: Extent, canvas: Extent): Matrix {
  return [1, 0, 0, 1, Math.round((canvas.width - width) / 2), Math.round((canvas.height - height) / 2)];
}

/** Tiles being written while the next is drawn. */
const mostWriting = 4;

/** What stands further outside the canvas than its own size is not drawn: the source still has it. */
async function drawSource(spool: Spool, transform: Matrix, canvas: Extent, assets: string, watch: TileWatch): Promise<Raster> {
  if (!invert(transform)) throw new StudioError('usage.invalid', { reason: 'the transform flattens the picture' });
  const { width, height, depth } = spool.shape;
  const bounds = { x: 0, y: 0, width, height };
  const reach: Region = { x: -canvas.width, y: -canvas.height, width: canvas.width * 3, height: canvas.height * 3 };
  const covered = overlapOf(mappedRegion(transform, bounds), reach);
  const total = Math.max(1, Math.ceil(covered.width / 256) * Math.ceil(covered.height / 256));
  const tiles: Record<string, AssetId> = {};
  const empty: Raster = { ...originOf(transform), depth, tiles };
  const source = { bounds, depth, read: spool.readRegion };
  const writing: Promise<unknown>[] = [];
  try {
    for (const { place, bytes } of transformedTiles(source, transform, empty, reach)) {
      const id = assetIdOf(bytes);
      tiles[place] = id;
      if (writing.length >= mostWriting) await writing.shift();
      const write = writeAsset(assets, id, bytes);
      write.catch(() => undefined); // told when it is waited for
      writing.push(write);
      await nextTurn(watch.signal);
      watch.progress?.({ stage: 'tiles', done: Math.min(total, Object.keys(tiles).length), total });
    }
    await Promise.all(writing);
    return empty;
  } finally {
    await Promise.allSettled(writing); // nothing is written any more once it has ended
  }
}

/** Moved by whole pixels, the tiles stay the same: only their grid moves. */
function originOf([a, b, c, d, e, f]: Matrix): { readonly x: number; readonly y: number } {
  const isMove = a === 1 && b === 0 && c === 0 && d === 1 && Number.isInteger(e) && Number.isInteger(f);
  return isMove && Math.max(Math.abs(e), Math.abs(f)) < 1e6 ? { x: e, y: f } : { x: 0, y: 0 };
}
