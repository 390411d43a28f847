// The style brush: paints where a glaze, or one of its styles, shows.
import { paintHint } from '../../paintable.ts';
import { createStrokeSession } from '../../stroke-session.ts';
import type { Hint, Stage, Tool } from '../../tool.ts';
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

export const styleBrush: Tool = {
  id: 'style-brush',
  cursor: 'brush',
  shortcut: 'S',
  start: (stage) =>
    createStrokeSession(stage, (at) => {
      const target = glazeTarget(at);
      if (typeof target === 'string') return target;
      const { erases } = at.options().styleBrush;
      return { target, effect: erases ? 'erase' : 'paint', colour: [1, 1, 1, 1], brush: at.brush('style-brush'), label: { key: erases ? 'canvas.styleOut' : 'canvas.styleIn' } };
    }),
};
