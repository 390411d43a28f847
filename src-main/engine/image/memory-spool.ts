// A spool in memory, for pictures that are small or read again at once.
import { StudioError } from '../../contract/fault.ts';
import type { PixelBuffer } from '../../contract/image.ts';
import type { Spool, SpoolShape } from './spool.ts';

/** All zero. Throws tensor.shape-mismatch for a region outside the picture or pixels of another kind. */
export function memorySpool(shape: SpoolShape): Spool {
  const samples = shape.width * shape.height * shape.channels;
  const data = shape.depth === 8 ? new Uint8Array(samples) : new Uint16Array(samples);
  const row = shape.width * shape.channels;
  return {
    path: '',
    shape,
    readRegion({ x, y, width, height }) {
      requireInside(x, y, width, height, shape);
      const run = width * shape.channels;
      const out = shape.depth === 8 ? new Uint8Array(run * height) : new Uint16Array(run * height);
      for (let line = 0; line < height; line++) {
        const from = (y + line) * row + x * shape.channels;
        out.set(data.subarray(from, from + run), line * run);
      }
      return { width, height, channels: shape.channels, depth: shape.depth, data: out } as PixelBuffer;
    },
    writeRegion({ x, y }, pixels) {
      requireInside(x, y, pixels.width, pixels.height, shape);
      if (pixels.channels !== shape.channels || pixels.depth !== shape.depth) {
        throw new StudioError('tensor.shape-mismatch', { expected: `${shape.channels}×${shape.depth} bit`, got: `${pixels.channels}×${pixels.depth} bit` });
      }
      const run = pixels.width * shape.channels;
      for (let line = 0; line < pixels.height; line++) data.set(pixels.data.subarray(line * run, (line + 1) * run), (y + line) * row + x * shape.channels);
    },
    close: () => undefined,
  };
}

function requireInside(x: number, y: number, width: number, height: number, shape: SpoolShape): void {
  if (x >= 0 && y >= 0 && x + width <= shape.width && y + height <= shape.height) return;
  throw new StudioError('tensor.shape-mismatch', { expected: `inside ${shape.width}×${shape.height}`, got: `${width}×${height} at ${x},${y}` });
}
