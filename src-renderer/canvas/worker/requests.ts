// What the window may ask of the worker's pixels, and who answers.
import { applyMask, copyPixels, invertMask, keepPixels, mergeLayers, paintBounds, selectionMask } from './copying-requests.ts';
import type { DeskParts } from './desk-parts.ts';
import { fillAtOnce, floodAtOnce, gradientAtOnce, select } from './painting-requests.ts';
import { pickColour } from './pick-colour.ts';
import type { CanvasCall, CanvasMethod, CanvasRequests } from './protocol.ts';
import { layerThumbnail, stateThumbnail } from './thumbnails.ts';
import { transformLayers } from './transforming-requests.ts';

type Answers = { readonly [M in CanvasMethod]: (parts: DeskParts, params: CanvasRequests[M]['params']) => Promise<CanvasRequests[M]['answer']> };

const answers: Answers = {
  thumbnail: layerThumbnail,
  state: stateThumbnail,
  pick: pickColour,
  select,
  flood: floodAtOnce,
  fill: fillAtOnce,
  gradient: gradientAtOnce,
  copy: copyPixels,
  keep: keepPixels,
  transform: transformLayers,
  merge: mergeLayers,
  applyMask,
  invertMask,
  selectionMask,
  bounds: paintBounds,
  settle: async ({ steps }) => {
    await steps.settled();
    return null;
  },
  stats: async ({ easel, cache, line }) => ({
    ...easel.timings.read(),
    cachedBytes: cache.bytes + easel.means.bytes,
    cachedTiles: cache.count,
    staleTiles: easel.waiting,
    loading: line.loading,
  }),
};

/** Throws StudioError where the pixels cannot be had. */
export async function answerRequest(parts: DeskParts, { method, params }: CanvasCall): Promise<unknown> {
  const answer = answers[method] as (parts: DeskParts, params: unknown) => Promise<unknown>;
  return answer(parts, params);
}
