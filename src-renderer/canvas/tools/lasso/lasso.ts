// Selects what a line drawn by hand goes around.
import { createSelectionDrag } from '../../selection-drag.ts';
import type { Tool } from '../../tool.ts';

export const lasso: Tool = {
  id: 'lasso',
  cursor: 'crosshair',
  shortcut: 'L',
  start: (stage) =>
    createSelectionDrag(stage, {
      shape: (points) => ({ kind: 'lasso', points }),
      outline: (points) => points,
    }),
};
