// Turns and mirrors pixels as the EXIF orientation of a photograph asks, block by block.
import type { Extent, PixelBuffer } from '../../contract/image.ts';
import type { Spool } from './spool.ts';

/** EXIF orientations 1–8 as: rows and columns swapped, then mirrored left–right, then mirrored top–bottom. */
const turns: readonly (readonly [swap: boolean, flipX: boolean, flipY: boolean])[] = [
  [false, false, false], // 1 upright
  [false, true, false],
  [false, true, true],
  [false, false, true],
  [true, false, false],
  [true, true, false], // 6 turned by 90° clockwise to stand upright
  [true, true, true],
  [true, false, true],
];

const blockPx = 512;

/** Size after an orientation 1–8. */
export function orientedExtent(extent: Extent, orientation: number): Extent {
  const { width, height } = extent;
  return turnOf(orientation)[0] ? { width: height, height: width } : { width, height };
}

/** Copies `from` into `to` (of orientedExtent size, same channels and depth), upright; `beforeBand` as for scaleSpool. */
export async function orientSpool(from: Spool, to: Spool, orientation: number, beforeBand: () => Promise<void>): Promise<void> {
  const { width, height } = from.shape;
  const [swap, flipX, flipY] = turnOf(orientation);
  for (let y = 0; y < height; y += blockPx) {
    await beforeBand();
    for (let x = 0; x < width; x += blockPx) {
      const block = { x, y, width: Math.min(blockPx, width - x), height: Math.min(blockPx, height - y) };
      const turned = orientPixels(from.readRegion(block), orientation);
      const at = swap ? { x: y, y: x } : { x, y };
      to.writeRegion({
        x: flipX ? to.shape.width - at.x - turned.width : at.x,
        y: flipY ? to.shape.height - at.y - turned.height : at.y,
      }, turned);
    }
  }
}

function orientPixels(pixels: PixelBuffer, orientation: number): PixelBuffer {
  const { width, channels, depth, data } = pixels;
  const [swap, flipX, flipY] = turnOf(orientation);
  const turned = orientedExtent(pixels, orientation);
  const out = depth === 8 ? new Uint8Array(data.length) : new Uint16Array(data.length);
  let to = 0;
  for (let y = 0; y < turned.height; y++) {
    const v = flipY ? turned.height - 1 - y : y;
    for (let x = 0; x < turned.width; x++) {
      const u = flipX ? turned.width - 1 - x : x;
      let from = (swap ? u * width + v : v * width + u) * channels;
      for (let c = 0; c < channels; c++) out[to++] = data[from++]!;
    }
  }
  return { ...turned, channels, depth, data: out } as PixelBuffer;
}

function turnOf(orientation: number) {
  return turns[orientation - 1] ?? turns[0]!;
}
