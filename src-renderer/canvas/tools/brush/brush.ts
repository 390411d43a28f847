// The paint brush: colour onto the active layer, or light and dark onto its mask.
import { targetForPaint } from '../../paintable.ts';
import { createStrokeSession } from '../../stroke-session.ts';
import type { Tool } from '../../tool.ts';

export const brush: Tool = {
  id: 'brush',
  cursor: 'brush',
  shortcut: 'B',
  start: (stage) =>
    createStrokeSession(stage, (at) => {
      const target = targetForPaint(at);
      if (typeof target === 'string') return target;
      return { target, effect: 'paint', colour: at.colour(), brush: at.brush('brush'), label: { key: target.part === 'mask' ? 'canvas.paintMask' : 'canvas.paint' } };
    }),
};
