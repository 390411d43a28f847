// Pictures and words on one sheet.
import type { Extent } from '../../src-main/contract/image.ts';
import { decodePixels, encodePixels } from '../../src-main/engine/image/codec.ts';
import { cropOf, extentOf, resized } from '../../src-main/engine/metrics/crops.ts';
import { pixelsOf, planesOf } from '../../src-main/engine/tensor/layout.ts';
import { tensor, type Tensor } from '../../src-main/engine/tensor/tensor.ts';

/** Near black, so that pictures stand out whatever their edges. */
const ground = 0.11;
const ink = 0.85;

export interface Sheet {
  readonly planes: Tensor;
}

export function createSheet({ width, height }: Extent): Sheet {
  return { planes: tensor([1, 3, height, width], new Float32Array(3 * width * height).fill(ground)) };
}

/** Lays a picture [1,3,h,w] with its corner at x, y; what sticks out is cut off. */
export function place({ planes }: Sheet, picture: Tensor, x: number, y: number): void {
  const [onto, from] = [extentOf(planes), extentOf(picture)];
  const width = Math.min(from.width, onto.width - x);
  const height = Math.min(from.height, onto.height - y);
  for (let c = 0; c < 3; c++) {
    for (let row = 0; row < height; row++) {
      const start = (c * from.height + row) * from.width;
      planes.data.set(picture.data.subarray(start, start + width), (c * onto.height + y + row) * onto.width + x);
    }
  }
}

/** Lays a picture into a box, in its middle, reduced so that it fits; never enlarged. */
export function fit(sheet: Sheet, picture: Tensor, box: Extent & { readonly x: number; readonly y: number }): void {
  const { width, height } = extentOf(picture);
  const scale = Math.min(1, box.width / width, box.height / height);
  const to = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  place(sheet, resized(picture, to), box.x + Math.floor((box.width - to.width) / 2), box.y + Math.floor((box.height - to.height) / 2));
}

/** The square of the picture around a point given in 0..1 of its sides, at its own pixels; smaller where the picture is. */
export function squareOf(picture: Tensor, sidePx: number, across: number, down: number): Tensor {
  const { width, height } = extentOf(picture);
  const [w, h] = [Math.min(sidePx, width), Math.min(sidePx, height)];
  return cropOf(picture, { x: Math.round((width - w) * across), y: Math.round((height - h) * down), width: w, height: h });
}

export async function readPicture(path: string): Promise<Tensor> {
  return planesOf(await decodePixels(path));
}

export async function writeSheet({ planes }: Sheet, path: string): Promise<void> {
  await encodePixels(pixelsOf(planes, 8), path);
}

/** Glyphs of 3 × 5 dots, row by row from the top left, as octal digits: one digit a row. */
const glyphs: Readonly<Record<string, string>> = {
  a: '25755', b: '65656', c: '34443', d: '65556', e: '74647', f: '74644', g: '34553', h: '55755', i: '72227', j: '11152',
  k: '55655', l: '44447', m: '57755', n: '65555', o: '25552', p: '65644', q: '25563', r: '65655', s: '34216', t: '72222',
  u: '55553', v: '55522', w: '55775', x: '55255', y: '55222', z: '71247', 0: '75557', 1: '26227', 2: '61247', 3: '61216',
  4: '55711', 5: '74616', 6: '34757', 7: '71222', 8: '75757', 9: '75716', '-': '00700', '.': '00002', ':': '02020', '%': '51245',
};
const dotPx = 2;

/** Height of a line of words in px. */
export const lineHeightPx = 5 * dotPx + 6;

/** Writes words in small capitals; what the glyphs do not have is left blank. */
export function write({ planes }: Sheet, words: string, x: number, y: number): void {
  const { width, height } = extentOf(planes);
  [...words.toLowerCase()].forEach((letter, position) => {
    for (const [row, digit] of [...(glyphs[letter] ?? '')].entries()) {
      for (let column = 0; column < 3; column++) {
        if ((Number(digit) & (4 >> column)) === 0) continue;
        dot(planes, x + (4 * position + column) * dotPx, y + row * dotPx, width, height);
      }
    }
  });
}

function dot(planes: Tensor, x: number, y: number, width: number, height: number): void {
  for (let i = 0; i < dotPx * dotPx; i++) {
    const [px, py] = [x + (i % dotPx), y + Math.floor(i / dotPx)];
    if (px >= width || py >= height) continue;
    for (let c = 0; c < 3; c++) planes.data[(c * height + py) * width + px] = ink;
  }
}
