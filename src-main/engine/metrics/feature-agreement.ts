// How closely one feature network sees what another sees, layer by layer.
import type { Tensor } from '../tensor/tensor.ts';
import type { FeatureNetwork } from './feature-network.ts';

export interface LayerAgreement {
  /** Pearson's correlation of all activations, 1 = the same up to scale and offset. */
  readonly correlation: number;
  /** Root of Σ(a−b)²/Σb², 0 = the same. */
  readonly relativeError: number;
  /** Root of Σ(Gₐ−G_b)²/ΣG_b² of the Gram matrices: what style losses see. */
  readonly gramError: number;
  /** Mean correlation of the channels, those that are flat left out: what content losses see. */
  readonly channelCorrelation: number;
}

/**
 * Agreement of `network` with `reference` on pictures [1,3,H,W] in [0,1], each number the mean over the pictures.
 * The networks' maps of one name must have one shape. Throws as their features do.
 */
export async function featureAgreement(network: FeatureNetwork, reference: FeatureNetwork, pictures: readonly Tensor[]): Promise<Record<string, LayerAgreement>> {
  const shared = network.layers.filter((layer) => reference.layers.includes(layer));
  const sums = Object.fromEntries(shared.map((layer) => [layer, [0, 0, 0, 0]]));
  for (const picture of pictures) {
    const [seen, wanted] = [await network.features(picture), await reference.features(picture)];
    for (const layer of shared) agreement(seen[layer], wanted[layer]).forEach((value, index) => (sums[layer][index] += value / pictures.length));
  }
  return Object.fromEntries(
    Object.entries(sums).map(([layer, [correlation, relativeError, gramError, channelCorrelation]]) => [layer, { correlation, relativeError, gramError, channelCorrelation }]),
  );
}

function agreement(seen: Tensor, wanted: Tensor): number[] {
  const channels = wanted.shape[1];
  const rows = (map: Tensor): Float32Array[] => {
    const size = map.data.length / channels;
    return Array.from({ length: channels }, (_, channel) => (map.data as Float32Array).subarray(channel * size, (channel + 1) * size));
  };
  const [a, b] = [rows(seen), rows(wanted)];
  const each = a.map((row, channel) => correlation(row, b[channel])).filter((value) => value !== undefined);
  return [
    correlation(seen.data as Float32Array, wanted.data as Float32Array) ?? 1,
    relative(seen.data as Float32Array, wanted.data as Float32Array),
    relative(gram(a), gram(b)),
    each.reduce((sum, value) => sum + value, 0) / Math.max(1, each.length),
  ];
}

/** Undefined where one of the two is flat. */
function correlation(a: Float32Array, b: Float32Array): number | undefined {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, one, other] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] - meanA, b[i] - meanB];
    both += x * y;
    one += x * x;
    other += y * y;
  }
  return one > 0 && other > 0 ? both / Math.sqrt(one * other) : undefined;
}

function relative(a: Float32Array, b: Float32Array): number {
  let [error, power] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    error += (a[i] - b[i]) ** 2;
    power += b[i] ** 2;
  }
  return power > 0 ? Math.sqrt(error / power) : 0;
}

function gram(rows: readonly Float32Array[]): Float32Array {
  const found = new Float32Array(rows.length ** 2);
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let at = 0; at < rows[i].length; at++) sum += rows[i][at] * rows[j][at];
      found[i * rows.length + j] = found[j * rows.length + i] = sum;
    }
  }
  return found;
}

function mean(numbers: Float32Array): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
