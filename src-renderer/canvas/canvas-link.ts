// Ties the canvas worker to the open document and the host's events: what it makes becomes steps of history, what changes is told to it.
import type { DocumentRecord } from '../../src-main/contract/document.ts';
import { firstState } from '../../src-main/contract/history.ts';
import type { GlazeTiles } from '../../src-main/contract/glaze-tiles.ts';
import type { StudioEvent } from '../../src-main/contract/studio-api.ts';
import { useHost } from '../client/host-store.ts';
import { useDocument } from '../document/document-store.ts';
import { watchPainting } from './painting-watch.ts';
import { openCanvasWorker, type CanvasNews, type CanvasWorker } from './worker-client.ts';
import type { PixelStep } from './worker/protocol.ts';

/** Paint that is told before its document is shown here waits. */
const mostWaiting = 400;

export interface CanvasLink {
  readonly worker: CanvasWorker;
  close(): void;
}

export interface CanvasLinkOptions {
  readonly canvas: OffscreenCanvas;
  readonly memoryMB: number;
  listen(news: Exclude<CanvasNews, { kind: 'step' }>): void;
  /** How many strokes and the like are not committed yet. */
  painting(count: number): void;
  /** A step was committed; `entry` as the document store names it. */
  committed(entry: string): void;
  fail(thrown: unknown): void;
}

export function openCanvasLink({ canvas, memoryMB, listen, painting, committed, fail }: CanvasLinkOptions): CanvasLink {
  const host = useHost();
  const studio = useDocument();
  let early: GlazeTiles[] = [];
  /** The step whose changes are being committed. */
  let committing: number | undefined;

  function commit({ step, label, changes }: PixelStep): void {
    try {
      committing = step;
      const entry = changes.length > 0 ? studio.commit(label, changes) : undefined;
      if (entry === undefined) worker.send({ kind: 'refused', step });
      else committed(entry);
    } catch (thrown) {
      worker.send({ kind: 'refused', step });
      fail(thrown);
    } finally {
      committing = undefined;
    }
  }

  const worker: CanvasWorker = watchPainting(openCanvasWorker(new Worker(new URL('./worker/canvas-worker.ts', import.meta.url), { type: 'module' }), (news) => {
    if (news.kind === 'step') commit(news.step);
    else listen(news);
  }), painting);
  worker.send({ kind: 'start', canvas, address: '', headers: { ...host.transport.headers }, memoryMB }, [canvas]);
  const open = (record: DocumentRecord | undefined): void => worker.send({ kind: 'open', record: record ?? null, state: studio.head, picture: studio.entries.get(studio.head)?.thumbnail ?? (studio.head === firstState ? studio.firstThumbnail : undefined) });
  open(studio.record);

  studio.onOpen((record) => {
    open(record);
    for (const paint of early) if (paint.document === record?.id) worker.send({ kind: 'glaze', paint });
    early = early.filter(({ document }) => document !== record?.id);
  });
  studio.onChange((changes, _, state) => worker.send({ kind: 'change', changes, state, ...(committing === undefined ? {} : { step: committing }) }));
  host.transport.onEvent((event: StudioEvent) => {
    if (event.kind !== 'glaze.tiles') return;
    if (event.paint.document === studio.record?.id) worker.send({ kind: 'glaze', paint: event.paint });
    else early = [...early, event.paint].slice(-mostWaiting);
  });

  return { worker, close: () => worker.close() };
}
