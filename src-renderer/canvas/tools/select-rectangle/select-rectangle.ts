// Selects a rectangle by dragging.
import { boxCorners, createSelectionDrag, draggedBox } from '../../selection-drag.ts';
import type { Tool } from '../../tool.ts';

export const selectRectangle: Tool = {
  id: 'select-rectangle',
  cursor: 'crosshair',
  shortcut: 'M',
  start: (stage) =>
    createSelectionDrag(stage, {
      shape: (points, even) => ({ kind: 'rectangle', region: draggedBox(points, even) }),
      outline: (points, even) => boxCorners(draggedBox(points, even)),
    }),
};
