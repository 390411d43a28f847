// The smudge tool: a finger through the wet paint of the active layer, or through its mask.
import { paintTarget } from '../../paintable.ts';
import { createStrokeSession } from '../../stroke-session.ts';
import type { Tool } from '../../tool.ts';

export const smudge: Tool = {
  id: 'smudge',
  cursor: 'brush',
  shortcut: 'U',
  start: (stage) =>
    createStrokeSession(stage, (at) => {
      const target = paintTarget(at);
      if (target === 'notPaintable') return 'nothingToSmudge';
      if (typeof target === 'string') return target;
      return { target, effect: 'smudge', colour: [0, 0, 0, 1], brush: at.brush('smudge'), label: { key: target.part === 'mask' ? 'canvas.smudgeMask' : 'canvas.smudge' } };
    }),
};
