// A part of pixels in memory.
import type { PixelBuffer, Region } from '../../contract/image.ts';

/** Copies a region that lies inside; same channels and depth. */
export function cropPixels(pixels: PixelBuffer, { x, y, width, height }: Region): PixelBuffer {
  const { channels, depth } = pixels;
  const row = width * channels;
  const data = depth === 8 ? new Uint8Array(row * height) : new Uint16Array(row * height);
  for (let line = 0; line < height; line++) {
    const start = ((y + line) * pixels.width + x) * channels;
    data.set(pixels.data.subarray(start, start + row), line * row);
  }
  return { width, height, channels, depth, data } as PixelBuffer;
}
