// The eraser: takes paint away; on a mask it hides.
import { targetForErasing } from '../../paintable.ts';
import { createStrokeSession } from '../../stroke-session.ts';
import type { Tool } from '../../tool.ts';

export const eraser: Tool = {
  id: 'eraser',
  cursor: 'brush',
  shortcut: 'E',
  start: (stage) =>
    createStrokeSession(stage, (at) => {
      const target = targetForErasing(at);
      if (typeof target === 'string') return target;
      return { target, effect: 'erase', colour: [0, 0, 0, 1], brush: at.brush('eraser'), label: { key: target.part === 'mask' ? 'canvas.paintMask' : 'canvas.erase' } };
    }),
};
