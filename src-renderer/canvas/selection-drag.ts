// The gesture of tools that select by dragging: a figure grows under the pen and is selected when it is let go.
import type { Keys, OverlayShape, Stage, ToolSession } from './tool.ts';
import type { Point } from './viewport.ts';
import type { SelectionMode, SelectionShape } from './worker/protocol.ts';

/** What a drag has drawn so far. `even`: as wide as high. */
export interface DraggedFigure {
  shape(points: readonly Point[], even: boolean): SelectionShape;
  outline(points: readonly Point[], even: boolean): readonly Point[];
}

/** A drag of less than this on the screen is a click, px. */
const clickPx = 3;

/** Shift adds, Alt takes away, both keep what is in both; without, as the options say. */
export function selectionMode(keys: Keys, otherwise: SelectionMode): SelectionMode {
  if (keys.shift && keys.alt) return 'intersect';
  if (keys.shift) return 'add';
  return keys.alt ? 'subtract' : otherwise;
}

export function createSelectionDrag(stage: Stage, figure: DraggedFigure): ToolSession {
  let points: Point[] = [];
  let mode: SelectionMode = 'replace';
  let hadShift = false;
  let isEven = false;

  const show = (): void => {
    const shape: OverlayShape = { kind: 'outline', points: figure.outline(points, isEven), closed: true };
    stage.draw(points.length > 1 ? [shape] : []);
  };
  const extent = (): number => Math.max(...points.map(({ x, y }) => Math.hypot(x - (points[0]?.x ?? x), y - (points[0]?.y ?? y)))) * stage.view().zoom;
  const clear = (): void => {
    points = [];
    stage.draw([]);
  };
  return {
    press: (point, keys) => {
      mode = selectionMode(keys, stage.options().selectionMode);
      hadShift = keys.shift;
      isEven = false;
      points = [{ x: point.x, y: point.y }];
    },
    drag: (more, keys) => {
      if (points.length === 0) return;
      points.push(...more.map(({ x, y }) => ({ x, y })));
      if (!keys.shift) hadShift = false;
      isEven = keys.shift && !hadShift;
      show();
    },
    release: () => {
      if (points.length === 0) return;
      const isClick = extent() < clickPx;
      const shape: SelectionShape = isClick ? { kind: 'none' } : figure.shape(points, isEven);
      if (!isClick || mode === 'replace') stage.ask('select', { shape, mode, feather: stage.options().feather }).catch(stage.fail);
      clear();
    },
    abandon: clear,
    leave: clear,
  };
}

/** The rectangle between the ends of a drag, on whole px. */
export function draggedBox(points: readonly Point[], even: boolean): { x: number; y: number; width: number; height: number } {
  const [from, to] = [points[0] ?? { x: 0, y: 0 }, points.at(-1) ?? { x: 0, y: 0 }];
  let [dx, dy] = [to.x - from.x, to.y - from.y];
  if (even) {
    const side = Math.max(Math.abs(dx), Math.abs(dy));
    [dx, dy] = [side * (dx < 0 ? -1 : 1), side * (dy < 0 ? -1 : 1)];
  }
  const [left, top] = [Math.round(Math.min(from.x, from.x + dx)), Math.round(Math.min(from.y, from.y + dy))];
  return { x: left, y: top, width: Math.max(1, Math.round(Math.abs(dx))), height: Math.max(1, Math.round(Math.abs(dy))) };
}

export function boxCorners({ x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): Point[] {
  return [{ x, y }, { x: x + width, y }, { x: x + width, y: y + height }, { x, y: y + height }];
}
