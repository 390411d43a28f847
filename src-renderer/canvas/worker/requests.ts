// What the window may ask of the worker's pixels, and who answers.
import { StudioError } from '../../../src-main/contract/fault.ts';
import type { DeskParts } from './desk.ts';
import { pickColour } from './pick-colour.ts';
import type { CanvasCall, CanvasMethod, CanvasRequests } from './protocol.ts';
import { layerThumbnail, stateThumbnail } from './thumbnails.ts';

type Answers = { readonly [M in CanvasMethod]?: (parts: DeskParts, params: CanvasRequests[M]['params']) => Promise<CanvasRequests[M]['answer']> };

const answers: Answers = {
  thumbnail: layerThumbnail,
  state: stateThumbnail,
  pick: pickColour,
  settle: async ({ steps }) => {
    await steps.settled();
    return null;
  },
  stats: async ({ easel, cache, line }) => ({
    ...easel.timings.read(),
    cachedBytes: cache.bytes,
    cachedTiles: cache.count,
    staleTiles: easel.waiting,
    loading: line.loading,
  }),
};

/** Throws StudioError where the pixels cannot be had. */
export async function answerRequest(parts: DeskParts, { method, params }: CanvasCall): Promise<unknown> {
  const answer = answers[method] as ((parts: DeskParts, params: unknown) => Promise<unknown>) | undefined;
  if (!answer) throw new StudioError('internal', { reason: `the canvas does not know ${method}` });
  return answer(parts, params);
}
