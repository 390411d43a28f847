// A state of a document as a PNG file, for the page.
import type { EngineScene, GlazeSight } from '../../contract/engine-api.ts';
import type { LayerId } from '../../contract/document.ts';
import type { Extent } from '../../contract/image.ts';
import type { JobProgress } from '../../contract/job.ts';
import { encodePixels } from '../../engine/image/codec.ts';
import type { SessionFactory } from '../../engine/runtime/session.ts';
import { flatten } from './flatten.ts';
import type { GlazeDesk } from './glaze-desk.ts';
import { sightOf } from './glaze-sight.ts';
import { looksAlikeSmall, shrinkOf, smallScene } from './small-scene.ts';
import { sceneOf } from './still-scene.ts';
import { withoutLayers } from './without-layers.ts';

export interface FlattenFileOrder extends EngineScene, GlazeSight {
  readonly longSidePx: number;
  readonly hidden?: readonly LayerId[];
  readonly only?: LayerId;
  /** Nobody waits for it: painted quietly, and glazes that look the same small are painted small. */
  readonly nearly?: boolean;
  /** PNG file to write. */
  readonly out: string;
}

interface Work {
  readonly signal: AbortSignal;
  progress(progress: JobProgress): void;
}

/** Answers the size of the picture. Throws as sceneOf and compositeInto, disk.*. */
export async function flattenFile(order: FlattenFileOrder, desk: GlazeDesk, sessions: SessionFactory, work: Work): Promise<Extent> {
  const { only, longSidePx, out, folders } = order;
  const hidden = new Set(order.hidden);
  const changed = withoutLayers(order.record, hidden);
  const [record, isPresent] = [changed ?? order.record, order.isPresent && !changed];
  const shown = { ...sightOf(record, order), hidden, ...(only === undefined ? {} : { only }) };
  const shrink = order.nearly ? shrinkOf(record, longSidePx) : 1;
  const isPainted = isPresent && desk.has(record.id);
  const [place, ordered] = [{ ...order, sessions }, { ...order, record, isPresent, shown, isLatestFine: true, isQuiet: order.nearly === true }];
  const scene = shrink > 1 && !isPainted && looksAlikeSmall(ordered) ? await smallScene(ordered, shrink, desk, place, work.signal) : await sceneOf(ordered, desk, place, work.signal);
  const pixels = await flatten(scene, { ...shown, longSidePx, shrink }, folders.work, {
    signal: work.signal,
    progress: (share) => work.progress({ stage: 'flatten', done: share, total: 1 }),
  });
  await encodePixels(pixels, out);
  return { width: pixels.width, height: pixels.height };
}
