// Where teaching starts from a base: the codes of the styles it knows, blended by how alike their paintings are to the new one.
import type { Tensor } from '../tensor/tensor.ts';
import { createRandom } from '../tensor/random.ts';
import type { StyleTargets } from './feature-model.ts';

/** What is kept of each style a base was trained on. */
export interface StyleAtlas {
  readonly slugs: readonly string[];
  /** [K,S] */
  readonly codes: Tensor;
  /** [K,D], of sketchOf. */
  readonly sketches: Tensor;
  /** Names and sides of the Gram matrices in a sketch: only sketches of the same are comparable. */
  readonly grams: readonly GramName[];
}

export interface GramName {
  readonly name: string;
  readonly channels: number;
}

/** Numbers kept of one Gram matrix. */
const buckets = 128;
/** Width of the blend: this share of the range from the nearest style to the farthest. */
const softness = 0.05;
const sketchSeed = 20;

/** The Gram matrices among a style's targets, in the order of their names. */
export function gramsOf(targets: StyleTargets): GramName[] {
  const names = Object.keys(targets).filter((name) => name.startsWith('gram.'));
  return names.sort().map((name) => ({ name, channels: targets[name].shape[0] }));
}

/**
 * Gram matrices [C,C] of a style → [D], D = 128 per matrix: random signs and buckets, which keep distances to about
 * 1/√128 each (count sketch: Charikar, Chen & Farach-Colton 2002; Weinberger 2009, eq. 3).
 */
export function sketchOf(targets: StyleTargets): Float32Array {
  const grams = gramsOf(targets);
  const sketch = new Float32Array(grams.length * buckets);
  grams.forEach(({ name }, index) => {
    const random = createRandom(sketchSeed + index);
    const offset = index * buckets;
    for (const value of targets[name].data) {
      const draw = random.integer(2 * buckets);
      sketch[offset + (draw >> 1)] += draw & 1 ? value : -value;
    }
  });
  return sketch;
}

/** Whether a style measured by a feature network can be compared with an atlas. */
export function isComparable(atlas: StyleAtlas, targets: StyleTargets): boolean {
  return JSON.stringify(gramsOf(targets)) === JSON.stringify(atlas.grams);
}

/** Distance of every style of an atlas to a new one, relative to the new one's size as in the style loss: [K], 0 the same. */
export function distancesTo({ slugs, sketches, grams }: StyleAtlas, sketch: Float32Array): number[] {
  const size = sketch.length;
  return slugs.map((_, style) => {
    const row = sketches.data.subarray(style * size, (style + 1) * size);
    const parts = grams.map((_gram, index) => {
      let [difference, own] = [0, 0];
      for (let at = index * buckets; at < (index + 1) * buckets; at++) {
        difference += (row[at] - sketch[at]) ** 2;
        own += sketch[at] ** 2;
      }
      return difference / Math.max(own, Number.MIN_VALUE);
    });
    return parts.reduce((sum, part) => sum + part, 0) / parts.length;
  });
}

/**
 * Place of the style of an atlas whose marks are most like a new one's: the nearest by direction (1 − cosine) of the deepest Gram matrix at its
 * smallest scale, which alone sees the whole of a stroke. By all matrices and their size, as a start is found, palette and contrast weigh
 * more (docs/decisions.md). sketch: of sketchOf, comparable.
 */
export function nearestInMarks({ slugs, sketches, grams }: StyleAtlas, sketch: Float32Array): number {
  const deepest = Math.max(...grams.map(({ channels }) => channels));
  const offset = buckets * grams.findLastIndex(({ channels }) => channels === deepest); // names end in their scale
  const own = sketch.subarray(offset, offset + buckets);
  const alike = slugs.map((_, style) => cosine(sketches.data.subarray(style * sketch.length + offset, style * sketch.length + offset + buckets), own));
  return alike.indexOf(Math.max(...alike));
}

function cosine(a: ArrayLike<number>, b: Float32Array): number {
  let [product, first, second] = [0, 0, 0];
  b.forEach((value, at) => {
    product += a[at] * value;
    first += a[at] ** 2;
    second += value ** 2;
  });
  return product / Math.max(Math.sqrt(first * second), Number.MIN_VALUE);
}

/** Shares of the known styles in the start of a new one, [K], their sum 1: most to the nearest. */
export function sharesFor(distances: readonly number[]): number[] {
  const nearest = Math.min(...distances);
  const width = softness * (Math.max(...distances) - nearest);
  const raw = distances.map((distance) => (width === 0 ? 1 : Math.exp((nearest - distance) / width)));
  const sum = raw.reduce((total, share) => total + share, 0);
  return raw.map((share) => share / sum);
}

/** The blend of an atlas's codes by shares: [S]. */
export function blendCodes({ codes }: Pick<StyleAtlas, 'codes'>, shares: readonly number[]): Float32Array {
  const size = codes.shape[1];
  const blend = new Float32Array(size);
  shares.forEach((share, style) => {
    for (let at = 0; at < size; at++) blend[at] += share * codes.data[style * size + at];
  });
  return blend;
}
