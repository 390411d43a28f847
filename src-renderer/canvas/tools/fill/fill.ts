// The bucket: fills what is of the colour under the pen with the brush's colour.
import { targetForPaint } from '../../paintable.ts';
import type { Tool } from '../../tool.ts';

export const fill: Tool = {
  id: 'fill',
  cursor: 'crosshair',
  shortcut: 'G',
  start: (stage) => ({
    press: ({ x, y }) => {
      const target = targetForPaint(stage);
      if (typeof target === 'string') return stage.hint(target);
      const { tolerance, contiguous, wholePicture } = stage.options();
      stage.ask('flood', { target, at: { x, y }, tolerance, contiguous, wholePicture, colour: stage.colour(), label: { key: 'canvas.fill' } }).catch(stage.fail);
    },
    drag: () => undefined,
    release: () => undefined,
    abandon: () => undefined,
  }),
};
