// The tools of the tool bar, in its order.
import type { Tool, ToolId } from '../tool.ts';
import { brush } from './brush/brush.ts';
import { crop } from './crop/crop.ts';
import { eraser } from './eraser/eraser.ts';
import { eyedropper } from './eyedropper/eyedropper.ts';
import { fill } from './fill/fill.ts';
import { gradient } from './gradient/gradient.ts';
import { hand } from './hand/hand.ts';
import { lasso } from './lasso/lasso.ts';
import { move } from './move/move.ts';
import { selectEllipse } from './select-ellipse/select-ellipse.ts';
import { selectRectangle } from './select-rectangle/select-rectangle.ts';
import { smudge } from './smudge/smudge.ts';
import { styleBrush } from './style-brush/style-brush.ts';
import { text } from './text/text.ts';
import { wand } from './wand/wand.ts';

export const tools: readonly Tool[] = [move, crop, selectRectangle, selectEllipse, lasso, wand, brush, eraser, smudge, styleBrush, fill, gradient, text, eyedropper, hand];

export function toolOf(id: ToolId): Tool {
  return tools.find((tool) => tool.id === id) ?? brush;
}
