// Small pictures of a layer and of the whole document.
import { tileSidePx } from '../../../src-main/contract/document.ts';
import type { Extent, Region } from '../../../src-main/contract/image.ts';
import { writeRgba8 } from '../../../src-main/raster/pixels.ts';
import type { Surface } from '../../../src-main/raster/surface.ts';
import type { DeskParts } from './desk.ts';
import { loadedComposite, loadedLayer } from './loaded-composite.ts';
import type { CanvasRequests } from './protocol.ts';

/** Draws a document tile by tile at a smaller size. */
async function drawSmall(extent: Extent, longSidePx: number, surfaceOf: (region: Region) => Promise<Surface | undefined>): Promise<OffscreenCanvas> {
  const scale = Math.min(1, longSidePx / Math.max(extent.width, extent.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(extent.width * scale)), Math.max(1, Math.round(extent.height * scale)));
  const context = canvas.getContext('2d');
  const tile = new OffscreenCanvas(tileSidePx, tileSidePx);
  const tileContext = tile.getContext('2d', { willReadFrequently: true });
  if (!context || !tileContext) return canvas;
  context.imageSmoothingQuality = 'high';
  for (let y = 0; y < extent.height; y += tileSidePx) {
    for (let x = 0; x < extent.width; x += tileSidePx) {
      const region = { x, y, width: Math.min(tileSidePx, extent.width - x), height: Math.min(tileSidePx, extent.height - y) };
      const surface = await surfaceOf(region);
      if (!surface) continue;
      const pixels = new ImageData(region.width, region.height);
      writeRgba8(surface, pixels.data);
      tileContext.putImageData(pixels, 0, 0);
      context.drawImage(tile, 0, 0, region.width, region.height, x * scale, y * scale, region.width * scale, region.height * scale);
    }
  }
  return canvas;
}

export async function layerThumbnail(parts: DeskParts, { layer, longSidePx }: CanvasRequests['thumbnail']['params']): Promise<ImageBitmap | null> {
  const { record } = parts.easel;
  if (!record?.layers[layer]) return null;
  return (await drawSmall(record, longSidePx, (region) => loadedLayer(parts, layer, region))).transferToImageBitmap();
}

export async function stateThumbnail(parts: DeskParts, { longSidePx, type }: CanvasRequests['state']['params']): Promise<Blob | null> {
  const { record } = parts.easel;
  if (!record) return null;
  const canvas = await drawSmall(record, longSidePx, (region) => loadedComposite(parts, region));
  return canvas.convertToBlob({ type, quality: 0.9 });
}
