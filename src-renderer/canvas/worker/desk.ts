// Puts the parts of the canvas worker together: which message goes where.
import type { AssetId, DocumentId } from '../../../src-main/contract/document.ts';
import { reachHost } from '../../client/reach-host.ts';
import { createAssetCache } from './asset-cache.ts';
import { createAssetLine, type AssetLine } from './asset-line.ts';
import { createDocumentMirror } from './document-mirror.ts';
import { createEasel, type Easel } from './easel.ts';
import type { DeskParts } from './desk-parts.ts';
import { createPixelSteps } from './pixel-steps.ts';
import type { CanvasCall, FromWorker, ToWorker } from './protocol.ts';
import { answerRequest } from './requests.ts';
import { createScreen } from './screen.ts';
import { createSelectionHolder } from './selection-holder.ts';
import { createStrokes } from './strokes.ts';
import { createTransformPreview } from './transform-preview.ts';
import { showTurned } from './turned-paint.ts';
import { createUploads } from './uploads.ts';

export interface StudioDesk {
  take(message: Exclude<ToWorker, CanvasCall | { kind: 'start' }>): void;
  answer(call: CanvasCall): Promise<unknown>;
}

const MB = 1e6;
/** After this long without a change, tiles of earlier states go. */
const sweepAfterMs = 5000;

export function createStudioDesk({ canvas, address, headers, memoryMB }: Extract<ToWorker, { kind: 'start' }>, post: (message: FromWorker) => void): StudioDesk {
  const cache = createAssetCache(memoryMB * MB);
  const mirror = createDocumentMirror();
  const send = createUploads(new Worker(new URL('./upload-worker.ts', import.meta.url), { type: 'module' }));
  const line: AssetLine = createAssetLine({ address, headers, cache, fetch: reachHost, send, arrived: () => easel.redraw() });
  const easel: Easel = createEasel({ screen: createScreen(canvas), cache, line, mirror, post });
  const steps = createPixelSteps({
    cache, line, mirror,
    show: (turn, dropped) => easel.show(turn, dropped),
    tell: (step) => post({ kind: 'step', step }),
    fail: (fault) => post({ kind: 'fault', fault }),
  });
  const selection = createSelectionHolder((state) => post({ kind: 'selection', selection: state }));
  const parts: DeskParts = { cache, line, mirror, easel, steps, selection, post };
  const strokes = createStrokes(parts);
  const preview = createTransformPreview(parts);

  let sweeping: ReturnType<typeof setTimeout> | undefined;
  const sweepLater = (): void => {
    clearTimeout(sweeping);
    sweeping = setTimeout(() => easel.sweep(), sweepAfterMs);
  };

  /** Without it the document is shown as it comes: it is seen for a moment only. */
  const showFirst = async (document: DocumentId | undefined, picture: AssetId | undefined): Promise<void> => {
    if (document === undefined || picture === undefined) return;
    const bytes = await line.load([picture]).then(() => cache.get(picture)).catch(() => undefined);
    const bitmap = bytes && (await createImageBitmap(new Blob([bytes.slice()])).catch(() => undefined));
    if (bitmap && mirror.record?.id === document && easel.waiting > 0) easel.showFirst(bitmap);
    else bitmap?.close();
  };

  return {
    answer: (call) => answerRequest(parts, call),
    take: (message) => {
      switch (message.kind) {
        case 'memory':
          cache.budgetBytes = message.memoryMB * MB;
          return;
        case 'open':
          strokes.abandon();
          selection.open(message.record);
          easel.open(message.record, message.state);
          return void showFirst(message.record?.id, message.picture);
        case 'change': {
          sweepLater();
          const turn = mirror.told(message.changes, message.step);
          if (turn) selection.resize(turn.after);
          easel.reached(message.state, message.step);
          easel.show(turn);
          if (turn && message.step === undefined && turn.before.width === turn.after.width && turn.before.height === turn.after.height) showTurned(parts, turn);
          return;
        }
        case 'refused':
          return steps.refused(message.step);
        case 'view':
          return easel.view(message.view, message.screen);
        case 'look':
          return easel.look(message, message.hidden, message.split);
        case 'glaze':
          sweepLater();
          return easel.glaze(message.paint);
        case 'stroke':
          return strokes.begin(message.start);
        case 'points':
          return strokes.add(message.points);
        case 'lift':
          return strokes.lift();
        case 'abandon':
          return strokes.abandon();
        case 'preview':
          return preview.show(message.layers, message.matrix);
      }
    },
  };
}

