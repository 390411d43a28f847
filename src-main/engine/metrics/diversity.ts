// How much results of different seeds differ.
import type { Tensor } from '../tensor/tensor.ts';
import { featureDistance } from './feature-distance.ts';
import type { FeatureNetwork, Features } from './feature-network.ts';

/** Mean feature distance of all pairs of pictures of one size, in [0,2]; 0 for fewer than two. Throws as the network does. */
export async function diversity(pictures: readonly Tensor[], network: FeatureNetwork): Promise<number> {
  const all: Features[] = [];
  for (const picture of pictures) all.push(await network.features(picture));
  const distances = all.flatMap((a, i) => all.slice(i + 1).map((b) => featureDistance(a, b)));
  return distances.length === 0 ? 0 : distances.reduce((sum, each) => sum + each, 0) / distances.length;
}
