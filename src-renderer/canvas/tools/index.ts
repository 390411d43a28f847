// The tools of the tool bar, in its order.
import type { Tool, ToolId } from '../tool.ts';
import { brush } from './brush/brush.ts';
import { eraser } from './eraser/eraser.ts';
import { eyedropper } from './eyedropper/eyedropper.ts';
import { hand } from './hand/hand.ts';
import { styleBrush } from './style-brush/style-brush.ts';

export const tools: readonly Tool[] = [brush, eraser, styleBrush, eyedropper, hand];

export function toolOf(id: ToolId): Tool {
  return tools.find((tool) => tool.id === id) ?? brush;
}
