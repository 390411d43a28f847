// What a discriminator makes of a result.
import { StudioError } from '../../contract/fault.ts';
import type { Session } from '../runtime/session.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { cropOf, cropRegions, extentOf } from './crops.ts';

/** Crops are as large as the patches the discriminator was trained on. */
export const realismCropPx = 96;
const patches = 12;

/**
 * Mean score of a patch discriminator over crops of [1,3,H,W] in [0,1]; higher is more like the paintings it was shown.
 * The discriminator takes one picture [1,3,h,w] and gives one tensor of scores (Isola 2017).
 * Throws session.failed when it has other inputs; tensor.shape-mismatch for pictures below 96 px.
 */
export async function realism(picture: Tensor, discriminator: Session): Promise<number> {
  const [input, ...others] = discriminator.inputs;
  const [output] = discriminator.outputs;
  if (!input || !output || others.length > 0) throw new StudioError('session.failed', { provider: discriminator.provider, reason: 'it is no discriminator of single pictures' });
  const regions = cropRegions(extentOf(picture), realismCropPx, patches);
  if (regions.length === 0) throw new StudioError('tensor.shape-mismatch', { expected: `at least ${realismCropPx} px`, got: picture.shape.join('×') });
  let sum = 0;
  for (const region of regions) {
    const scores = (await discriminator.run({ [input.name]: cropOf(picture, region) }))[output.name];
    if (scores?.type !== 'float32') throw new StudioError('session.failed', { provider: discriminator.provider, reason: 'its scores are not float32' });
    sum += scores.data.reduce((total, score) => total + score, 0) / scores.data.length;
  }
  return sum / regions.length;
}
