// Draws two pictures over or beside one another.
import type { Extent } from '../../src-main/contract/image.ts';
import type { CompareView } from './compare-view.ts';

export const compareModes = ['split', 'side', 'onion', 'blink', 'difference'] as const;
export type CompareMode = (typeof compareModes)[number];

export interface CompareLook {
  readonly mode: CompareMode;
  /** Where the line of the split stands, 0..1 of the picture's width. */
  readonly at: number;
  /** Of B over A, 0..1. */
  readonly opacity: number;
  /** Differences are multiplied with it. */
  readonly gain: number;
  /** Whether the blink shows B now. */
  readonly showsB: boolean;
}

/** Of the screen, or of a picture to be saved. */
type DrawingContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export interface Drawn {
  readonly a: ImageBitmap | undefined;
  readonly b: ImageBitmap | undefined;
  /** Size of the frame both are shown in: A's, B's where there is no A. */
  readonly frame: Extent;
}

/** From here on pixels are shown as squares. */
const squareScale = 2;
const dividerPx = 2;

/** `screen` in CSS px; the context is scaled to device px already. */
export function drawComparison(context: DrawingContext, screen: Extent, view: CompareView, { a, b, frame }: Drawn, look: CompareLook): void {
  context.clearRect(0, 0, screen.width, screen.height);
  context.imageSmoothingEnabled = view.scale < squareScale;
  context.imageSmoothingQuality = 'high';
  const draw = (picture: ImageBitmap | undefined): void => {
    if (picture) context.drawImage(picture, view.x, view.y, frame.width * view.scale, frame.height * view.scale);
  };
  const within = (x: number, width: number, paint: () => void): void => {
    context.save();
    context.beginPath();
    context.rect(x, 0, Math.max(0, width), screen.height);
    context.clip();
    paint();
    context.restore();
  };
  const modes: Readonly<Record<CompareMode, () => void>> = {
    split() {
      const line = view.x + frame.width * view.scale * look.at;
      within(0, line, () => draw(a));
      within(line, screen.width - line, () => draw(b));
    },
    side() {
      const half = screen.width / 2;
      within(0, half - dividerPx / 2, () => draw(a));
      within(half + dividerPx / 2, half, () => {
        context.translate(half, 0);
        draw(b);
      });
    },
    onion() {
      draw(a);
      context.globalAlpha = look.opacity;
      draw(b);
      context.globalAlpha = 1;
    },
    blink: () => draw(look.showsB ? b : a),
    difference() {
      draw(a);
      context.globalCompositeOperation = 'difference';
      draw(b);
      context.globalCompositeOperation = 'source-over';
      brighten(context, look.gain);
    },
  };
  modes[look.mode]();
}

/** Adds what is drawn to itself: doubling as often as it fits, then the rest. */
function brighten(context: DrawingContext, gain: number): void {
  const { canvas } = context;
  context.save();
  context.resetTransform();
  context.globalCompositeOperation = 'lighter';
  let done = 1;
  while (done * 2 <= gain) {
    context.drawImage(canvas, 0, 0);
    done *= 2;
  }
  if (gain > done) {
    context.globalAlpha = gain / done - 1;
    context.drawImage(canvas, 0, 0);
  }
  context.restore();
}
