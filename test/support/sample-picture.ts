// The shipped sample pictures, small: real pictures for journeys through the studio.
import { resolve } from 'node:path';
import sharp from 'sharp';
import { paintedPicture } from './painted-picture.ts';

const folder = resolve(import.meta.dirname, '../../resources/samples');

export type SampleName = 'evening-lake' | 'garden' | 'old-street' | 'portrait' | 'still-life';

/** PNG of a sample, cut to a size in px. */
export function samplePicture(name: SampleName, width: number, height: number): Promise<Buffer> {
  return sharp(`${folder}/${name}.jpg`).resize(width, height, { fit: 'cover' }).png().toBuffer();
}

/** PNG of a painting made by a rule: something to teach from. */
export function smallPainting(width: number, height: number, seed = 1): Promise<Buffer> {
  const { data } = paintedPicture(width, height, seed);
  return sharp(data, { raw: { width, height, channels: 3 } }).png().toBuffer();
}
