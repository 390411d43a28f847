// Soft masks that place the styles of a mix: pictures stretched to the artwork, read window by window.
import { basename } from 'node:path';
import type { Extent, PixelBuffer, Region } from '../../contract/image.ts';
import type { JobWatch } from '../../contract/job.ts';
import type { MixEntry } from '../../contract/style.ts';
import { decodePixels } from '../../engine/image/codec.ts';
import { luminance } from '../../engine/image/color.ts';
import { resample, sourceRegionOf } from '../../engine/image/resample.ts';
import { alphaOf, cropPatch, planesOf } from '../../engine/tensor/layout.ts';
import { tensor, type Tensor } from '../../engine/tensor/tensor.ts';
import { readWindow, type PlaneSource } from '../../engine/tiling/window.ts';

/** Masks need no more than this: they are soft. */
const largestMaskPx = 2048;

/** The masks of a mix over any scale of the artwork. */
export interface PlacedMasks {
  /** [1,K,h,w] in [0,1], one per style in order, with a sum of at most 1 in every pixel. The window may reach past the edges. */
  read(window: Region, frame: Extent): Tensor;
  /** How much of each pixel is painted at all, in [0,1]: the masks' sum. Nothing where styles without a mask paint all the rest. */
  readonly cover?: (window: Region, frame: Extent) => Float32Array;
}

/** Nothing where no style of the mix has a mask. Throws picture.*. */
export async function loadMasks(mix: readonly MixEntry[], artwork: Extent, watch: JobWatch): Promise<PlacedMasks | undefined> {
  if (mix.every(({ mask }) => mask === undefined)) return undefined;
  const planes: (Tensor | undefined)[] = [];
  for (const { mask } of mix) planes.push(mask === undefined ? undefined : await loadMask(mask, artwork, watch));
  return placeMasks(planes.map((plane) => plane && planeSource(plane)), mix.map(({ weight }) => weight));
}

/** Masks [1,1,h,w] in [0,1] over frames of their own, one for each weight; nothing for a style that shares what others leave. */
export function placeMasks(masks: readonly (PlaneSource | undefined)[], weights: readonly number[]): PlacedMasks {
  const heaviest = Math.max(...weights);
  const relative = weights.map((weight) => weight / heaviest);
  const read = (window: Region, frame: Extent): Tensor => {
    const windows = masks.map((mask) => mask && maskWindow(mask, window, frame));
    return shared(windows, relative, window);
  };
  return { read, ...(masks.every((mask) => mask !== undefined) ? { cover: (window, frame) => sumOf(read(window, frame)) } : {}) };
}

/** Whether there may be places where no style of the mix paints. */
export function leavesPictureBare(mix: readonly MixEntry[]): boolean {
  return mix.every(({ mask }) => mask !== undefined);
}

function sumOf({ data, shape }: Tensor): Float32Array {
  const size = data.length / shape[1]!;
  return Float32Array.from({ length: size }, (_, i) => {
    let sum = 0;
    for (let at = i; at < data.length; at += size) sum += data[at]!;
    return Math.min(1, sum);
  });
}

async function loadMask(path: string, artwork: Extent, watch: JobWatch): Promise<Tensor> {
  const mask = await readMask(path);
  const [, , height = 1, width = 1] = mask.shape;
  const stretch = (width / height) * (artwork.height / artwork.width);
  if (Math.abs(stretch - 1) > 0.02) watch.warn('mask.resized', { file: basename(path) });
  return mask;
}

/** A mask's picture at its own size, 2048 px on the long side at most: [1,1,h,w] in [0,1]. Throws picture.*. */
export async function readMask(path: string): Promise<Tensor> {
  return coverOf(await decodePixels(path, { longSide: largestMaskPx, alpha: true, depth: 16 }));
}

/** Grey times alpha: what is black or transparent is not covered. [1,1,h,w] in [0,1]. */
function coverOf(pixels: PixelBuffer): Tensor {
  const { data } = planesOf(pixels);
  const size = pixels.width * pixels.height;
  const cover = alphaOf(pixels)?.data ?? new Float32Array(size).fill(1);
  for (let i = 0; i < size; i++) cover[i] = cover[i]! * luminance(data[i]!, data[size + i]!, data[2 * size + i]!);
  return tensor([1, 1, pixels.height, pixels.width], cover);
}

function planeSource(plane: Tensor): PlaneSource {
  const [, , height = 0, width = 0] = plane.shape;
  const frame = { width, height };
  return { frame, read: (region) => cropPatch({ place: { x: 0, y: 0, ...frame }, planes: plane }, region) };
}

function maskWindow(mask: PlaneSource, window: Region, frame: Extent): Float32Array {
  const own = mask.frame;
  const source = {
    frame,
    read: (region: Region) => resample(mask.read(sourceRegionOf(region, own, frame)), own, frame, region),
  };
  return readWindow(source, window).planes.data.map((value) => Math.min(1, Math.max(0, value)));
}

/** Masked styles take what their masks say, scaled back where they overlap; styles without a mask share what is left, by weight. */
function shared(masks: readonly (Float32Array | undefined)[], weights: readonly number[], window: Region): Tensor {
  const size = window.width * window.height;
  const placed = tensor([1, masks.length, window.height, window.width]);
  const open = weights.reduce((sum, weight, style) => (masks[style] ? sum : sum + weight), 0);
  for (let i = 0; i < size; i++) {
    let covered = 0;
    masks.forEach((mask, style) => mask && (covered += mask[i]! * weights[style]!));
    const scale = covered > 1 ? 1 / covered : 1;
    const rest = Math.max(0, 1 - covered);
    masks.forEach((mask, style) => {
      const weight = weights[style]!;
      placed.data[style * size + i] = mask ? mask[i]! * weight * scale : (rest * weight) / open;
    });
  }
  return placed;
}
