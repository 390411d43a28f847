// The shipped sample pictures, small: real pictures for journeys through the studio.
import { resolve } from 'node:path';
import sharp from 'sharp';

const folder = resolve(import.meta.dirname, '../../resources/samples');

export type SampleName = 'evening-lake' | 'garden' | 'old-street' | 'portrait' | 'still-life';

/** PNG of a sample, cut to a size in px. */
export function samplePicture(name: SampleName, width: number, height: number): Promise<Buffer> {
  return sharp(`${folder}/${name}.jpg`).resize(width, height, { fit: 'cover' }).png().toBuffer();
}
