// What an artist should know of paintings before a style is learned from them.
import { basename } from 'node:path';
import { regionInWords, type Extent, type PictureInfo, type PixelBuffer, type Region } from '../../contract/image.ts';
import { paletteDistance, paletteOf } from '../../engine/image/survey/palette.ts';
import type { PaintingSurvey } from '../../engine/image/survey/survey-painting.ts';
import { flatShareOf } from '../../engine/image/tone.ts';
import { planesOf } from '../../engine/tensor/layout.ts';

/** Paintings that are flat in more of their cells teach paper rather than paint. */
const mostFlat = 0.5;
/** An enlargement by less than this loses no brushwork. */
const smallEnlargement = 1.1;
/** A painting this many times as large as the others of a set is told of. */
const muchLarger = 2.5;
/** Palettes farther apart than this (OKLab) have little in common. */
const farApart = 0.075;

export interface PaintingWarning {
  readonly key: string;
  readonly details: Readonly<Record<string, string | number>>;
}

export interface JudgedPainting {
  readonly path: string;
  /** Of the file. */
  readonly info: PictureInfo;
  /** What is learned from. */
  readonly pixels: PixelBuffer;
  /** Whether what is learned from is transparent anywhere. */
  readonly seeThrough: boolean;
  readonly survey: PaintingSurvey;
  /** The part of the file that is learned from; absent: all. */
  readonly crop?: Region | undefined;
}

/** In the order in which they matter. */
export function paintingWarnings({ path, info, pixels, seeThrough, survey, crop }: JudgedPainting): PaintingWarning[] {
  const file = basename(path);
  const learnedPx = longSideOf(pixels);
  const enlarged = learnedPx > smallEnlargement * longSideOf(crop ?? info);
  const own: readonly (readonly [boolean, string])[] = [
    [seeThrough, 'painting.transparent'],
    [enlarged, 'painting.enlarged'],
    [flatShareOf(planesOf(pixels)) > mostFlat, 'painting.few-details'],
    ...survey.findings.map((finding) => [true, `painting.${finding}`] as const),
    [crop !== undefined, 'painting.cropped'],
    [crop === undefined && survey.crop !== undefined, 'painting.crop-proposed'],
  ];
  // what is said of a picture to be painted over reads otherwise for one to be learned from
  const general = info.warnings.filter((key) => key !== 'picture.transparent' && key !== 'picture.small');
  const keys = [...general, ...own.flatMap(([holds, key]) => (holds ? [key] : []))];
  const part = crop ?? survey.crop;
  const details = { file, pages: info.pages, profile: info.profile ?? '', px: learnedPx, crop: part ? regionInWords(part) : '' };
  return keys.map((key) => ({ key, details }));
}

function longSideOf({ width, height }: Extent): number {
  return Math.max(width, height);
}

/** What of a set of paintings contradicts the others; nothing for one painting, and of colours nothing for two, where none is the odd one. */
export function setWarnings(paintings: readonly Pick<JudgedPainting, 'path' | 'info' | 'pixels' | 'crop'>[]): PaintingWarning[] {
  if (paintings.length < 2) return [];
  const sizes = paintings.map(({ info, crop }) => longSideOf(crop ?? info));
  const palettes = paintings.map(({ pixels }) => paletteOf(planesOf(pixels)));
  return paintings.flatMap(({ path }, index) => {
    const file = basename(path);
    const others = sizes.filter((_, other) => other !== index);
    const times = sizes[index]! / Math.max(...others);
    const apart = others.length < 2 ? 0 : Math.min(...palettes.flatMap((palette, other) => (other === index ? [] : [paletteDistance(palettes[index]!, palette)])));
    const warnings: PaintingWarning[] = [];
    if (times >= muchLarger) warnings.push({ key: 'paintings.sizes-differ', details: { file, times: Number(times.toFixed(1)) } });
    if (apart > farApart) warnings.push({ key: 'paintings.colours-differ', details: { file } });
    return warnings;
  });
}
