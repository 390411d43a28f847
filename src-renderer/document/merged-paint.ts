// Layers as one raster of the state the document is in: glazes among them are waited for, until the artist has enough of it.
import { watch } from 'vue';
import type { Layer, LayerId, Raster } from '../../src-main/contract/document.ts';
import { useCanvas } from '../canvas/canvas-store.ts';
import { useHost } from '../client/host-store.ts';
import { useNotices } from '../shell/notices-store.ts';
import { useDocument } from './document-store.ts';
import { withDescendants } from './layer-tree.ts';
import { useWaitingStep } from './waiting-step.ts';

/** Paint that comes sooner is not worth a word, ms. */
const saidAfterMs = 250;

/** Nothing where it was cancelled, one is being waited for already, or the layers are gone. Throws StudioError: a glaze that cannot be painted. */
export function createMergedPaint(): (layers: readonly LayerId[]) => Promise<Raster | undefined> {
  const [host, document, canvas, notices, waiting] = [useHost(), useDocument(), useCanvas(), useNotices(), useWaitingStep()];
  let isWaiting = false;

  function glazesOf(layers: readonly LayerId[]): Layer[] {
    const { record } = document;
    return record ? layers.flatMap((id) => withDescendants(record, id)).flatMap((id) => record.layers[id] ?? []).filter(({ kind, visible, opacity }) => kind === 'glaze' && visible && opacity > 0) : [];
  }

  /** Again and again, until nothing has changed from the paint's being whole till all of it is composited. */
  async function merge(layers: readonly LayerId[], { aborted }: { readonly aborted: () => boolean }): Promise<Raster | undefined> {
    const of = document.record?.id;
    for (;;) {
      await canvas.settled();
      await document.settled();
      const { record } = document;
      if (aborted() || !record || record.id !== of || layers.some((id) => !record.layers[id])) return undefined;
      const glazes = glazesOf(layers).map(({ id }) => id);
      const { sequences } = glazes.length > 0 ? await host.studio.ask('glaze.rest', { document: record.id, layers: glazes }) : { sequences: {} };
      if (aborted()) return undefined;
      if (document.record !== record) continue;
      const pixels = await canvas.mergeToRaster(layers, sequences);
      if (pixels === undefined || aborted()) return undefined;
      if (pixels && document.record === record) return pixels;
    }
  }

  /** Says what is waited for; closed, by Escape or undo too, it calls `cancel`. Answers what takes it away. */
  function say(name: string, cancel: () => void): () => void {
    let notice: number | undefined;
    const gone = watch(() => notices.list.some(({ id }) => id === notice), (isThere) => isThere || notice === undefined || cancel());
    const timer = setTimeout(() => (notice = notices.ask('notices.waitsForGlaze', { name }, { words: 'notices.cancel', run: cancel })), saidAfterMs);
    const onKey = (event: KeyboardEvent): void => void (event.key === 'Escape' && !event.defaultPrevented && cancel());
    window.addEventListener('keydown', onKey);
    const done = waiting.begin(cancel);
    return () => {
      done();
      clearTimeout(timer);
      gone();
      window.removeEventListener('keydown', onKey);
      if (notice !== undefined) notices.close(notice);
    };
  }

  return async (layers) => {
    if (isWaiting) return undefined;
    isWaiting = true;
    let isCancelled = false;
    let cancel = (): void => undefined;
    const cancelled = new Promise<undefined>((resolve) => {
      cancel = () => {
        isCancelled = true;
        resolve(undefined);
      };
    });
    const [glaze] = glazesOf(layers);
    const unsay = glaze ? say(glaze.name, cancel) : undefined;
    try {
      const merged = merge(layers, { aborted: () => isCancelled });
      merged.catch(() => undefined); // Of what was cancelled nobody hears.
      return await Promise.race([merged, cancelled]);
    } finally {
      unsay?.();
      isWaiting = false;
    }
  };
}
