// Moves, scales, turns and flips the chosen layers, or what of them is selected. Whole moves are made at once, the rest on Enter.
import type { Layer, LayerId, Matrix } from '../../../../src-main/contract/document.ts';
import type { Region } from '../../../../src-main/contract/image.ts';
import { emptyRegion, unionOf } from '../../../../src-main/raster/region.ts';
import { identity, invert, mappedRegion, multiply } from '../../../../src-main/raster/transform.ts';
import { cornersOf, flipped, gripAt, gripped, handles, isWholeMove, numbersOf, pointOf, withNumbers, type Frame, type FrameNumbers, type Grip } from '../../frame-gestures.ts';
import { descendants, moveLayers, outermost } from '../../layer-moves.ts';
import { moveHint } from '../../paintable.ts';
import type { Keys, OverlayShape, Stage, Tool, ToolSession } from '../../tool.ts';
import type { Point } from '../../viewport.ts';

const steps: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Bounds of what a layer shows, in document px. */
async function boundsOf(stage: Stage, layer: Layer): Promise<Region> {
  const record = stage.record();
  if (layer.kind === 'image') return mappedRegion(layer.transform, { x: 0, y: 0, ...layer.sourceSize });
  if (layer.kind === 'group') {
    const inner = record ? descendants(record, layer.id).flatMap((id) => record.layers[id] ?? []) : [];
    const found = await Promise.all(inner.filter(({ kind }) => kind !== 'group').map((each) => boundsOf(stage, each)));
    return found.reduce(unionOf, emptyRegion);
  }
  return (await stage.ask('bounds', { layer: layer.id })) ?? emptyRegion;
}

function createMove(stage: Stage): ToolSession {
  let frame: Frame | undefined;
  /** The frame's matrix before anything was done. */
  let first: Matrix = identity;
  let ids: readonly LayerId[] = [];
  let held: { readonly grip: Grip; readonly from: Point; readonly frame: Frame; readonly wasPending: boolean } | undefined;
  let asked = 0;

  const delta = (): Matrix => {
    const back = invert(first);
    return frame && back ? multiply(frame.matrix, back) : identity;
  };
  const isPending = (): boolean => frame !== undefined && frame.matrix.some((value, index) => Math.abs(value - first[index]) > 1e-9);

  function draw(): void {
    if (!frame) {
      stage.draw([]);
      return stage.tellFrame(undefined);
    }
    const shown = frame;
    const shapes: OverlayShape[] = [{ kind: 'frame', corners: cornersOf(shown), dims: false, thirds: false }, ...handles.map((handle) => ({ kind: 'handle' as const, at: pointOf(shown, handle), round: false }))];
    stage.draw(shapes);
    stage.tellFrame({ ...numbersOf(shown), pending: isPending() });
  }

  /** Measures the chosen layers anew. */
  async function measure(): Promise<void> {
    const turn = ++asked;
    const record = stage.record();
    const layers = record ? outermost(record, stage.chosen()).flatMap((id) => record.layers[id] ?? []) : [];
    const [only] = layers;
    const selection = stage.selection();
    let next: Frame | undefined;
    if (selection.has && only?.kind === 'raster') next = { box: selection.bounds, matrix: identity };
    else if (layers.length === 1 && only?.kind === 'image') next = { box: { x: 0, y: 0, ...only.sourceSize }, matrix: only.transform };
    else {
      const box = (await Promise.all(layers.map((layer) => boundsOf(stage, layer)))).reduce(unionOf, emptyRegion);
      if (box.width > 0) next = { box, matrix: identity };
    }
    if (turn !== asked || held || isPending()) return;
    frame = next;
    first = next?.matrix ?? identity;
    ids = layers.map(({ id }) => id);
    draw();
  }
  const refresh = (): void => void measure().catch(stage.fail);

  function drop(): void {
    if (frame) frame = { ...frame, matrix: first };
    held = undefined;
    stage.preview(ids, null);
    draw();
  }

  /** Makes what is pending a step of history. */
  async function make(): Promise<void> {
    const record = stage.record();
    if (!record || !isPending()) return;
    const matrix = delta();
    const moved = ids;
    first = frame?.matrix ?? identity;
    const [, , , , dx, dy] = matrix;
    if (isWholeMove(matrix) && !stage.selection().has) {
      stage.commit({ key: 'canvas.move' }, moveLayers(record, moved, Math.round(dx), Math.round(dy)));
    } else {
      const label = { key: isWholeMove(matrix) ? 'canvas.move' : 'canvas.transform' };
      const all = moved.flatMap((id) => [id, ...descendants(record, id)]);
      const sources = all.filter((id) => ['image', 'text'].includes(record.layers[id]?.kind ?? ''));
      const others = all.filter((id) => !sources.includes(id) || record.layers[id]?.mask !== undefined);
      if (sources.length > 0) stage.commit(label, await stage.transformSources(sources, matrix));
      if (others.length > 0) await stage.ask('transform', { layers: others, matrix, label });
    }
    stage.preview(moved, isPending() ? delta() : null); // What has been moved on meanwhile is the next step.
    refresh();
  }
  const finish = (): void =>
    void make().catch((thrown: unknown) => {
      drop();
      stage.fail(thrown);
    });

  const refusal = () => moveHint(stage.record(), stage.chosen(), stage.selection().has);

  function change(next: Frame, atOnce: boolean): void {
    const hint = refusal();
    if (hint) return stage.hint(hint);
    frame = next;
    stage.preview(ids, delta());
    draw();
    if (atOnce) finish();
  }

  refresh();
  return {
    press: (point) => {
      const hint = refusal();
      if (hint) return stage.hint(hint);
      if (!frame) return stage.hint('nothingThere');
      held = { grip: gripAt(frame, point, stage.view().zoom) ?? { kind: 'move' }, from: point, frame, wasPending: isPending() };
    },
    drag: (points, keys) => {
      const last = points.at(-1);
      if (held && last) change(gripped(held.frame, held.grip, held.from, last, keys), false);
    },
    release: () => {
      const was = held;
      held = undefined;
      if (was && !was.wasPending && was.grip.kind === 'move') finish();
    },
    abandon: drop,
    refresh,
    leave: () => (isPending() ? finish() : undefined),
    cursor: (point) => {
      const grip = frame && gripAt(frame, point, stage.view().zoom);
      if (!grip) return 'default';
      if (grip.kind === 'move') return 'move';
      if (grip.kind === 'turn') return 'alias';
      return grip.handle.x * grip.handle.y > 0 ? 'nwse-resize' : grip.handle.x * grip.handle.y < 0 ? 'nesw-resize' : grip.handle.x === 0 ? 'ns-resize' : 'ew-resize';
    },
    key: (name: string, keys: Keys) => {
      if (name === 'Enter' && isPending()) finish();
      else if (name === 'Escape' && isPending()) drop();
      else if (steps[name] && frame && !keys.ctrl && !keys.alt) {
        const [x, y] = steps[name].map((step) => step * (keys.shift ? 10 : 1));
        change({ box: frame.box, matrix: multiply([1, 0, 0, 1, x, y], frame.matrix) }, !isPending());
      } else return false;
      return true;
    },
    setFrame: (changes: Partial<FrameNumbers>) => frame && change(withNumbers(frame, changes), false),
    flip: (how) => frame && change(flipped(frame, how), !isPending()),
    apply: finish,
  };
}

export const move: Tool = { id: 'move', cursor: 'default', shortcut: 'V', start: createMove };
