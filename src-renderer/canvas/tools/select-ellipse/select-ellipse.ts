// Selects an ellipse by dragging the rectangle around it.
import { createSelectionDrag, draggedBox } from '../../selection-drag.ts';
import type { Tool } from '../../tool.ts';

const corners = 72;

export const selectEllipse: Tool = {
  id: 'select-ellipse',
  cursor: 'crosshair',
  shortcut: 'Shift+M',
  start: (stage) =>
    createSelectionDrag(stage, {
      shape: (points, even) => ({ kind: 'ellipse', region: draggedBox(points, even) }),
      outline: (points, even) => {
        const { x, y, width, height } = draggedBox(points, even);
        return Array.from({ length: corners }, (_, index) => {
          const angle = (2 * Math.PI * index) / corners;
          return { x: x + (width / 2) * (1 + Math.cos(angle)), y: y + (height / 2) * (1 + Math.sin(angle)) };
        });
      },
    }),
};
