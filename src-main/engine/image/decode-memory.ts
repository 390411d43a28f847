// How much memory a picture takes to read where its format cannot be read in strips.
import type { Extent } from '../../contract/image.ts';

export interface StoredPicture extends Extent {
  readonly format: string;
  /** Progressive JPEG, interlaced PNG. */
  readonly interlaced: boolean;
  /** Channels and bits of a sample as stored. */
  readonly channels: number;
  readonly depth: 8 | 16;
  /** JPEG: colours at a quarter of the pixels. */
  readonly subsampled: boolean;
}

/** Bytes per pixel, measured on 24 megapixels as the growth of resident memory beyond that of a format read in strips. */
const bytesPerPx: Readonly<Record<string, (stored: StoredPicture) => number>> = {
  // Every coefficient, 16 bit each.
  jpeg: ({ interlaced, subsampled, channels }) => (interlaced ? 2 * (subsampled ? channels / 2 : channels) : 0),
  png: ({ interlaced, channels, depth }) => (interlaced ? (channels * depth) / 8 : 0),
  gif: () => 8,
  webp: () => 10,
  avif: ({ depth }) => (18 * depth) / 8,
};

/** MB that reading takes at its peak; 0 where strips are read and memory is flat: baseline JPEG, plain PNG, TIFF. */
export function decodeMemoryMB(stored: StoredPicture): number {
  const perPx = bytesPerPx[stored.format]?.(stored) ?? 0;
  return Math.round((perPx * stored.width * stored.height) / 2 ** 20);
}
