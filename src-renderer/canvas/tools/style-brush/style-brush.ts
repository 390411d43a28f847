// The style brush: paints where a glaze, or one of its styles, shows. The glaze is seen to come and go; one of its styles is painted afterwards, so its way is tinted.
import { paintHint } from '../../paintable.ts';
import { createStrokeSession } from '../../stroke-session.ts';
import type { Hint, Stage, Tool, ToolSession } from '../../tool.ts';
import type { Point } from '../../viewport.ts';
import type { PaintTarget } from '../../worker/protocol.ts';

function glazeTarget(stage: Stage): PaintTarget | Hint {
  const layer = stage.activeLayer();
  if (layer?.kind !== 'glaze') return 'needsGlaze';
  const hint = paintHint(stage.record(), layer);
  if (hint) return hint;
  const { on } = stage.options().styleBrush;
  const part = on !== 'layer' && on < layer.settings.styles.length ? { style: on } : 'mask';
  return { layer: layer.id, part };
}

/** The session with the way of a brush for one style drawn over the picture, from the press to the lift. */
function withTint(stage: Stage, session: ToolSession): ToolSession {
  let way: Point[] | undefined;
  const show = (points: readonly Point[]): void => {
    if (!way) return;
    way.push(...points.map(({ x, y }) => ({ x, y })));
    stage.draw([{ kind: 'swath', points: [...way], widthPx: stage.brush('style-brush').sizePx, takes: stage.options().styleBrush.erases }]);
  };
  const clear = (): void => {
    if (way) stage.draw([]);
    way = undefined;
  };
  return {
    ...session,
    press: (point, keys) => {
      session.press(point, keys);
      const target = glazeTarget(stage);
      if (typeof target === 'string' || target.part === 'mask') return;
      way = [];
      show([point]);
    },
    drag: (points, keys) => {
      session.drag(points, keys);
      show(points);
    },
    release: (point, keys) => {
      session.release(point, keys);
      clear();
    },
    abandon: () => {
      session.abandon();
      clear();
    },
    leave: () => {
      session.leave?.();
      clear();
    },
  };
}

export const styleBrush: Tool = {
  id: 'style-brush',
  cursor: 'brush',
  shortcut: 'S',
  start: (stage) =>
    withTint(
      stage,
      createStrokeSession(stage, (at) => {
        const target = glazeTarget(at);
        if (typeof target === 'string') return target;
        const { erases } = at.options().styleBrush;
        return { target, effect: erases ? 'erase' : 'paint', colour: [1, 1, 1, 1], brush: at.brush('style-brush'), label: { key: erases ? 'canvas.styleOut' : 'canvas.styleIn' } };
      }),
    ),
};
