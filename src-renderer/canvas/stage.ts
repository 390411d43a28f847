// The stage of the tools: what they see of the document and how they act on it.
import type { ShallowRef } from 'vue';
import { StudioError } from '../../src-main/contract/fault.ts';
import type { useDocument } from '../document/document-store.ts';
import { addBeside, paintBeside, paintLayer } from '../document/layer-changes.ts';
import { useTexts } from '../layers/text/texts-store.ts';
import { nextName } from '../document/made-names.ts';
import { languageNow } from '../locales/words.ts';
import type { useNotices } from '../shell/notices-store.ts';
import { transformSources } from './source-transform.ts';
import type { createPaintState } from './paint-state.ts';
import type { FrameState, OverlayShape, Stage } from './tool.ts';
import type { StrokeNotices } from './stroke-notices.ts';
import type { createViewState } from './view-state.ts';
import type { CanvasWorker } from './worker-client.ts';
import type { SelectionState } from './worker/protocol.ts';

export interface StageParts {
  readonly studio: ReturnType<typeof useDocument>;
  readonly paint: ReturnType<typeof createPaintState>;
  readonly view: ReturnType<typeof createViewState>;
  readonly selection: ShallowRef<SelectionState>;
  readonly overlay: ShallowRef<readonly OverlayShape[]>;
  readonly frame: ShallowRef<FrameState | undefined>;
  readonly notices: ReturnType<typeof useNotices>;
  readonly strokes: StrokeNotices;
  worker(): CanvasWorker | undefined;
}

export function createStage({ studio, paint, view, selection, overlay, frame, notices, strokes, worker }: StageParts): Stage {
  return {
    record: () => studio.record,
    activeLayer: () => studio.activeLayer,
    chosen: () => studio.chosen,
    choose: (ids) => void (studio.chosen = [...ids]),
    view: () => view.view.value,
    options: () => paint.options.value,
    brush: (tool) => ({ ...paint.brushes[tool] }),
    paintsMask: () => paint.paintsMask.value && studio.activeLayer?.mask !== undefined,
    colour: () => paint.colour.value,
    secondColour: () => paint.secondColour.value,
    setColour: (colour) => paint.setColour(colour),
    selection: () => selection.value,
    stroke: (start) => {
      if (start.effect === 'paint' && start.target.part === 'pixels') paint.noteColour(start.colour);
      strokes.send({ kind: 'stroke', start });
    },
    points: (points) => strokes.send({ kind: 'points', points }),
    lift: () => strokes.send({ kind: 'lift' }),
    abandon: () => strokes.send({ kind: 'abandon' }),
    preview: (layers, matrix) => worker()?.send({ kind: 'preview', layers, matrix }),
    ask: (method, params) => worker()?.ask(method, params) ?? Promise.reject(new StudioError('internal', { reason: 'the canvas is not there yet' })),
    addPaintLayer: () => {
      const { record, activeLayer } = studio;
      if (!record || !activeLayer) return undefined;
      const there = paintBeside(record, activeLayer);
      if (there !== undefined) {
        studio.chosen = [there];
        return there;
      }
      const made = paintLayer(nextName('paint', languageNow(), Object.values(record.layers).map(({ name }) => name)), record.depth);
      if (studio.commit({ key: 'layer.add', details: { name: made.name } }, addBeside(record, made, activeLayer)) === undefined) return undefined;
      studio.chosen = [made.id];
      return made.id;
    },
    commit: (label, changes) => {
      try {
        studio.commit(label, changes);
      } catch (thrown) {
        notices.fault(thrown);
      }
    },
    transformSources: (ids, matrix) => transformSources(ids, matrix),
    writeText: (place) => void useTexts().write('width' in place ? place : [place.x, place.y], paint.colour.value),
    editText: (layer) => void useTexts().edit(layer),
    finishText: () => void useTexts().finish(),
    draw: (shapes) => void (overlay.value = shapes),
    tellFrame: (next) => void (frame.value = next),
    hint: (hint) => void notices.tell(`canvas.hints.${hint}`),
    fail: (thrown) => void notices.fault(thrown),
    pan: (dx, dy) => view.pan(dx, dy),
  };
}
