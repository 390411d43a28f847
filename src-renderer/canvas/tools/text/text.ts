// The text tool: a click writes new text or opens what is there, a drag gives the box of its lines.
import type { LayerId } from '../../../../src-main/contract/document.ts';
import { paintHint } from '../../paintable.ts';
import type { Stage, Tool, ToolSession } from '../../tool.ts';
import type { Point } from '../../viewport.ts';

/** A shorter drag is a click, screen px. */
const dragPx = 8;

/** The topmost text at a point; its pixels' bounds decide. */
async function textAt(stage: Stage, { x, y }: Point): Promise<LayerId | undefined> {
  const record = stage.record();
  const texts = Object.values(record?.layers ?? {}).filter((layer) => layer.kind === 'text' && paintHint(record, layer) === undefined);
  const active = stage.activeLayer()?.id;
  for (const { id } of texts.sort((a, b) => Number(b.id === active) - Number(a.id === active))) {
    const bounds = await stage.ask('bounds', { layer: id });
    if (bounds && x >= bounds.x && y >= bounds.y && x < bounds.x + bounds.width && y < bounds.y + bounds.height) return id;
  }
  return undefined;
}

function createText(stage: Stage): ToolSession {
  let from: Point | undefined;
  let to: Point | undefined;
  const corners = (a: Point, b: Point): Point[] => [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }];
  const isDrag = (): boolean => from !== undefined && to !== undefined && Math.abs(to.x - from.x) * stage.view().zoom > dragPx;

  function clear(): void {
    from = to = undefined;
    stage.draw([]);
  }

  return {
    press: (point) => {
      from = to = { x: point.x, y: point.y };
    },
    drag: (points) => {
      const last = points.at(-1);
      if (!from || !last) return;
      to = { x: last.x, y: last.y };
      stage.draw(isDrag() ? [{ kind: 'frame', corners: corners(from, to), dims: false, thirds: false }] : []);
    },
    release: () => {
      const [start, end, wasDrag] = [from, to, isDrag()];
      clear();
      if (!start || !end) return;
      if (wasDrag) {
        const [left, top] = [Math.round(Math.min(start.x, end.x)), Math.round(Math.min(start.y, end.y))];
        return stage.writeText({ x: left, y: top, width: Math.round(Math.abs(end.x - start.x)), height: Math.round(Math.abs(end.y - start.y)) });
      }
      textAt(stage, start).then(
        (found) => (found === undefined ? stage.writeText({ x: Math.round(start.x), y: Math.round(start.y) }) : stage.editText(found)),
        (thrown: unknown) => stage.fail(thrown),
      );
    },
    abandon: clear,
    leave: () => stage.finishText(),
    key: (name, keys) => {
      const active = stage.activeLayer();
      if (name !== 'Enter' || keys.ctrl || keys.alt || active?.kind !== 'text' || paintHint(stage.record(), active)) return false;
      stage.editText(active.id);
      return true;
    },
    cursor: () => 'text',
  };
}

export const text: Tool = { id: 'text', cursor: 'crosshair', shortcut: 'T', start: createText };
