// Small pictures of a layer, of its mask, and of the whole document.
import { tileSidePx, type AssetId, type DocumentRecord, type LayerId, type Mask, type Raster } from '../../../src-main/contract/document.ts';
import type { Extent, Region } from '../../../src-main/contract/image.ts';
import { fillSurface, scaledFill } from '../../../src-main/raster/gradient.ts';
import { writeRgba8 } from '../../../src-main/raster/pixels.ts';
import { maskSurfaceShrunk, shrunkRegion, tileMeans, type KeptMeans, type TileMeans } from '../../../src-main/raster/shrunk.ts';
import { createSurface } from '../../../src-main/raster/surface.ts';
import { placesIn, tiledRegion, tilesIn, type BytesOf } from '../../../src-main/raster/tiles.ts';
import { encodeState } from '../../document/encode-state.ts';
import type { CompositeLevels } from './composite-levels.ts';
import type { DeskParts } from './desk-parts.ts';
import { loadedComposite } from './loaded-composite.ts';
import type { CanvasRequests } from './protocol.ts';

/** Layers are drawn from their tiles at an eighth of their size, small ones at no less than they are shown. */
const mostShrink = 8;
/** Tiles read from disk before the worker does something else. */
const tilesAtOnce = 16;
const penPauseMs = 60;

interface Sheet {
  readonly canvas: OffscreenCanvas;
  readonly context: OffscreenCanvasRenderingContext2D;
  readonly scale: number;
  /** Of tiles, a power of two. */
  readonly shrink: number;
}

function sheetFor(extent: Extent, longSidePx: number): Sheet | undefined {
  const scale = Math.min(1, longSidePx / Math.max(extent.width, extent.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(extent.width * scale)), Math.max(1, Math.round(extent.height * scale)));
  const context = canvas.getContext('2d', { willReadFrequently: true }); // Elsewhere encoding it waits for the graphics card.
  if (!context) return undefined;
  context.imageSmoothingQuality = 'high';
  return { canvas, context, scale, shrink: Math.min(mostShrink, 2 ** Math.floor(Math.log2(1 / scale))) };
}

/** Lets other work go first; strokes until the pen is lifted. */
async function rest({ easel }: DeskParts): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, easel.strokes ? penPauseMs : 0));
  while (easel.strokes);
}

/** A tile shrunk: where in squares of `shrink` px, and what is drawn there. */
interface SmallTile {
  readonly region: Region;
  readonly pixels: ImageData;
}
type ReadTile = (tile: { readonly id: AssetId; readonly region: Region }, bytes: BytesOf, means: KeptMeans) => SmallTile | undefined;

/** A tile of paint. */
const paintTile =
  (raster: Raster, { shrink }: Sheet): ReadTile =>
  (tile, bytes, means) => {
    const small = tileMeans(raster, tile, bytes, shrink, means);
    return small && { region: small.region, pixels: straight(small) };
  };

/** A tile of a mask in greys: white where the layer shows. */
const maskTile =
  (mask: Mask, { shrink }: Sheet): ReadTile =>
  (tile, bytes, means) => {
    const surface = createSurface(shrunkRegion(tile.region, shrink));
    surface.data.fill(1);
    maskSurfaceShrunk(surface, mask, bytes, shrink, means);
    const pixels = new ImageData(surface.region.width, surface.region.height);
    for (let at = 0; at < pixels.data.length; at++) pixels.data[at] = at % 4 === 3 ? 255 : surface.data[at] * 255;
    return { region: surface.region, pixels };
  };

/** Means as pixels of a canvas. */
function straight({ region, data }: TileMeans): ImageData {
  const pixels = new ImageData(region.width, region.height);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3];
    for (let channel = at; channel < at + 3; channel++) pixels.data[channel] = (data[channel] * 255) / alpha;
    pixels.data[at + 3] = alpha;
  }
  return pixels;
}

async function drawTiles(parts: DeskParts, raster: Raster | Mask, read: ReadTile, { context, scale, shrink }: Sheet): Promise<void> {
  const { line, cache } = parts;
  const { means } = parts.easel;
  const tiles = tilesIn(raster, tiledRegion(raster));
  const side = tileSidePx / shrink + 1; // A tile between the squares touches one more.
  const piece = new OffscreenCanvas(side, side);
  const pieceContext = piece.getContext('2d', { willReadFrequently: true });
  for (let from = 0; from < tiles.length; from += tilesAtOnce) {
    const some = tiles.slice(from, from + tilesAtOnce);
    const unknown = some.filter(({ id }) => !means.has(id, shrink)).map(({ id }) => id);
    await rest(parts);
    if (unknown.length > 0) await line.load(unknown);
    for (const tile of some) {
      const small = read(tile, cache.get, means);
      if (!small) continue;
      const { x, y, width, height } = small.region;
      const by = shrink * scale;
      pieceContext?.putImageData(small.pixels, 0, 0);
      context.drawImage(piece, 0, 0, width, height, x * by, y * by, width * by, height * by);
    }
    cache.trim();
  }
}

/** Groups are drawn without blend modes: enough to know a layer by. */
async function drawLayer(parts: DeskParts, record: DocumentRecord, id: LayerId, sheet: Sheet): Promise<void> {
  const layer = record.layers[id];
  if (!layer) return;
  if (layer.kind === 'group') {
    for (const child of layer.children) if (record.layers[child]?.visible) await drawLayer(parts, record, child, sheet);
  } else if (layer.kind === 'fill') {
    const surface = createSurface({ x: 0, y: 0, width: sheet.canvas.width, height: sheet.canvas.height });
    fillSurface(surface, scaledFill(layer.fill, sheet.scale));
    const pixels = new ImageData(sheet.canvas.width, sheet.canvas.height);
    writeRgba8(surface, pixels.data);
    const filled = new OffscreenCanvas(sheet.canvas.width, sheet.canvas.height);
    filled.getContext('2d')?.putImageData(pixels, 0, 0);
    sheet.context.drawImage(filled, 0, 0);
  } else {
    const raster = parts.easel.access.raster(layer);
    if (raster) await drawTiles(parts, raster, paintTile(raster, sheet), sheet);
  }
}

async function drawMask(parts: DeskParts, mask: Mask, sheet: Sheet): Promise<void> {
  const { canvas, context } = sheet;
  context.fillStyle = `rgb(${mask.outside} ${mask.outside} ${mask.outside})`;
  context.fillRect(0, 0, canvas.width, canvas.height);
  await drawTiles(parts, mask, maskTile(mask, sheet), sheet);
}

/** Null where there is no such layer, or it has no mask. */
export async function layerThumbnail(parts: DeskParts, { layer, part, longSidePx }: CanvasRequests['thumbnail']['params']): Promise<ImageBitmap | null> {
  const { record } = parts.mirror;
  const asked = record?.layers[layer];
  const sheet = asked && sheetFor(record, longSidePx);
  if (!asked || !sheet) return null;
  if (part === 'pixels') await drawLayer(parts, record, layer, sheet);
  else if (asked.mask) await drawMask(parts, asked.mask, sheet);
  else return null;
  return sheet.canvas.transferToImageBitmap();
}

/** The composite at a small size, from its own levels. */
function drawLevels(levels: CompositeLevels, extent: Extent, { context, scale }: Sheet): void {
  const level = Math.max(0, Math.min(levels.topLevel, Math.floor(Math.log2(1 / scale) + 1e-6)));
  const side = tileSidePx * 2 ** level;
  for (let row = 0; row * side < extent.height; row++) {
    for (let column = 0; column * side < extent.width; column++) {
      const source = levels.source(level, column, row);
      if (!source) continue;
      const [left, top] = [Math.round(column * side * scale), Math.round(row * side * scale)];
      const [right, bottom] = [Math.round((column + 1) * side * scale), Math.round((row + 1) * side * scale)];
      context.drawImage(source.canvas, source.x, source.y, source.side, source.side, left, top, right - left, bottom - top);
    }
  }
}

/** Composited tile by tile: while layers are hidden on the screen that belong to the picture. */
async function drawComposite(parts: DeskParts, extent: Extent, { context, scale }: Sheet): Promise<void> {
  const tile = new OffscreenCanvas(tileSidePx, tileSidePx);
  const tileContext = tile.getContext('2d', { willReadFrequently: true });
  for (const { region } of placesIn({ x: 0, y: 0 }, { x: 0, y: 0, ...extent })) {
    const surface = await loadedComposite(parts, region);
    if (!surface) continue;
    const pixels = new ImageData(tileSidePx, tileSidePx);
    writeRgba8(surface, pixels.data);
    tileContext?.putImageData(pixels, 0, 0);
    context.drawImage(tile, region.x * scale, region.y * scale, tileSidePx * scale, tileSidePx * scale);
    await rest(parts);
  }
}

export async function stateThumbnail(parts: DeskParts, { longSidePx }: CanvasRequests['state']['params']): Promise<Blob | null> {
  const { easel } = parts;
  await rest(parts);
  const levels = easel.hides ? undefined : await easel.complete();
  const { record } = easel;
  const sheet = record && sheetFor(record, longSidePx);
  if (!sheet) return null;
  if (levels) drawLevels(levels, record, sheet);
  else await drawComposite(parts, record, sheet);
  return encodeState(sheet.canvas);
}
