// How close a result's manner is to that of its style, measured in the style's own variety.
import type { Tensor } from '../tensor/tensor.ts';
import { cropOf, cropRegions, extentOf, resized, scaledExtent } from './crops.ts';
import { smallestFeaturePx, type FeatureNetwork } from './feature-network.ts';
import { styleDistance, type StyleDistance, type StyleStatistics } from './style-statistics.ts';

/** Sizes at which the manner is looked at: a fine weave matches at full size and not at a quarter. */
export const matchScales = { full: 1, half: 1 / 2, quarter: 1 / 4 } as const;
export type MatchScale = keyof typeof matchScales;

/** Distance to the style over the mean distance within it: 1 as close as the painting is to itself, higher farther. */
export interface StyleMatch extends StyleDistance {
  readonly scale: MatchScale;
  /** Long side at which result and style were compared. */
  readonly longSidePx: number;
  readonly cropPx: number;
}

const cropsPerPicture = 6;
const largestCropPx = 160;
/** Below this the deepest layers see nothing but edges. */
const smallestCropPx = Math.max(smallestFeaturePx, 40);
/** A painting of one flat colour has no variety of its own. */
const smallestVariety = 1e-3;

/**
 * Style match of several pictures of one size to a set of paintings at one scale, in order; nothing where they are too small
 * for it. All [1,3,H,W] in [0,1]. Both sides are brought to the smaller of their long sides, times the scale, and compared
 * crop by crop (Gatys 2015's Gram matrices, Huang 2017's means and deviations), since statistics of unequal areas do not
 * compare. Throws as the network does.
 */
export async function styleMatch(pictures: readonly Tensor[], style: readonly Tensor[], scale: MatchScale, network: FeatureNetwork): Promise<StyleMatch[]> {
  const longSidePx = Math.round(matchScales[scale] * Math.min(...[...pictures, ...style].map(longSideOf)));
  const atScale = (each: Tensor): Tensor => resized(each, scaledExtent(extentOf(each), longSidePx));
  const paintings = style.map(atScale);
  const painted = pictures.map(atScale);
  const shortestPx = Math.min(...[...painted, ...paintings].map((each) => Math.min(...each.shape.slice(2))));
  // At least two by two crops a painting, or it cannot be compared with itself.
  const cropPx = Math.min(largestCropPx, Math.floor(shortestPx / 2));
  if (cropPx < smallestCropPx) return [];
  const ofStyle: StyleStatistics[] = [];
  for (const painting of paintings) ofStyle.push(...(await cropStatistics(painting, cropPx, network)));
  const within = meanOf(ofStyle.flatMap((a, i) => ofStyle.slice(i + 1).map((b) => styleDistance(a, b))));
  const matches: StyleMatch[] = [];
  for (const picture of painted) {
    const ofPicture = await cropStatistics(picture, cropPx, network);
    const between = meanOf(ofPicture.flatMap((a) => ofStyle.map((b) => styleDistance(a, b))));
    const relative = (of: keyof StyleDistance): number => between[of] / Math.max(within[of], smallestVariety);
    matches.push({ scale, longSidePx, cropPx, gram: relative('gram'), moments: relative('moments') });
  }
  return matches;
}

async function cropStatistics(picture: Tensor, cropPx: number, network: FeatureNetwork): Promise<StyleStatistics[]> {
  const found: StyleStatistics[] = [];
  for (const region of cropRegions(extentOf(picture), cropPx, cropsPerPicture)) {
    found.push(await network.styleStatistics(cropOf(picture, region)));
  }
  return found;
}

function meanOf(distances: readonly StyleDistance[]): StyleDistance {
  const mean = (of: (distance: StyleDistance) => number): number => distances.reduce((sum, each) => sum + of(each), 0) / distances.length;
  return { gram: mean(({ gram }) => gram), moments: mean(({ moments }) => moments) };
}

function longSideOf({ shape }: Tensor): number {
  return Math.max(shape[2]!, shape[3]!);
}
