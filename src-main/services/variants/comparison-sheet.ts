// Before, style and after side by side in one picture file. Runs in the engine process.
import type { Extent, PixelBuffer } from '../../contract/image.ts';
import { decodePixels, encodePixels } from '../../engine/image/codec.ts';

export interface SheetOrder {
  readonly before: string;
  readonly after: string;
  /** A picture of the style, where there is one. */
  readonly style?: string;
  /** Picture file to write, by its ending. */
  readonly out: string;
}

/** Height of the pictures, and the white between and around them, in px. */
const mostHeightPx = 1600;
const marginPx = 32;

/** Writes the sheet: before | style | after, equally high. Throws picture.*, disk.*. */
export async function comparisonSheet({ before, after, style, out }: SheetOrder): Promise<Extent> {
  const paths = [before, ...(style === undefined ? [] : [style]), after];
  const heights: number[] = [];
  for (const path of [before, after]) heights.push((await decodePixels(path)).height);
  const height = Math.min(mostHeightPx, Math.max(...heights));
  const pictures: PixelBuffer[] = [];
  for (const path of paths) pictures.push(await atHeight(path, height));
  const width = pictures.reduce((sum, picture) => sum + picture.width + marginPx, marginPx);
  const sheet = { width, height: height + 2 * marginPx };
  const data = new Uint8Array(sheet.width * sheet.height * 3).fill(255);
  let left = marginPx;
  for (const picture of pictures) {
    for (let y = 0; y < picture.height; y++) {
      const row = picture.data.subarray(y * picture.width * 3, (y + 1) * picture.width * 3);
      data.set(row, ((y + marginPx) * sheet.width + left) * 3);
    }
    left += picture.width + marginPx;
  }
  await encodePixels({ ...sheet, channels: 3, depth: 8, data }, out);
  return sheet;
}

async function atHeight(path: string, height: number): Promise<PixelBuffer> {
  const own = await decodePixels(path);
  if (own.height === height) return own;
  const longSide = own.width > own.height ? Math.round((own.width * height) / own.height) : height;
  const scaled = await decodePixels(path, { longSide, enlarge: true });
  return scaled.height <= height ? scaled : cropped(scaled, height);
}

/** Rounding may leave a row too many. */
function cropped(picture: PixelBuffer, height: number): PixelBuffer {
  return { ...picture, height, data: picture.data.subarray(0, picture.width * picture.channels * height) } as PixelBuffer;
}
