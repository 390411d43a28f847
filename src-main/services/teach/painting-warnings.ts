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

/** What is learned from as one picture. */
export interface JudgedPart {
  readonly pixels: PixelBuffer;
  /** Whether it is transparent anywhere. */
  readonly seeThrough: boolean;
  readonly survey: PaintingSurvey;
  /** In px of the file; absent: all of it. */
  readonly crop?: Region | undefined;
}

export interface JudgedPainting {
  readonly path: string;
  /** Of the file. */
  readonly info: PictureInfo;
  readonly parts: readonly JudgedPart[];
}

/** In the order in which they matter: of the file, of each part, and what is learned from. Of several parts each is named by its number, FILE #2. */
export function paintingWarnings({ path, info, parts }: JudgedPainting): PaintingWarning[] {
  const file = basename(path);
  // what is said of a picture to be painted over reads otherwise for one to be learned from
  const general = info.warnings.filter((key) => key !== 'picture.transparent' && key !== 'picture.small');
  const details = { file, pages: info.pages, profile: info.profile ?? '' };
  return [
    ...general.map((key) => ({ key, details })),
    ...parts.flatMap((part, index) => partWarnings(part, info, parts.length > 1 ? `${file} #${index + 1}` : file)),
    ...cropWarnings(parts, file),
  ];
}

function partWarnings({ pixels, seeThrough, survey, crop }: JudgedPart, info: Extent, file: string): PaintingWarning[] {
  const px = longSideOf(pixels);
  const own: readonly (readonly [boolean, string])[] = [
    [seeThrough, 'painting.transparent'],
    [px > smallEnlargement * longSideOf(crop ?? info), 'painting.enlarged'],
    [flatShareOf(planesOf(pixels)) > mostFlat, 'painting.few-details'],
    ...survey.findings.map((finding) => [true, `painting.${finding}`] as const),
  ];
  return own.flatMap(([holds, key]) => (holds ? [{ key, details: { file, px } }] : []));
}

/** What is learned from, or could be. */
function cropWarnings(parts: readonly JudgedPart[], file: string): PaintingWarning[] {
  const crops = parts.flatMap(({ crop }) => crop ?? []);
  if (crops.length > 1) return [{ key: 'painting.cropped-parts', details: { file, crop: crops.map(regionInWords).join('; '), count: crops.length } }];
  const [crop, proposed] = [crops[0], parts[0]?.survey.crop];
  if (crop) return [{ key: 'painting.cropped', details: { file, crop: regionInWords(crop) } }];
  return proposed ? [{ key: 'painting.crop-proposed', details: { file, crop: regionInWords(proposed) } }] : [];
}

function longSideOf({ width, height }: Extent): number {
  return Math.max(width, height);
}

/** What of a set of paintings contradicts the others; nothing for one painting, whatever its parts, and of colours nothing for two, where none is the odd one. */
export function setWarnings(paintings: readonly (Pick<JudgedPainting, 'path' | 'info'> & { readonly parts: readonly Pick<JudgedPart, 'pixels' | 'crop'>[] })[]): PaintingWarning[] {
  if (paintings.length < 2) return [];
  const sizes = paintings.map(({ info, parts }) => Math.max(...parts.map(({ crop }) => longSideOf(crop ?? info))));
  const palettes = paintings.map(({ parts }) => parts.map(({ pixels }) => paletteOf(planesOf(pixels))));
  return paintings.flatMap(({ path }, index) => {
    const file = basename(path);
    const others = sizes.filter((_, other) => other !== index);
    const times = sizes[index]! / Math.max(...others);
    const strange = palettes.flatMap((each, other) => (other === index ? [] : each));
    const apart = others.length < 2 ? 0 : Math.min(...palettes[index]!.flatMap((palette) => strange.map((each) => paletteDistance(palette, each))));
    const warnings: PaintingWarning[] = [];
    if (times >= muchLarger) warnings.push({ key: 'paintings.sizes-differ', details: { file, times: Number(times.toFixed(1)) } });
    if (apart > farApart) warnings.push({ key: 'paintings.colours-differ', details: { file } });
    return warnings;
  });
}
