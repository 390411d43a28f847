// The start of a new style: sketches keep distances, shares go to what is near.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src-main/engine/tensor/random.ts';
import { scalar, tensor } from '../../../../src-main/engine/tensor/tensor.ts';
import type { StyleTargets } from '../../../../src-main/engine/training/feature-model.ts';
import { blendCodes, distancesTo, gramsOf, isComparable, nearestInMarks, sharesFor, sketchOf, type StyleAtlas } from '../../../../src-main/engine/training/style-atlas.ts';

const sides = { 'gram.a@1': 48, 'gram.a@2': 64, 'gram.b@1': 96, 'gram.b@2': 80 };

/** A style's Gram matrices: a pattern of its own and what all share. */
function styleLike(seed: number, shared = 0): StyleTargets {
  const random = createRandom(seed);
  const common = createRandom(99);
  const grams = Object.entries(sides).map(([name, side]) => {
    const data = Float32Array.from({ length: side * side }, () => (1 - shared) * random.normal() + shared * common.normal());
    return [name, tensor([side, side], data)] as const;
  });
  return { ...Object.fromEntries(grams), 'rms.a@1': scalar(3) };
}

function trueDistance(a: StyleTargets, b: StyleTargets): number {
  const parts = Object.keys(sides).map((name) => {
    const [x, y] = [a[name].data, b[name].data];
    const own = y.reduce((sum, value) => sum + value * value, 0);
    return x.reduce((sum, value, at) => sum + (value - y[at]) ** 2, 0) / own;
  });
  return parts.reduce((sum, part) => sum + part, 0) / parts.length;
}

function atlasOf(styles: readonly StyleTargets[]): StyleAtlas {
  const rows = styles.map(sketchOf);
  const sketches = tensor([rows.length, rows[0].length], Float32Array.from(rows.flatMap((row) => [...row])));
  const codes = tensor([rows.length, 2], Float32Array.from(rows.flatMap((_, row) => [row, 10 * row])));
  return { slugs: rows.map((_, row) => `style ${row}`), codes, sketches, grams: gramsOf(styles[0]) };
}

describe('the atlas of a base', () => {
  it('keeps the distances of Gram matrices in a thousandth of their numbers', () => {
    const styles = [styleLike(1), styleLike(2, 0.5), styleLike(3, 0.9)];
    const fresh = styleLike(4, 0.7);
    const kept = distancesTo(atlasOf(styles), sketchOf(fresh));
    styles.forEach((style, index) => expect(kept[index] / trueDistance(style, fresh)).toBeCloseTo(1, 0.5));
    expect(kept[2]).toBeLessThan(kept[0]);
  });

  it('finds a style it knows at distance zero and gives it nearly the whole start', () => {
    const styles = [styleLike(1), styleLike(2), styleLike(3)];
    const atlas = atlasOf(styles);
    const distances = distancesTo(atlas, sketchOf(styles[1]));
    expect(distances[1]).toBe(0);
    const shares = sharesFor(distances);
    expect(shares[1]).toBeGreaterThan(0.99);
    expect(blendCodes(atlas, shares)[1]).toBeCloseTo(10, 1);
  });

  it('shares a start equally among styles that are equally far', () => {
    expect(sharesFor([2, 2])).toEqual([0.5, 0.5]);
  });

  it('finds the style with the same marks by the deepest matrix at the smallest scale, whatever the contrast', () => {
    const [fresh, ...styles] = [4, 1, 2, 3].map((seed) => styleLike(seed)) as [StyleTargets, ...StyleTargets[]];
    const deepest = fresh['gram.b@1'].data; // 96 channels, the most of all
    const marked = { ...styles[1]!, 'gram.b@1': tensor([96, 96], deepest.map((value) => 0.1 * value)) };
    const closer = { ...fresh, 'gram.b@1': styles[2]!['gram.b@1'] };
    const atlas = atlasOf([styles[0]!, marked, closer]);
    expect(nearestInMarks(atlas, sketchOf(fresh))).toBe(1);
    const distances = distancesTo(atlas, sketchOf(fresh));
    expect(distances.indexOf(Math.min(...distances))).toBe(2);
  });

  it('does not compare what other features saw', () => {
    const atlas = atlasOf([styleLike(1)]);
    expect(isComparable(atlas, styleLike(5))).toBe(true);
    const { 'gram.b@2': _left, ...fewer } = styleLike(5);
    expect(isComparable(atlas, fewer)).toBe(false);
  });
});
