// Where procedural pictures are drawn: linear light in units of the picture's height, so that a scene is the same at any size.
import type { Extent } from '../../../contract/image.ts';
import { linearToSrgb, type Triple } from '../../image/color.ts';
import type { Picture } from '../augment.ts';

/** y runs from 0 (top) to 1 (bottom), x from 0 to `aspect`; `px` is the side of a pixel in these units. */
export interface Canvas extends Extent {
  readonly aspect: number;
  readonly px: number;
  /** Linear light, interleaved RGB; above 1 where a light is brighter than white. */
  readonly light: Float32Array;
}

/** Writes the linear colour at a place; `out` is reused. */
export type Shader = (x: number, y: number, out: Float32Array) => void;

/** As a shader, and gives the share in [0,1] that covers what was there; 0 need not write. */
export type Fragment = (x: number, y: number, out: Float32Array) => number;

/** A black canvas. */
export function createCanvas({ width, height }: Extent): Canvas {
  return { width, height, aspect: width / height, px: 1 / height, light: new Float32Array(3 * width * height) };
}

/** Neighbours that differ by more than this share of their sum are sampled again, where a shader does not name another. */
const visibleEdge = 0.13;
/** Four places within a pixel, on a turned grid. */
const turnedGrid: readonly number[] = [-0.125, -0.375, 0.375, -0.125, -0.375, 0.125, 0.125, 0.375];

/** Fills the canvas, each pixel from its middle; for what has no edges. */
export function fill(canvas: Canvas, shader: Shader): void {
  const { width, height, px, light } = canvas;
  const out = new Float32Array(3);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at += 3) {
      shader((column + 0.5) * px, (row + 0.5) * px, out);
      light[at] = out[0]!;
      light[at + 1] = out[1]!;
      light[at + 2] = out[2]!;
    }
  }
}

/** Fills the canvas; pixels beside an edge take the mean of four places. */
export function shade(canvas: Canvas, shader: Shader, edge = visibleEdge): void {
  fill(canvas, shader);
  const { width, px, light } = canvas;
  const out = new Float32Array(3);
  for (const pixel of edgePixels(canvas, edge)) {
    const x = ((pixel % width) + 0.5) * px;
    const y = (Math.floor(pixel / width) + 0.5) * px;
    let r = 0;
    let g = 0;
    let b = 0;
    for (let place = 0; place < 8; place += 2) {
      shader(x + turnedGrid[place]! * px, y + turnedGrid[place + 1]! * px, out);
      r += out[0]!;
      g += out[1]!;
      b += out[2]!;
    }
    light[3 * pixel] = r / 4;
    light[3 * pixel + 1] = g / 4;
    light[3 * pixel + 2] = b / 4;
  }
}

function edgePixels({ width, height, light }: Canvas, edge: number): number[] {
  const marks = new Uint8Array(width * height);
  const compare = (a: number, b: number): void => {
    for (let channel = 0; channel < 3; channel++) {
      const one = light[3 * a + channel]!;
      const other = light[3 * b + channel]!;
      if (Math.abs(one - other) > edge * (one + other + 0.05)) marks[a] = marks[b] = 1;
    }
  };
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = row * width + column;
      if (column + 1 < width) compare(at, at + 1);
      if (row + 1 < height) compare(at, at + width);
    }
  }
  const edges: number[] = [];
  for (let at = 0; at < marks.length; at++) if (marks[at]) edges.push(at);
  return edges;
}

/** Lays a fragment over the pixels of a box given by its centre and half sides. */
export function lay(canvas: Canvas, x: number, y: number, halfWidth: number, halfHeight: number, fragment: Fragment): void {
  const { width, height, px, light } = canvas;
  const [left, right] = [Math.max(0, Math.floor((x - halfWidth) / px)), Math.min(width, Math.ceil((x + halfWidth) / px))];
  const [top, bottom] = [Math.max(0, Math.floor((y - halfHeight) / px)), Math.min(height, Math.ceil((y + halfHeight) / px))];
  const out = new Float32Array(3);
  for (let row = top; row < bottom; row++) {
    for (let column = left, at = 3 * (row * width + left); column < right; column++, at += 3) {
      const cover = fragment((column + 0.5) * px, (row + 0.5) * px, out);
      if (cover <= 0) continue;
      light[at]! += cover * (out[0]! - light[at]!);
      light[at + 1]! += cover * (out[1]! - light[at + 1]!);
      light[at + 2]! += cover * (out[2]! - light[at + 2]!);
    }
  }
}

/** Share of a pixel inside a shape whose edge is `distance` away (negative inside), both in canvas units. */
export function coverAt(distance: number, px: number): number {
  const cover = 0.5 - distance / px;
  return cover <= 0 ? 0 : cover >= 1 ? 1 : cover;
}

/** A disc; `soft` is the width of its rim in canvas units, at least a pixel. */
export function disc(canvas: Canvas, x: number, y: number, radius: number, colour: Triple, opacity = 1, soft = 0): void {
  const rim = Math.max(soft, canvas.px);
  const reach = radius + rim;
  lay(canvas, x, y, reach, reach, (u, v, out) => {
    const distance = Math.sqrt((u - x) ** 2 + (v - y) ** 2) - radius;
    if (distance > rim / 2) return 0;
    put(out, colour);
    return opacity * coverAt(distance, rim);
  });
}

/** Writes a colour, times a factor. */
export function put(out: Float32Array, colour: Triple, times = 1): void {
  out[0] = colour[0] * times;
  out[1] = colour[1] * times;
  out[2] = colour[2] * times;
}

/** Moves a colour by a share towards another. */
export function blend(out: Float32Array, colour: Triple, share: number): void {
  out[0]! += share * (colour[0] - out[0]!);
  out[1]! += share * (colour[1] - out[1]!);
  out[2]! += share * (colour[2] - out[2]!);
}

/** Light above this bends towards white instead of being cut. */
const shoulder = 0.72;
const encoded = Float32Array.from({ length: 4097 }, (_, index) => 255 * linearToSrgb((index / 4096) ** 2));

function encode(light: number): number {
  if (!(light > 0)) return 0;
  const bent = light < shoulder ? light : shoulder + (1 - shoulder) * (1 - Math.exp((shoulder - light) / (1 - shoulder)));
  return encoded[Math.floor(Math.sqrt(bent) * 4096)]!;
}

/** The canvas as 8-bit sRGB with film grain of about `grain` levels (one deviation), the same for the same seed. */
export function develop({ width, height, light }: Canvas, grain: number, seed: number): Picture {
  const data = new Uint8Array(3 * width * height);
  for (let pixel = 0, at = 0; pixel < width * height; pixel++, at += 3) {
    const bits = scramble(seed ^ Math.imul(pixel, 0x9e3779b1));
    // the sum of two uniform bytes has a deviation of 104 levels
    const grey = ((bits & 255) + ((bits >>> 8) & 255) - 255) * (grain / 104);
    const tint = (((bits >>> 16) & 255) - 127.5) * (grain / 220);
    data[at] = clampByte(encode(light[at]!) + grey + tint);
    data[at + 1] = clampByte(encode(light[at + 1]!) + grey);
    data[at + 2] = clampByte(encode(light[at + 2]!) + grey - tint);
  }
  return { width, height, channels: 3, depth: 8, data };
}

/** A 32-bit hash of one number (Murmur 3's finish). */
function scramble(number: number): number {
  let h = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function clampByte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value);
}
