// How far colours moved.
import { StudioError } from '../../contract/fault.ts';
import { deltaE2000, srgbToLab } from '../image/color.ts';
import type { Tensor } from '../tensor/tensor.ts';

/**
 * Mean ΔE2000 of two [1,3,H,W] in [0,1], place by place; 0 the same, about 1 just visible (Sharma 2005).
 * Throws tensor.shape-mismatch.
 */
export function colourShift(a: Tensor, b: Tensor): number {
  if (a.shape.join() !== b.shape.join()) throw new StudioError('tensor.shape-mismatch', { expected: a.shape.join('×'), got: b.shape.join('×') });
  const places = a.data.length / 3;
  const labAt = ({ data }: Tensor, i: number) => srgbToLab(data[i]!, data[places + i]!, data[2 * places + i]!);
  let sum = 0;
  for (let i = 0; i < places; i++) sum += deltaE2000(labAt(a, i), labAt(b, i));
  return sum / places;
}
