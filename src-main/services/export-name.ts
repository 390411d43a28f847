// Names of exported pictures.
import { extname } from 'node:path';

export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'tiff';

/** Endings of each format, the usual one first. */
const endings: Readonly<Record<PictureFormat, readonly string[]>> = { png: ['.png'], jpeg: ['.jpg', '.jpeg'], webp: ['.webp'], tiff: ['.tif', '.tiff'] };

/** A name with an ending that the format is known by. */
export function namedFor(format: PictureFormat, name: string): string {
  return endings[format].includes(extname(name).toLowerCase()) ? name : `${name}${endings[format][0]}`;
}
