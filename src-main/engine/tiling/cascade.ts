// Stroke size: at which scales a picture is painted, and how finer paint joins what is already there.
import type { Extent } from '../../contract/image.ts';

export interface StrokeSize {
  /** Long side in px at which the style was learned. */
  readonly learnedSizePx: number;
  /** 100 paints at the learned size, 200 doubles the strokes; 0 paints once, at the result's own pixels. */
  readonly strokePercent: number;
}

/** A pass that would enlarge the working frame by less than this is left out: the paint is scaled instead. */
const smallestStep = 2 ** 0.2;
/** A result smaller than the working frame is painted larger and reduced, at most by this. */
const largestReduction = 2;

/**
 * Frames of the passes, coarse to fine. The first is the artwork's working scale, the same for every export: long side
 * learnedSizePx · 100 / strokePercent. The last is the target, or near enough to be scaled to it; before it stand its
 * halves, so that an export of twice the size goes through the very frames of this one. All but the target have the artwork's own proportions, which a small target has lost to rounding.
 */
export function planCascade(artwork: Extent, target: Extent, stroke: StrokeSize): readonly Extent[] {
  if (stroke.strokePercent === 0) return [target];
  const targetLong = Math.max(target.width, target.height);
  const working = (stroke.learnedSizePx * 100) / stroke.strokePercent;
  if (working >= targetLong / smallestStep) return [frameOf(artwork, Math.min(working, targetLong * largestReduction))];
  const finer = Math.max(1, Math.ceil(Math.log2(targetLong / (working * smallestStep))));
  const halves = Array.from({ length: finer - 1 }, (_, i) => frameOf(artwork, targetLong / 2 ** (finer - 1 - i)));
  return [frameOf(artwork, working), ...halves, target];
}

/** A shape at another long side, at least 1 px each way. */
export function frameOf(shape: Extent, longSidePx: number): Extent {
  const scale = longSidePx / Math.max(shape.width, shape.height);
  return {
    width: Math.max(1, Math.round(shape.width * scale)),
    height: Math.max(1, Math.round(shape.height * scale)),
  };
}
