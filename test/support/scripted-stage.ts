// A stage for tools that writes down what they do to it.
import type { Change } from '../../src-main/contract/changes.ts';
import type { Colour, DocumentRecord, Layer, LayerId } from '../../src-main/contract/document.ts';
import type { FrameState, Keys, OverlayShape, Stage, ToolOptionsState, ToolSession } from '../../src-renderer/canvas/tool.ts';
import { noKeys } from '../../src-renderer/canvas/tool.ts';
import type { BrushShape, PenPoint, SelectionState } from '../../src-renderer/canvas/worker/protocol.ts';

const envelope = { name: '', visible: true, locked: false, opacity: 1, blend: 'normal' as const, clip: false };
const brush: BrushShape = { sizePx: 10, hardness: 1, flow: 1, opacity: 1, spacing: 0.1, smoothing: 0, pressureSize: false, pressureOpacity: false };

export interface ScriptedStage extends Stage {
  /** What was done, in order: [what, …with]. */
  readonly done: unknown[][];
  readonly commits: { readonly key: string; readonly changes: readonly Change[] }[];
  shapes: readonly OverlayShape[];
  frame: FrameState | undefined;
  layers: Record<LayerId, Layer>;
  chosenIds: readonly LayerId[];
  optionsNow: ToolOptionsState;
  selected: SelectionState;
  masks: boolean;
  /** Answers of `ask` by method; null where none is given. */
  answers: Record<string, unknown>;
}

/** A document of 400 × 300 with one layer of paint, `paint`, chosen. */
export function scriptedStage(): ScriptedStage {
  const stage: ScriptedStage = {
    done: [],
    commits: [],
    shapes: [],
    frame: undefined,
    layers: {
      root: { ...envelope, id: 'root', kind: 'group', children: ['paint'] },
      paint: { ...envelope, id: 'paint', kind: 'raster', pixels: { x: 0, y: 0, depth: 8, tiles: {} } },
    },
    chosenIds: ['paint'],
    optionsNow: { selectionMode: 'replace', feather: 0, tolerance: 0.1, contiguous: true, wholePicture: false, gradientShape: 'linear', styleBrush: { on: 'layer', erases: false }, cropRatio: 'free' },
    selected: { has: false, bounds: { x: 0, y: 0, width: 0, height: 0 }, outline: [] },
    masks: false,
    answers: { bounds: { x: 10, y: 20, width: 100, height: 50 } },
    record: (): DocumentRecord => ({ formatVersion: 1, id: 'd', name: '', width: 400, height: 300, dpi: 72, depth: 8, layers: stage.layers }),
    activeLayer: () => stage.layers[stage.chosenIds[0] ?? ''],
    chosen: () => stage.chosenIds,
    choose: (ids) => void (stage.chosenIds = ids),
    view: () => ({ x: 0, y: 0, zoom: 1, rotation: 0 }),
    options: () => stage.optionsNow,
    brush: () => brush,
    paintsMask: () => stage.masks,
    colour: (): Colour => [1, 0, 0, 1],
    secondColour: (): Colour => [0, 0, 1, 1],
    setColour: (colour) => void stage.done.push(['colour', colour]),
    selection: () => stage.selected,
    stroke: (start) => void stage.done.push(['stroke', start.effect, start.target, start.label.key]),
    points: (points) => void stage.done.push(['points', points.map(({ x, y }) => [x, y])]),
    lift: () => void stage.done.push(['lift']),
    abandon: () => void stage.done.push(['abandon']),
    preview: (layers, matrix) => void stage.done.push(['preview', layers, matrix]),
    ask: ((method: string, params: unknown) => {
      stage.done.push([method, params]);
      return Promise.resolve(stage.answers[method] ?? null);
    }) as Stage['ask'],
    addPaintLayer: () => {
      stage.done.push(['addPaintLayer']);
      return 'added';
    },
    commit: (label, changes) => void stage.commits.push({ key: label.key, changes }),
    transformSources: (ids, matrix) => {
      stage.done.push(['transformSources', ids, matrix]);
      return Promise.resolve([]);
    },
    writeText: (place) => void stage.done.push(['writeText', place]),
    editText: (layer) => void stage.done.push(['editText', layer]),
    finishText: () => void stage.done.push(['finishText']),
    draw: (shapes) => void (stage.shapes = shapes),
    tellFrame: (frame) => void (stage.frame = frame),
    hint: (hint) => void stage.done.push(['hint', hint]),
    fail: (thrown) => void stage.done.push(['fail', thrown]),
    pan: (dx, dy) => void stage.done.push(['pan', dx, dy]),
  };
  return stage;
}

export function penAt(x: number, y: number, pressure = 1): PenPoint {
  return { x, y, pressure, tiltX: 0, tiltY: 0, atMs: 0 };
}

/** Presses at the first place, draws through the others, lets go at the last. */
export function dragThrough(session: ToolSession, places: readonly (readonly [number, number])[], keys: Partial<Keys> = {}): void {
  const held = { ...noKeys, ...keys };
  const points = places.map(([x, y]) => penAt(x, y));
  const last = points.at(-1) ?? penAt(0, 0);
  session.press(points[0] ?? last, held);
  for (const point of points.slice(1)) session.drag([point], held);
  session.release(last, held);
}
