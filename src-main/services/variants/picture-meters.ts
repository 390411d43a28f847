// Meters of a painted picture beside what it was before: how much content is left, how near the style has come, how far colours moved.
import type { VariantMeters } from '../../contract/studio-records.ts';
import { colourShift } from '../../engine/metrics/colour-shift.ts';
import { extentOf, resized, scaledExtent } from '../../engine/metrics/crops.ts';
import { featureDistance } from '../../engine/metrics/feature-distance.ts';
import { openFeatureNetwork, type FeatureNetwork } from '../../engine/metrics/feature-network.ts';
import { styleMatch } from '../../engine/metrics/style-match.ts';
import type { SessionFactory } from '../../engine/runtime/session.ts';
import type { Tensor } from '../../engine/tensor/tensor.ts';
import { findFeatures, readFeatures } from '../features.ts';

/** Long side in px at which pictures are compared. */
const comparedPx = 512;
/** Distance (features.onnx that ships) of pictures that have nothing in common: mean of ten pairs of the sample pictures, 0.79 to 1.01. */
const unrelatedDistance = 0.95;

/** Pictures [1,3,H,W] in [0,1]; `after` is brought to the size of `before`. `style`: what the style was learned from; without it there is no style match. */
export interface MeasuredPictures {
  readonly before: Tensor;
  readonly after: Tensor;
  readonly style: readonly Tensor[];
}

/** Throws as the network does. */
export async function pictureMeters({ before, after, style }: MeasuredPictures, network: FeatureNetwork): Promise<VariantMeters> {
  const own = extentOf(before);
  const extent = scaledExtent(own, Math.min(comparedPx, Math.max(own.width, own.height)));
  const [was, is] = [resized(before, extent), resized(after, extent)];
  const distance = featureDistance(await network.features(was), await network.features(is));
  const match = style.length > 0 ? await wayToStyle(was, is, style, network) : undefined;
  return { contentKept: clamped(1 - distance / unrelatedDistance), colourShift: colourShift(was, is), ...(match === undefined ? {} : { styleMatch: match }) };
}

/** How much of the way from the picture (0) to the paintings' own variety (1) the paint has gone; nothing where they are too small to be compared. */
async function wayToStyle(before: Tensor, after: Tensor, style: readonly Tensor[], network: FeatureNetwork): Promise<number | undefined> {
  const [was, is] = await styleMatch([before, after], style, 'full', network);
  if (!was || !is) return undefined;
  return was.gram <= 1 ? Number(is.gram <= was.gram) : clamped((was.gram - is.gram) / (was.gram - 1));
}

function clamped(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** The feature network of this program, opened when first asked for and kept. */
export function keptFeatures(sessions: SessionFactory): (resources: string) => Promise<FeatureNetwork> {
  let network: Promise<FeatureNetwork> | undefined;
  const open = async (resources: string): Promise<FeatureNetwork> => {
    const found = await findFeatures(undefined, process.env, resources);
    return openFeatureNetwork(await readFeatures(found), 'features.onnx', sessions, { provider: 'cpu' });
  };
  return (resources) => {
    network ??= open(resources).catch((thrown: unknown) => {
      network = undefined;
      throw thrown;
    });
    return network;
  };
}
