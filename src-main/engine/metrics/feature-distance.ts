// How different two pictures look to a feature network, place by place.
import { StudioError } from '../../contract/fault.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Features } from './feature-network.ts';

/** Keeps directions defined where nothing is active. */
const epsilon = 1e-10;

/**
 * Distance of features of two pictures of one size, in [0,2]; 0 the same, higher less alike.
 * Zhang 2018 (LPIPS) without learned weights: channels scaled to unit length at every place, squared difference summed over
 * channels, averaged over places; unlike there averaged, not summed, over layers. Throws tensor.shape-mismatch.
 */
export function featureDistance(a: Features, b: Features): number {
  const layers = Object.keys(a);
  return layers.reduce((sum, layer) => sum + layerDistance(a[layer]!, b[layer]), 0) / layers.length;
}

function layerDistance(a: Tensor, b: Tensor | undefined): number {
  if (a.shape.join() !== b?.shape.join()) {
    throw new StudioError('tensor.shape-mismatch', { expected: a.shape.join('×'), got: b?.shape.join('×') ?? 'no such layer' });
  }
  const [, channels = 0, height = 0, width = 0] = a.shape;
  const places = height * width;
  const [aa, bb, ab] = [dots(a, a, channels, places), dots(b, b, channels, places), dots(a, b, channels, places)];
  let sum = 0;
  // |â − b̂|² = |â|² + |b̂|² − 2 â·b̂, so that only three dot products a place are needed.
  for (let i = 0; i < places; i++) {
    const [la, lb] = [Math.sqrt(aa[i]!) + epsilon, Math.sqrt(bb[i]!) + epsilon];
    sum += Math.max(0, aa[i]! / la ** 2 + bb[i]! / lb ** 2 - (2 * ab[i]!) / (la * lb));
  }
  return sum / places;
}

/** Dot product over channels at every place. */
function dots(a: Tensor, b: Tensor, channels: number, places: number): Float64Array {
  const sums = new Float64Array(places);
  for (let c = 0; c < channels; c++) {
    const from = c * places;
    for (let i = 0; i < places; i++) sums[i] = sums[i]! + a.data[from + i]! * b.data[from + i]!;
  }
  return sums;
}
