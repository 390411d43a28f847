// Parts of a painting as targets: a calm part of the picture learns from the painting's calm parts, a busy one from its busy ones.
import { emit } from '../onnx/emit.ts';
import type { SessionFactory, SessionOptions } from '../runtime/session.ts';
import { planesOf } from '../tensor/layout.ts';
import { tensor, type Tensor } from '../tensor/tensor.ts';
import type { Picture } from './augment.ts';
import { contentLooks, type Batch, type BatchRule, type Dataset } from './batch.ts';
import { gramGraph, type FeatureModel, type StyleTargets } from './feature-model.ts';
import { lookOf, rankIn, type Look } from './look.ts';

/** A window of a painting: what it is like beside the other windows, and its targets. */
export interface Region {
  /** Ranks in [0,1] among the windows of the style. */
  readonly rank: Look;
  readonly targets: StyleTargets;
}

/** Side of a window in px, and how many of them a style has at least. */
const windowPx = 160;
const windowsWanted = 12;
/** Weight of tone beside activity where a window is chosen. */
const toneWeight = 0.5;

/**
 * Windows of a style's paintings, spread evenly, each with a mix of the whole style's Gram matrices and its own: `share` of
 * its own. The relative size stays the whole style's, so that calm windows do not count more. Throws session.*.
 */
export async function measureRegions(paintings: readonly Picture[], whole: StyleTargets, share: number, model: FeatureModel, sessions: SessionFactory, options: SessionOptions): Promise<Region[]> {
  const windows = paintings.flatMap((painting) => windowsOf(painting, Math.ceil(windowsWanted / paintings.length)));
  const looks = windows.map(({ data }) => lookOf(data, windowPx));
  const sorted = sortedLooks(looks);
  const session = await sessions.open(emit(gramGraph(model, [1, 3, windowPx, windowPx])), options);
  try {
    const regions: Region[] = [];
    for (const [index, picture] of windows.entries()) {
      const grams = await session.run({ picture });
      const mixed = Object.entries(grams).map(([name, { data }]) => [name, mix(whole[name], data as Float32Array, share)] as const);
      regions.push({ rank: rankOf(looks[index], sorted), targets: { ...whole, ...Object.fromEntries(mixed) } });
    }
    return regions;
  } finally {
    await session.release();
  }
}

function mix(whole: Tensor, own: Float32Array, share: number): Tensor {
  return tensor(whole.shape, Float32Array.from(own, (value, at) => share * value + (1 - share) * whole.data[at]));
}

function windowsOf(painting: Picture, wanted: number): Tensor[] {
  const across = Math.max(1, Math.round(Math.sqrt((wanted * painting.width) / painting.height)));
  const down = Math.max(1, Math.ceil(wanted / across));
  const places = (count: number, size: number): number[] => Array.from({ length: count }, (_, index) => Math.round((Math.max(0, size - windowPx) * (index + 0.5)) / count));
  return places(down, painting.height).flatMap((top) => places(across, painting.width).map((left) => windowAt(painting, left, top)));
}

/** Paintings smaller than a window are continued by their last row and column. */
function windowAt({ width, height, data }: Picture, left: number, top: number): Tensor {
  const pixels = new Uint8Array(3 * windowPx * windowPx);
  for (let y = 0; y < windowPx; y++) {
    for (let x = 0; x < windowPx; x++) {
      const from = 3 * (Math.min(top + y, height - 1) * width + Math.min(left + x, width - 1));
      pixels.set([data[from], data[from + 1], data[from + 2]], 3 * (y * windowPx + x));
    }
  }
  return planesOf({ width: windowPx, height: windowPx, channels: 3, depth: 8, data: pixels });
}

interface SortedLooks {
  readonly activity: readonly number[];
  readonly tone: readonly number[];
}

const sortedLooks = (looks: readonly Look[]): SortedLooks => ({
  activity: looks.map(({ activity }) => activity).sort((a, b) => a - b),
  tone: looks.map(({ tone }) => tone).sort((a, b) => a - b),
});

const rankOf = ({ activity, tone }: Look, sorted: SortedLooks): Look => ({ activity: rankIn(sorted.activity, activity), tone: rankIn(sorted.tone, tone) });

/** What each batch aims at: of its style the window whose rank among windows is nearest to the crop's among crops. */
export function regionalAim(regions: readonly (readonly Region[])[], targets: readonly StyleTargets[], dataset: Dataset, rule: BatchRule): (batch: Batch) => StyleTargets {
  const crops = sortedLooks(contentLooks(dataset, rule));
  return ({ style, content }) => {
    const wanted = rankOf(lookOf(content.data, rule.cropPx), crops);
    const distance = ({ rank }: Region): number => (rank.activity - wanted.activity) ** 2 + toneWeight * (rank.tone - wanted.tone) ** 2;
    const [first, ...others] = regions[style] ?? [];
    if (first === undefined) return targets[style];
    return others.reduce((best, region) => (distance(region) < distance(best) ? region : best), first).targets;
  };
}
