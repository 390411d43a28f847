// Between interleaved pixels (8 or 16 bit) and float planes [1,C,H,W] in [0,1].
import { StudioError } from '../../contract/fault.ts';
import type { PixelBuffer, Region } from '../../contract/image.ts';
import { tensor, type Tensor } from './tensor.ts';

/** Float planes lying somewhere on a frame: planes [1,C,h,w] cover `place` (h = place.height, w = place.width). */
export interface Patch {
  readonly place: Region;
  readonly planes: Tensor;
}

/** Largest sample of a depth: what 1.0 becomes. */
export function maxSample(depth: 8 | 16): number {
  return depth === 8 ? 255 : 65535;
}

/** Colours of pixels as [1,3,H,W] in [0,1]; grey is repeated, alpha left out. */
export function planesOf(pixels: PixelBuffer): Tensor {
  const { width, height, channels } = pixels;
  const size = width * height;
  const planes = new Float32Array(3 * size);
  const scale = 1 / maxSample(pixels.depth);
  if (pixels.depth === 8) spreadBytes(pixels.data, planes, channels, size, scale);
  else spreadWords(pixels.data, planes, channels, size, scale);
  return tensor([1, 3, height, width], planes);
}

/** Loops of one sample type each: engines compile one that meets both to slower code. */
function spreadBytes(data: Uint8Array, planes: Float32Array, channels: number, size: number, scale: number): void {
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  for (let i = 0, s = 0; i < size; i++, s += channels) {
    planes[i] = data[s]! * scale;
    planes[size + i] = data[s + green]! * scale;
    planes[2 * size + i] = data[s + blue]! * scale;
  }
}

function spreadWords(data: Uint16Array, planes: Float32Array, channels: number, size: number, scale: number): void {
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  for (let i = 0, s = 0; i < size; i++, s += channels) {
    planes[i] = data[s]! * scale;
    planes[size + i] = data[s + green]! * scale;
    planes[2 * size + i] = data[s + blue]! * scale;
  }
}

/** Straight alpha of pixels as [1,1,H,W] in [0,1]; nothing where the pixels have none. */
export function alphaOf(pixels: PixelBuffer): Tensor | undefined {
  if (pixels.channels !== 4) return undefined;
  const { width, height, data } = pixels;
  const plane = new Float32Array(width * height);
  const scale = 1 / maxSample(pixels.depth);
  for (let i = 0; i < plane.length; i++) plane[i] = data[4 * i + 3]! * scale;
  return tensor([1, 1, height, width], plane);
}

/**
 * Planes [1,C,H,W], C = 1 or 3, and straight alpha [1,1,H,W] (with C = 3) as pixels: clamped to [0,1], rounded to nearest.
 * Throws session.failed when a sample is no number: a network gave NaN.
 */
export function pixelsOf(planes: Tensor, depth: 8 | 16, alpha?: Tensor): PixelBuffer {
  const [, colours = 0, height = 0, width = 0] = planes.shape;
  if ((colours !== 3 && (colours !== 1 || alpha)) || (alpha && alpha.data.length !== height * width)) {
    throw new StudioError('tensor.shape-mismatch', { expected: '1×1|3×H×W, alpha 1×1×H×W', got: planes.shape.join('×') });
  }
  const size = width * height;
  const channels = alpha ? 4 : colours === 1 ? 1 : 3;
  const data = depth === 8 ? new Uint8Array(size * channels) : new Uint16Array(size * channels);
  const interleave = depth === 8 ? toBytes : toWords;
  for (let c = 0; c < colours; c++) interleave(planes.data.subarray(c * size, (c + 1) * size), data, c, channels);
  if (alpha) interleave(alpha.data, data, 3, channels);
  return { width, height, channels, depth, data } as PixelBuffer;
}

function toBytes(plane: Float32Array, into: Uint8Array | Uint16Array, channel: number, channels: number): void {
  for (let i = 0, s = channel; i < plane.length; i++, s += channels) {
    const value = plane[i]!;
    if (value !== value) throw noNumber();
    into[s] = value <= 0 ? 0 : value >= 1 ? 255 : Math.floor(value * 255 + 0.5);
  }
}

function toWords(plane: Float32Array, into: Uint8Array | Uint16Array, channel: number, channels: number): void {
  for (let i = 0, s = channel; i < plane.length; i++, s += channels) {
    const value = plane[i]!;
    if (value !== value) throw noNumber();
    into[s] = value <= 0 ? 0 : value >= 1 ? 65535 : Math.floor(value * 65535 + 0.5);
  }
}

function noNumber(): StudioError {
  return new StudioError('session.failed', { reason: 'the network gave a value that is no number' });
}

/** The part of a patch that covers `region` (inside its place). Copies. Throws tensor.shape-mismatch when it sticks out. */
export function cropPatch(patch: Patch, region: Region): Patch {
  const { place, planes } = patch;
  const dx = region.x - place.x;
  const dy = region.y - place.y;
  if (dx < 0 || dy < 0 || dx + region.width > place.width || dy + region.height > place.height) {
    throw new StudioError('tensor.shape-mismatch', { expected: describe(place), got: describe(region) });
  }
  const channels = planes.shape[1]!;
  const out = new Float32Array(channels * region.width * region.height);
  let to = 0;
  for (let c = 0; c < channels; c++) {
    for (let y = 0; y < region.height; y++, to += region.width) {
      const from = (c * place.height + dy + y) * place.width + dx;
      out.set(planes.data.subarray(from, from + region.width), to);
    }
  }
  return { place: region, planes: tensor([1, channels, region.height, region.width], out) };
}

function describe(region: Region): string {
  return `${region.width}×${region.height} at ${region.x},${region.y}`;
}
