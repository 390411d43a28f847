// Whether an encoded picture of 8 bit shows pixels that are in memory: what the system's clipboard gives back of a copy made here.
import type { PixelBuffer } from '../../src-main/contract/image.ts';
import { pixelsAt } from '../../src-main/raster/pixels.ts';

/** Rows compared at once. */
const band = 256;
/** Of 255, on colour times alpha: what canvases and clipboards round. */
const most = 3;

/** Decodes a picture and compares it. False as well where it cannot be decoded. */
export async function isSamePicture(blob: Blob, pixels: PixelBuffer): Promise<boolean> {
  const bitmap = await createImageBitmap(blob).catch(() => undefined);
  if (!bitmap) return false;
  try {
    const { width, height } = bitmap;
    if (width !== pixels.width || height !== pixels.height) return false;
    for (let top = 0; top < height; top += band) {
      const rows = Math.min(band, height - top);
      const context = new OffscreenCanvas(width, rows).getContext('2d', { willReadFrequently: true });
      context?.drawImage(bitmap, 0, -top);
      const shown = context?.getImageData(0, 0, width, rows).data;
      if (!shown || !showsRows(shown, pixels, top)) return false;
    }
    return true;
  } finally {
    bitmap.close();
  }
}

/** Whether straight RGBA of 8 bit shows the rows of `pixels` (RGBA) from `top` on. */
export function showsRows(shown: Uint8ClampedArray, pixels: PixelBuffer, top: number): boolean {
  const own = rowsAt8(pixels, top, shown.length);
  for (let at = 0; at < shown.length; at += 4) {
    const [alpha, ownAlpha] = [shown[at + 3] ?? 0, own[at + 3] ?? 0];
    if (Math.abs(alpha - ownAlpha) > most) return false;
    for (let c = at; c < at + 3; c++) if (Math.abs((shown[c] ?? 0) * alpha - (own[c] ?? 0) * ownAlpha) > most * 255) return false;
  }
  return true;
}

function rowsAt8(pixels: PixelBuffer, top: number, length: number): Uint8Array {
  const from = top * pixels.width * 4;
  if (pixels.depth === 8) return pixels.data.subarray(from, from + length);
  const part = pixels.data.subarray(from, from + length);
  return Uint8Array.from(pixelsAt({ ...pixels, data: part }, 8).data);
}
