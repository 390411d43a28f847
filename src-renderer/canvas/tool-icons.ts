// The icon of each tool.
import { Blend, Brush, Circle, Crop, Eraser, Hand, Lasso, MousePointer2, PaintBucket, Paintbrush, Pipette, Pointer, SquareDashed, Type, WandSparkles } from '@lucide/vue';
import type { Component } from 'vue';
import type { ToolId } from './tool.ts';

export const toolIcons: Readonly<Record<ToolId, Component>> = {
  'move': MousePointer2,
  'crop': Crop,
  'select-rectangle': SquareDashed,
  'select-ellipse': Circle,
  'lasso': Lasso,
  'wand': WandSparkles,
  'brush': Brush,
  'eraser': Eraser,
  'smudge': Pointer,
  'style-brush': Paintbrush,
  'fill': PaintBucket,
  'gradient': Blend,
  'text': Type,
  'eyedropper': Pipette,
  'hand': Hand,
};
