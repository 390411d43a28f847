// The lighting of a picture among what is frozen of it.
import { StudioError } from '../../../contract/fault.ts';
import type { Lighting } from '../../image/lighting.ts';
import type { TensorTable } from '../../tensor/safetensors.ts';
import { tensor, type Tensor } from '../../tensor/tensor.ts';

const [level, surroundings] = ['light.level', 'light.surroundings'] as const;

/** Lighting as tensors `light.level` [1] and `light.surroundings` [1,2,h,w]. */
export function lightingTable({ mean, surroundings: map }: Lighting): TensorTable {
  return { [level]: tensor([1], Float32Array.of(mean)), [surroundings]: map };
}

/** The way back; nothing where the picture was not lit. Throws asset.corrupt where the map is none. */
export function thawedLighting(table: TensorTable): Lighting | undefined {
  const [mean, map] = [table[level], table[surroundings]];
  if (!mean && !map) return undefined;
  const [one, planes, height = 0, width = 0] = map?.shape ?? [];
  if (mean?.data.length !== 1 || map?.shape.length !== 4 || one !== 1 || planes !== 2 || height * width === 0 || !map.data.every(Number.isFinite) || !Number.isFinite(mean.data[0])) throw new StudioError('asset.corrupt', { asset: 'statistics' });
  return { mean: mean.data[0]!, surroundings: map as Tensor };
}
