// What the teacher says of a painting before it learns from it.
import type { EngineParams, SurveyedPainting } from '../../contract/engine-api.ts';
import { decodePixels, encodePixels } from '../../engine/image/codec.ts';
import { paintingWarnings } from './painting-warnings.ts';
import { readPainting } from './read-paintings.ts';
import { defaultStyleSizePx } from './teach-plan.ts';

/** Long side in px of the picture that is shown of a painting. */
const shownPx = 1600;

/** Judges a painting, or a part of it in px of its file, and writes a PNG of all of it where it is to be shown. Throws picture.* | painting.crop-small | disk.*. */
export async function surveyFile({ path, crop, longestPx, shown }: EngineParams<'painting.survey'>): Promise<SurveyedPainting> {
  const read = await readPainting(path, crop && [crop], defaultStyleSizePx, longestPx);
  if (shown !== undefined) await encodePixels(await decodePixels(path, { longSide: shownPx }), shown);
  const { width, height } = read.info;
  const proposed = read.parts[0]?.survey.crop;
  return { size: { width, height }, notes: paintingWarnings(read), ...(proposed ? { proposed } : {}) };
}
