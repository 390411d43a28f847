// The paintings of a teaching: judged first, then read at the size they are learned at, whole or without what was found round them.
import type { PictureInfo, PixelBuffer, Region } from '../../contract/image.ts';
import type { PaintingCrop, TeachRequest } from '../../contract/teaching.ts';
import { decodePixels, inspectPicture } from '../../engine/image/codec.ts';
import { surveyPainting, surveySizePx, type PaintingSurvey } from '../../engine/image/survey/survey-painting.ts';
import { fileHash } from '../file-hash.ts';
import { paintingWarnings, setWarnings, type PaintingWarning } from './painting-warnings.ts';

export interface PaintingRead {
  readonly path: string;
  readonly info: PictureInfo;
  readonly hash: string;
  /** 8-bit RGB. */
  readonly pixels: PixelBuffer;
  /** What of it was read, in px of the file; absent: all. */
  readonly crop?: Region | undefined;
  /** What was found in it, and the part that is proposed. */
  readonly survey: PaintingSurvey;
}

export interface PaintingWatch {
  warn(key: string, details: PaintingWarning['details']): void;
}

/** Reads all paintings of a request and says what an artist should know of them. Throws picture.*. */
export async function readPaintings({ paintings, crop, crops }: Pick<TeachRequest, 'paintings' | 'crop' | 'crops'>, longSidePx: number, watch: PaintingWatch): Promise<PaintingRead[]> {
  const read: PaintingRead[] = [];
  for (const [index, path] of paintings.entries()) {
    const asked = crops?.[index];
    read.push(await readPainting(path, asked === undefined ? crop : (asked ?? undefined), longSidePx, watch));
  }
  for (const { key, details } of setWarnings(read)) watch.warn(key, details);
  return read;
}

async function readPainting(path: string, asked: PaintingCrop | undefined, longSidePx: number, watch: PaintingWatch): Promise<PaintingRead> {
  const info = await inspectPicture(path);
  const crop = asked === 'auto' ? (await surveyOf(path, info)).crop : asked;
  const survey = await surveyOf(path, info, crop);
  const pixels = await decodePixels(path, { longSide: longSidePx, enlarge: true, region: crop });
  const seeThrough = info.hasAlpha && (await isSeeThrough(path, crop));
  for (const { key, details } of paintingWarnings({ path, info, pixels, seeThrough, survey, crop })) watch.warn(key, details);
  return { path, info, hash: await fileHash(path), pixels, crop, survey };
}

/** A painting that is cropped is judged as it is left, and no other crop is proposed. */
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
