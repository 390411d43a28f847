// Several runners as one: each paints where its share is not zero, and the results are blended in linear light.
import { StudioError } from '../../contract/fault.ts';
import type { Extent } from '../../contract/image.ts';
import { linearToSrgb, srgbToLinear } from '../image/color.ts';
import type { TensorTable } from '../tensor/safetensors.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';
import type { StyleRunner, TilingNeeds, WindowInput } from './style-engine.ts';

/** One runner of a blend. */
export interface BlendPart {
  readonly runner: StyleRunner;
  /** Part of the whole, 0..1; the shares of a blend sum to 1. Unused where masks place the styles. */
  readonly share: number;
  /** Which masks of the artwork belong to this runner, by index. */
  readonly styles: readonly number[];
}

/**
 * A runner that blends others in linear light, by shares or by soft masks; what no mask covers stays the picture.
 * Throws usage.invalid when the parts need windows of different fixed sizes.
 */
export function blended(parts: readonly BlendPart[]): StyleRunner {
  const heaviest = parts.reduce((best, part) => (part.share > best.share ? part : best));
  const measured = parts.flatMap(({ runner }) => runner.measuredSize ?? []);
  return {
    tiling: commonTiling(parts.map(({ runner }) => runner.tiling)),
    learnedSize: heaviest.runner.learnedSize,
    // one thumbnail serves all: the largest that any asks for
    ...(measured.length > 0 && { measuredSize: Math.max(...measured) }),
    async measure(thumbnail, masks, over) {
      for (const part of parts) await part.runner.measure(thumbnail, masksWithin(part, masks), over);
    },
    freeze: () => Object.fromEntries(parts.flatMap(({ runner }, index) => Object.entries(runner.freeze()).map(([name, value]) => [`${index}/${name}`, value]))),
    async thaw(statistics) {
      for (const [index, { runner }] of parts.entries()) await runner.thaw(statisticsWithin(statistics, `${index}/`));
    },
    paint: (window) => paintBlend(parts, window),
    async close() {
      for (const { runner } of parts) await runner.close();
    },
  };
}

async function paintBlend(parts: readonly BlendPart[], window: WindowInput): Promise<Tensor> {
  const { picture, masks } = window;
  const pixels = picture.data.length / 3;
  const sum = new Float32Array(picture.data.length);
  const covered = new Float32Array(pixels);
  for (const part of parts) {
    const share = masks ? coverOf(part, masks) : new Float32Array(pixels).fill(part.share);
    if (share.every((value) => value === 0)) continue;
    const own = masksWithin(part, masks);
    const { masks: _all, ...rest } = window;
    const result = await part.runner.paint(own ? { ...rest, masks: own } : rest);
    addShare(sum, result.data, share);
    share.forEach((value, index) => (covered[index] = (covered[index] ?? 0) + value));
  }
  if (masks) addShare(sum, picture.data, covered.map((value) => Math.max(0, 1 - value)));
  return tensor(picture.shape, sum.map(linearToSrgb));
}

/** sum += share · linear(source), plane by plane. */
function addShare(sum: Float32Array, source: Float32Array, share: Float32Array): void {
  for (let start = 0; start < sum.length; start += share.length) {
    for (let pixel = 0; pixel < share.length; pixel++) {
      const weight = share[pixel]!;
      if (weight > 0) sum[start + pixel] = sum[start + pixel]! + weight * srgbToLinear(source[start + pixel]!);
    }
  }
}

/** Sum of the masks of one part per pixel. */
function coverOf(part: BlendPart, masks: Tensor): Float32Array {
  const [, , height = 0, width = 0] = masks.shape;
  const pixels = height * width;
  const cover = new Float32Array(pixels);
  for (const style of part.styles) {
    for (let index = 0; index < pixels; index++) cover[index] = cover[index]! + masks.data[style * pixels + index]!;
  }
  return cover;
}

/** The masks of one part relative to its cover, so that it paints in full; none where it holds a single style. */
function masksWithin(part: BlendPart, masks: Tensor | undefined): Tensor | undefined {
  if (!masks || part.styles.length < 2) return undefined;
  const [, , height = 0, width = 0] = masks.shape;
  const pixels = height * width;
  const cover = coverOf(part, masks);
  const own = tensor([1, part.styles.length, height, width]);
  part.styles.forEach((style, row) => {
    for (let index = 0; index < pixels; index++) {
      // where the part has no share, its first style stands in: the numbers are not seen, but stay finite
      own.data[row * pixels + index] = cover[index]! > 0 ? masks.data[style * pixels + index]! / cover[index]! : Number(row === 0);
    }
  });
  return own;
}

/** The tensors whose names start so, without the start. */
export function statisticsWithin(table: TensorTable, start: string): TensorTable {
  return Object.fromEntries(Object.entries(table).flatMap(([name, value]) => (name.startsWith(start) ? [[name.slice(start.length), value]] : [])));
}

function commonTiling(needs: readonly TilingNeeds[]): TilingNeeds {
  const haloPx = Math.max(...needs.map((need) => need.haloPx));
  const multiple = needs.reduce((common, need) => leastCommonMultiple(common, need.multiple), 1);
  const fixed = needs.flatMap((need) => (need.fixed ? [need.fixed] : []));
  const [first] = fixed;
  if (!first) return { haloPx, multiple, ...(needs.every(({ anySize }) => anySize) && { anySize: true }) };
  if (fixed.some((size) => !sameExtent(size, first)) || first.width % multiple !== 0 || first.height % multiple !== 0) {
    throw new StudioError('usage.invalid', { reason: 'these networks need tiles of different fixed sizes and cannot be blended' });
  }
  return { haloPx, multiple, fixed: first };
}

function sameExtent(a: Extent, b: Extent): boolean {
  return a.width === b.width && a.height === b.height;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
