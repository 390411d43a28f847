// The gradient: from the brush's colour to the second one along a drag.
import { targetForPaint } from '../../paintable.ts';
import type { Stage, Tool } from '../../tool.ts';
import type { Point } from '../../viewport.ts';

const leastPx = 2;

function paint(stage: Stage, from: Point, to: Point): void {
  const target = targetForPaint(stage);
  if (typeof target === 'string') return stage.hint(target);
  const { gradientShape: shape } = stage.options();
  stage.ask('gradient', { target, from, to, shape, colours: [stage.colour(), stage.secondColour()], label: { key: 'canvas.gradient' } }).catch(stage.fail);
}

/** With shift on whole eighths of a turn. */
function ending(from: Point, to: Point, even: boolean): Point {
  if (!even) return to;
  const eighth = Math.PI / 4;
  const angle = Math.round(Math.atan2(to.y - from.y, to.x - from.x) / eighth) * eighth;
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return { x: from.x + length * Math.cos(angle), y: from.y + length * Math.sin(angle) };
}

export const gradient: Tool = {
  id: 'gradient',
  cursor: 'crosshair',
  shortcut: 'Shift+G',
  start: (stage) => {
    let from: Point | undefined;
    let to: Point | undefined;
    const clear = (): void => {
      from = to = undefined;
      stage.draw([]);
    };
    return {
      press: ({ x, y }) => (from = { x, y }),
      drag: (points, keys) => {
        const last = points.at(-1);
        if (!from || !last) return;
        to = ending(from, { x: last.x, y: last.y }, keys.shift);
        stage.draw([{ kind: 'outline', points: [from, to], closed: false }, { kind: 'handle', at: from, round: true }, { kind: 'handle', at: to, round: true }]);
      },
      release: () => {
        if (from && to && Math.hypot(to.x - from.x, to.y - from.y) * stage.view().zoom >= leastPx) paint(stage, from, to);
        clear();
      },
      abandon: clear,
      leave: clear,
    };
  },
};
