// The paintings of a teaching: judged first, then read at the size they are learned at, whole or the parts of them that count.
import { basename } from 'node:path';
import { StudioError } from '../../contract/fault.ts';
import { regionInWords, type Extent, type PictureInfo, type PixelBuffer, type Region } from '../../contract/image.ts';
import { leastCropPx, type PaintingCrops, type TeachRequest } from '../../contract/teaching.ts';
import { decodePixels, inspectPicture } from '../../engine/image/codec.ts';
import { surveyPainting, surveySizePx, type PaintingSurvey } from '../../engine/image/survey/survey-painting.ts';
import { fileHash } from '../file-hash.ts';
import { paintingWarnings, setWarnings, type PaintingWarning } from './painting-warnings.ts';
import { defaultCropPx } from './teach-plan.ts';

/** What is learned from as one picture: a part of a painting, or all of it. */
export interface PartRead {
  /** 8-bit RGB. */
  readonly pixels: PixelBuffer;
  /** In px of the file; absent: all of it. */
  readonly crop?: Region | undefined;
  /** What was found in it, and the part that is proposed. */
  readonly survey: PaintingSurvey;
  /** Whether it is transparent anywhere. */
  readonly seeThrough: boolean;
}

export interface PaintingRead {
  readonly path: string;
  readonly info: PictureInfo;
  readonly hash: string;
  readonly parts: readonly PartRead[];
}

export interface PaintingWatch {
  warn(key: string, details: PaintingWarning['details']): void;
}

/** Reads all paintings of a request and says what an artist should know of them. Throws picture.*, painting.crop-small. */
export async function readPaintings({ paintings, crop, crops }: Pick<TeachRequest, 'paintings' | 'crop' | 'crops'>, styleSizePx: number, watch: PaintingWatch): Promise<PaintingRead[]> {
  const read: PaintingRead[] = [];
  for (const [index, path] of paintings.entries()) {
    const asked = crops?.[index];
    const painting = await readPainting(path, asked === undefined ? crop : (asked ?? undefined), styleSizePx);
    for (const { key, details } of paintingWarnings(painting)) watch.warn(key, details);
    read.push(painting);
  }
  for (const { key, details } of setWarnings(read)) watch.warn(key, details);
  return read;
}

/**
 * One painting, the parts that were asked for or all of it. Its largest part (`longestPx` where that is not among them) is scaled to a
 * long side of `styleSizePx`, the others by as much: strokes of one painting stay of one size. Throws picture.*, painting.crop-small.
 */
export async function readPainting(path: string, asked: PaintingCrops | undefined, styleSizePx: number, longestPx = 0): Promise<PaintingRead> {
  const info = await inspectPicture(path);
  const crops = asked === 'auto' ? [(await surveyOf(path, info)).crop] : (asked ?? [undefined]);
  const longest = Math.max(longestPx, ...crops.map((crop) => longSideOf(crop ?? info)));
  const parts: PartRead[] = [];
  for (const crop of crops) {
    if (crop && asked !== 'auto') requireLarge(crop, info, path);
    const longSide = learnedLongSide(crop ?? info, longest, styleSizePx);
    const survey = await surveyOf(path, info, crop);
    const pixels = await decodePixels(path, { longSide, enlarge: true, region: crop });
    parts.push({ pixels, crop, survey, seeThrough: info.hasAlpha && (await isSeeThrough(path, crop)) });
  }
  return { path, info, hash: await fileHash(path), parts };
}

/** Smaller parts are enlarged beyond the others' scale until a training crop fits in. */
function learnedLongSide(part: Extent, longestPx: number, styleSizePx: number): number {
  const [long, short] = [longSideOf(part), Math.min(part.width, part.height)];
  const scale = Math.max(styleSizePx / longestPx, defaultCropPx / short);
  return Math.min(styleSizePx, Math.round(long * scale));
}

/** A part that reaches out of the painting is refused where it is decoded. */
function requireLarge(crop: Region, painting: Extent, path: string): void {
  const isLarge = crop.width >= Math.min(leastCropPx, painting.width) && crop.height >= Math.min(leastCropPx, painting.height);
  const isInside = crop.x >= 0 && crop.y >= 0 && crop.x + crop.width <= painting.width && crop.y + crop.height <= painting.height;
  if (isInside && !isLarge) throw new StudioError('painting.crop-small', { file: basename(path), crop: regionInWords(crop), px: leastCropPx });
}

const longSideOf = ({ width, height }: Extent): number => Math.max(width, height);

/** A part is judged as it is left, and no other crop is proposed. */
async function surveyOf(path: string, info: PictureInfo, region?: Region): Promise<PaintingSurvey> {
  const survey = surveyPainting(await decodePixels(path, { longSide: surveySizePx, region }), region ?? info);
  return region ? { findings: survey.findings } : survey;
}

/** Whether an alpha channel lets anything be seen through what is learned from. */
async function isSeeThrough(path: string, region: Region | undefined): Promise<boolean> {
  const { data } = await decodePixels(path, { longSide: surveySizePx, region, alpha: true });
  for (let at = 3; at < data.length; at += 4) if (data[at]! < 255) return true;
  return false;
}
