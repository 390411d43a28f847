// What an artist should know of a painting before a style is learned from it.
import { basename } from 'node:path';
import type { PictureInfo, PixelBuffer } from '../contract/image.ts';
import { flatShareOf } from '../engine/image/tone.ts';
import { planesOf } from '../engine/tensor/layout.ts';

/** Paintings that are flat in more of their cells teach paper rather than paint. */
const mostFlat = 0.5;
/** An enlargement by less than this loses no brushwork. */
const smallEnlargement = 1.1;

export interface PaintingWarning {
  readonly key: string;
  readonly details: Readonly<Record<string, string | number>>;
}

/** path and info: of the file; pixels: what is learned from. */
export function paintingWarnings(path: string, info: PictureInfo, pixels: PixelBuffer): PaintingWarning[] {
  const file = basename(path);
  const learnedPx = Math.max(pixels.width, pixels.height);
  const enlarged = learnedPx > smallEnlargement * Math.max(info.width, info.height);
  const own: readonly (readonly [boolean, string])[] = [
    [info.hasAlpha, 'painting.transparent'],
    [enlarged, 'painting.enlarged'],
    [flatShareOf(planesOf(pixels)) > mostFlat, 'painting.few-details'],
  ];
  // what is said of a picture to be painted over reads otherwise for one to be learned from
  const general = info.warnings.filter((key) => key !== 'picture.transparent' && key !== 'picture.small');
  const keys = [...general, ...own.flatMap(([holds, key]) => (holds ? [key] : []))];
  return keys.map((key) => ({ key, details: { file, pages: info.pages, profile: info.profile ?? '', px: learnedPx } }));
}
