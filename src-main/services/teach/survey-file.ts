// What the teacher says of a painting before it learns from it.
import type { EngineParams, SurveyedPainting } from '../../contract/engine-api.ts';
import { decodePixels, encodePixels } from '../../engine/image/codec.ts';
import { readPaintings } from './read-paintings.ts';
import { defaultStyleSizePx } from './teach-plan.ts';

/** Long side in px of the picture that is shown of a painting. */
const shownPx = 1600;

/** Judges a painting, or a part of it in px of its file, and writes a PNG of all of it where it is to be shown. Throws picture.* | disk.*. */
export async function surveyFile({ path, crop, shown }: EngineParams<'painting.survey'>): Promise<SurveyedPainting> {
  const notes: { readonly key: string; readonly details: Readonly<Record<string, string | number>> }[] = [];
  const [read] = await readPaintings({ paintings: [path], ...(crop ? { crop } : {}) }, defaultStyleSizePx, { warn: (key, details) => void notes.push({ key, details }) });
  if (shown !== undefined) await encodePixels(await decodePixels(path, { longSide: shownPx }), shown);
  const { width = 0, height = 0 } = read?.info ?? {};
  return { size: { width, height }, notes, ...(read?.survey.crop ? { proposed: read.survey.crop } : {}) };
}
