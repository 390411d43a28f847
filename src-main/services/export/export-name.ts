// Names of exported files.
import { extname } from 'node:path';

export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'tiff';
/** With formats that keep layers. */
export type FileFormat = PictureFormat | 'ora' | 'psd';

/** Endings of each format, the usual one first. */
const endings: Readonly<Record<FileFormat, readonly string[]>> = { ora: ['.ora'], psd: ['.psd'], png: ['.png'], jpeg: ['.jpg', '.jpeg'], webp: ['.webp'], tiff: ['.tif', '.tiff'] };

/** A name with an ending that the format is known by. */
export function namedFor(format: FileFormat, name: string): string {
  return endings[format].includes(extname(name).toLowerCase()) ? name : `${name}${endings[format][0]}`;
}
