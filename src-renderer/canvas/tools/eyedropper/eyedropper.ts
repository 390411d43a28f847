// The eyedropper: takes the colour under the pen from the whole picture.
import type { Stage, Tool } from '../../tool.ts';
import type { Point } from '../../viewport.ts';

/** Side of the square whose mean is taken, less one half, in px. */
const radiusPx = 1;

function take(stage: Stage, { x, y }: Point): void {
  stage.ask('pick', { at: { x, y }, radius: radiusPx }).then(
    (colour) => colour && stage.setColour(colour),
    (thrown: unknown) => stage.fail(thrown),
  );
}

export const eyedropper: Tool = {
  id: 'eyedropper',
  cursor: 'crosshair',
  shortcut: 'I',
  start: (stage) => ({
    press: (point) => take(stage, point),
    drag: (points) => {
      const last = points.at(-1);
      if (last) take(stage, last);
    },
    release: () => undefined,
    abandon: () => undefined,
  }),
};
