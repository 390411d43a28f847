// The hand: moves the view.
import type { Tool } from '../../tool.ts';
import { toScreen, type Point } from '../../viewport.ts';

export const hand: Tool = {
  id: 'hand',
  cursor: 'grab',
  shortcut: 'H',
  start: (stage) => {
    let held: Point | undefined;
    return {
      press: (point) => (held = point),
      drag: (points) => {
        const last = points.at(-1);
        if (!held || !last) return;
        const origin = { width: 0, height: 0 };
        const [from, to] = [toScreen(stage.view(), origin, held), toScreen(stage.view(), origin, last)];
        stage.pan(to.x - from.x, to.y - from.y);
      },
      release: () => (held = undefined),
      abandon: () => (held = undefined),
    };
  },
};
