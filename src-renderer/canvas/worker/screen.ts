// Draws the composite onto the window's canvas: checkerboard, then the tiles of the level that fits the zoom.
import { tileSidePx } from '../../../src-main/contract/document.ts';
import type { Extent, Region } from '../../../src-main/contract/image.ts';
import { grownBy, isEmpty, overlapOf, wholeRegion } from '../../../src-main/raster/region.ts';
import { screenMatrix, toDocument, toScreen, visibleRegion, type View } from '../viewport.ts';
import type { CompositeLevels, TileSource } from './composite-levels.ts';
import type { FirstPicture } from './first-sight.ts';
import type { Veil } from './paint-fade.ts';

export interface Look {
  /** The two greys of the checkerboard and what lies around the document, as CSS colours. */
  readonly checker: readonly [string, string];
  readonly around: string;
}

export interface Picture {
  readonly extent: Extent;
  readonly levels: CompositeLevels;
  /** Another look at the document, shown left of a share of the screen's width. */
  readonly left?: { readonly levels: CompositeLevels; readonly at: number } | undefined;
  /** Drawn over the picture, in document px. */
  over?(context: OffscreenCanvasRenderingContext2D): void;
  /** Of the screen's size, over all of it. */
  readonly veil?: Veil | undefined;
  readonly first?: FirstPicture | undefined;
}

const checkerPx = 8;
/** From this zoom on, pixels are squares. */
const squaresFrom = 2;

/** Level whose tiles are shown at a zoom: at least as fine as the screen. */
export function levelFor(zoom: number, topLevel: number): number {
  return Math.max(0, Math.min(topLevel, Math.floor(Math.log2(1 / zoom) + 1e-6)));
}

/** What of the document a part of the screen may show. */
function documentRegion(view: View, size: Extent, { x, y, width, height }: Region): Region {
  const corners = [{ x, y }, { x: x + width, y }, { x, y: y + height }, { x: x + width, y: y + height }].map((corner) => toDocument(view, size, corner));
  const [xs, ys] = [corners.map((corner) => corner.x), corners.map((corner) => corner.y)];
  return wholeRegion(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
}

export interface Screen {
  /** Draws all, or only what shows a part of the document. */
  draw(picture: Picture | undefined, view: View, look: Look, damage?: Region): void;
  resize(size: Extent): void;
  /** What it shows. */
  copy(): OffscreenCanvas;
  readonly size: Extent;
}

export function createScreen(canvas: OffscreenCanvas): Screen {
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('This browser has no canvas in workers.');
  const size = { width: canvas.width, height: canvas.height };
  let checker: { readonly pattern: CanvasPattern; readonly of: string } | undefined;

  function checkerOf(colours: Look['checker']): CanvasPattern | string {
    const of = colours.join();
    if (checker?.of === of) return checker.pattern;
    const tile = new OffscreenCanvas(2 * checkerPx, 2 * checkerPx);
    const paint = tile.getContext('2d');
    if (!paint) return colours[0];
    paint.fillStyle = colours[0];
    paint.fillRect(0, 0, 2 * checkerPx, 2 * checkerPx);
    paint.fillStyle = colours[1];
    paint.fillRect(0, 0, checkerPx, checkerPx);
    paint.fillRect(checkerPx, checkerPx, checkerPx, checkerPx);
    const pattern = context!.createPattern(tile, 'repeat');
    if (!pattern) return colours[0];
    checker = { pattern, of };
    return pattern;
  }

  function drawTiles(levels: CompositeLevels, extent: Extent, view: View, part: Region): void {
    const level = levelFor(view.zoom, levels.topLevel);
    const side = tileSidePx * 2 ** level;
    context!.imageSmoothingEnabled = view.zoom < squaresFrom;
    context!.imageSmoothingQuality = 'low';
    const seen = overlapOf(part, { x: 0, y: 0, ...extent });
    for (let row = Math.floor(seen.y / side); row * side < seen.y + seen.height; row++) {
      for (let column = Math.floor(seen.x / side); column * side < seen.x + seen.width; column++) {
        const source = levels.source(level, column, row);
        if (source) drawTile(source, column * side, row * side, side, extent, view);
      }
    }
  }

  /** Only what lies in the document: beyond it a tile is empty, and scaled with that its last px would fade into the checkerboard. */
  function drawTile(source: TileSource, x: number, y: number, side: number, extent: Extent, view: View): void {
    const width = Math.min(side, extent.width - x);
    const height = Math.min(side, extent.height - y);
    /** In px of the source; one that the document fills in part is empty in part. */
    const filled = (length: number): number => Math.max(1, Math.floor((length * source.side) / side));
    const from = [source.x, source.y, filled(width), filled(height)] as const;
    if (view.rotation === 0) {
      const start = toScreen(view, size, { x, y });
      const end = toScreen(view, size, { x: x + width, y: y + height });
      const [left, top] = [Math.round(start.x), Math.round(start.y)]; // Whole px: no seams between tiles.
      context!.drawImage(source.canvas, ...from, left, top, Math.round(end.x) - left, Math.round(end.y) - top);
      return;
    }
    const bleed = 0.5 / view.zoom; // Turned tiles overlap by half a px, else their edges show.
    context!.setTransform(...screenMatrix(view, size));
    context!.drawImage(source.canvas, ...from, x - bleed, y - bleed, width + 2 * bleed, height + 2 * bleed);
    context!.resetTransform();
  }

  function outlineDocument(extent: Extent, view: View): void {
    const corners = [
      { x: 0, y: 0 },
      { x: extent.width, y: 0 },
      { x: extent.width, y: extent.height },
      { x: 0, y: extent.height },
    ].map((corner) => toScreen(view, size, corner));
    context!.beginPath();
    for (const { x, y } of corners) {
      if (view.rotation === 0) context!.lineTo(Math.round(x), Math.round(y));
      else context!.lineTo(x, y);
    }
    context!.closePath();
  }

  function drawFirst({ picture }: FirstPicture, { width, height }: Extent, view: View): void {
    context!.setTransform(...screenMatrix(view, size));
    context!.imageSmoothingEnabled = true;
    context!.imageSmoothingQuality = 'high';
    context!.drawImage(picture, 0, 0, width, height);
    context!.resetTransform();
  }

  function drawAll(picture: Picture | undefined, view: View, look: Look, part: Region): void {
    context!.fillStyle = look.around;
    context!.fillRect(0, 0, size.width, size.height);
    if (!picture) return;
    context!.save();
    outlineDocument(picture.extent, view);
    context!.fillStyle = checkerOf(look.checker);
    context!.fill();
    context!.clip();
    if (picture.first?.isAbove === false) drawFirst(picture.first, picture.extent, view);
    drawTiles(picture.levels, picture.extent, view, part);
    if (picture.first?.isAbove) drawFirst(picture.first, picture.extent, view);
    if (picture.left) {
      const width = Math.round(picture.left.at * size.width);
      context!.save();
      context!.beginPath();
      context!.rect(0, 0, width, size.height);
      context!.clip();
      context!.fillStyle = checkerOf(look.checker);
      context!.fillRect(0, 0, width, size.height);
      drawTiles(picture.left.levels, picture.extent, view, part);
      context!.restore();
    }
    if (picture.over) {
      context!.setTransform(...screenMatrix(view, size));
      picture.over(context!);
      context!.resetTransform();
    }
    context!.restore();
    if (!picture.veil) return;
    context!.globalAlpha = picture.veil.opacity;
    context!.drawImage(picture.veil.canvas, 0, 0);
    context!.globalAlpha = 1;
  }

  return {
    size,
    resize: ({ width, height }) => {
      if (size.width === width && size.height === height) return;
      Object.assign(size, { width, height });
      Object.assign(canvas, { width, height });
    },
    copy: () => {
      const shown = new OffscreenCanvas(size.width, size.height);
      shown.getContext('2d', { alpha: false })?.drawImage(canvas, 0, 0);
      return shown;
    },
    draw: (picture, view, look, damage) => {
      const all = visibleRegion(view, size);
      if (!damage) return drawAll(picture, view, look, all);
      const margin = 1 + Math.ceil(1 / view.zoom);
      const part = overlapOf(grownBy(damage, margin), all);
      if (isEmpty(part)) return;
      const corners = [toScreen(view, size, part), toScreen(view, size, { x: part.x + part.width, y: part.y }), toScreen(view, size, { x: part.x, y: part.y + part.height }), toScreen(view, size, { x: part.x + part.width, y: part.y + part.height })];
      const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
      const clip = wholeRegion(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
      context.save();
      context.beginPath();
      context.rect(clip.x, clip.y, clip.width, clip.height);
      context.clip();
      // The clip is cut to whole px outwards: its rim may lie in the next tile, and so do its corners where the view is turned.
      drawAll(picture, view, look, grownBy(view.rotation === 0 ? part : documentRegion(view, size, clip), margin));
      context.restore();
    },
  };
}
