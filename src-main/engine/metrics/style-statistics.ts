// What a picture's features say about its manner, wherever things are: Gram matrices, means and deviations.
import type { Tensor } from '../tensor/tensor.ts';

/** Of one layer with C channels. */
export interface LayerStatistics {
  /** C·C numbers, divided by the number of places. */
  readonly gram: Float32Array;
  /** C means, then C deviations. */
  readonly moments: Float64Array;
}

export type StyleStatistics = readonly LayerStatistics[];

/** Statistics of one layer's activations [1,C,h,w] and their product F·Fᵀ [1,C,C] (Gatys 2015; moments: Huang 2017). */
export function layerStatistics(activations: Tensor, product: Tensor): LayerStatistics {
  const [, channels = 0, height = 0, width = 0] = activations.shape;
  const places = height * width;
  const gram = product.data.map((value) => value / places);
  const moments = new Float64Array(2 * channels);
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let i = c * places; i < (c + 1) * places; i++) sum += activations.data[i]!;
    const mean = sum / places;
    moments[c] = mean;
    // The Gram matrix's diagonal is the mean square; rounding may push the difference below zero.
    moments[channels + c] = Math.sqrt(Math.max(0, gram[c * (channels + 1)]! - mean * mean));
  }
  return { gram, moments };
}

export interface StyleDistance {
  /** Mean over layers of the relative distance of Gram matrices; 0 the same. */
  readonly gram: number;
  /** The same of means and deviations. */
  readonly moments: number;
}

/** Distance of two statistics relative to their sizes, symmetric, so that layers and paintings count alike. */
export function styleDistance(a: StyleStatistics, b: StyleStatistics): StyleDistance {
  const mean = (of: (layer: LayerStatistics) => Numbers): number =>
    a.reduce((sum, layer, i) => sum + relativeDistance(of(layer), of(b[i]!)), 0) / a.length;
  return { gram: mean(({ gram }) => gram), moments: mean(({ moments }) => moments) };
}

type Numbers = Float32Array | Float64Array;

/** |a − b| / √(|a|·|b|); 0 when both are nothing. */
function relativeDistance(a: Numbers, b: Numbers): number {
  let [aa, bb, difference] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
    difference += (a[i]! - b[i]!) ** 2;
  }
  return difference === 0 ? 0 : Math.sqrt(difference) / Math.max(Math.sqrt(Math.sqrt(aa * bb)), Number.EPSILON);
}
