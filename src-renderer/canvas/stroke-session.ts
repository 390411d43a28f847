// The gesture of every tool that paints strokes: press, draw, lift; with shift a straight line from where the last one ended.
import type { Hint, Keys, Stage, ToolSession } from './tool.ts';
import type { PenPoint, StrokeStart } from './worker/protocol.ts';

/** What a stroke starts with, or why none can be. */
export type StrokeMaker = (stage: Stage) => StrokeStart | Hint;

/** Px between the points of a straight line. */
const lineStepPx = 4;

export function createStrokeSession(stage: Stage, make: StrokeMaker): ToolSession {
  let isDown = false;
  let lastEnd: PenPoint | undefined;

  return {
    press: (point, keys) => {
      const start = make(stage);
      if (typeof start === 'string') return stage.hint(start);
      isDown = true;
      stage.stroke(start);
      stage.points(keys.shift && lastEnd ? lineTo(lastEnd, point) : [point]);
      lastEnd = point;
    },
    drag: (points) => {
      if (!isDown) return;
      stage.points(points);
      lastEnd = points.at(-1) ?? lastEnd;
    },
    release: (_point: PenPoint, _keys: Keys) => {
      if (!isDown) return;
      isDown = false;
      stage.lift();
    },
    abandon: () => {
      if (isDown) stage.abandon();
      isDown = false;
    },
    leave: () => {
      if (isDown) stage.lift();
      isDown = false;
    },
  };
}

function lineTo(from: PenPoint, to: PenPoint): PenPoint[] {
  const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / lineStepPx));
  return Array.from({ length: steps + 1 }, (_, step) => {
    const share = step / steps;
    return { ...to, x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, pressure: from.pressure + (to.pressure - from.pressure) * share };
  });
}
