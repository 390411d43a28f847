// What a comparison shows as one picture: whole, at the size of its pictures, by the code that draws it on screen.
import type { Extent } from '../../src-main/contract/image.ts';
import { drawComparison, type CompareLook, type Drawn } from './draw-comparison.ts';

/** Between two pictures beside one another, in shares of their width, and at least so many px. */
const gapShare = 1 / 64;
const leastGapPx = 8;
/** Of the line of the split: a white core between dark rims. */
const lineShare = 1 / 800;
const leastLinePx = 2;

/** A blink stands still in a picture: it becomes both side by side. */
export function stillLook(look: Omit<CompareLook, 'showsB'>): CompareLook {
  return { ...look, mode: look.mode === 'blink' ? 'side' : look.mode, showsB: false };
}

/** The caller encodes it. */
export function comparisonPicture(pictures: Drawn, look: CompareLook): OffscreenCanvas {
  const { width, height } = pictures.frame;
  const gap = look.mode === 'side' ? Math.max(leastGapPx, Math.round(width * gapShare)) : 0;
  const isDouble = look.mode === 'side';
  const canvas = new OffscreenCanvas(isDouble ? 2 * width + gap : width, height);
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  // Half of that screen is where the second picture begins.
  drawComparison(context, { width: isDouble ? 2 * (width + gap) : width, height }, { scale: 1, x: 0, y: 0 }, pictures, look);
  if (isDouble) fill(context, '#fff', width, gap, height);
  if (look.mode === 'split') drawLine(context, Math.round(width * look.at), { width, height });
  return canvas;
}

function drawLine(context: OffscreenCanvasRenderingContext2D, x: number, { width, height }: Extent): void {
  const line = Math.max(leastLinePx, Math.round(width * lineShare));
  const rim = Math.ceil(line / 2);
  const left = x - Math.floor(line / 2);
  fill(context, 'rgb(0 0 0 / 45%)', left - rim, line + 2 * rim, height);
  fill(context, '#fff', left, line, height);
}

function fill(context: OffscreenCanvasRenderingContext2D, colour: string, x: number, width: number, height: number): void {
  context.fillStyle = colour;
  context.fillRect(x, 0, width, height);
}
