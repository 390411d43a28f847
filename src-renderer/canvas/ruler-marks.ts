// Where the marks of a ruler stand and what they say.
import type { Extent } from '../../src-main/contract/image.ts';
import { toScreen, type View } from './viewport.ts';

export interface RulerMark {
  /** Along the ruler, CSS px. */
  readonly at: number;
  readonly length: number;
  /** In the ruler's unit. */
  readonly label?: number;
}

/** Least way between two labels, CSS px. */
const leastPx = 56;
const parts = 10;

/** The smallest of 1, 2, 5, 10 … units that stands far enough apart. */
export function labelStep(pxPerUnit: number): number {
  const least = leastPx / pxPerUnit;
  const ten = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((step) => step * ten).find((step) => step >= least * (1 - 1e-9)) ?? ten * 10;
}

export interface RulerAxis {
  /** Where the ruler begins, document px. */
  readonly start: number;
  /** CSS px per document px; negative where numbers grow the other way. */
  readonly scale: number;
}

/**
 * Rulers along the window's top and left edges; `ratio`: device px per CSS px. They measure along the edge from the document's corner,
 * in the direction of whichever document axis lies nearer to it: at quarter turns that is the document's own x or y.
 */
export function rulerAxes(view: View, screen: Extent, ratio: number): { readonly across: RulerAxis; readonly down: RulerAxis } {
  const origin = toScreen(view, screen, { x: 0, y: 0 });
  const [cos, sin] = [Math.cos(view.rotation), Math.sin(view.rotation)];
  const isUpright = Math.abs(cos) >= Math.abs(sin) - 1e-9;
  const axis = (from: number, sign: number): RulerAxis => ({ start: (-from * sign) / view.zoom, scale: (sign * view.zoom) / ratio });
  return { across: axis(origin.x, Math.sign(isUpright ? cos : -sin)), down: axis(origin.y, Math.sign(isUpright ? cos : sin)) };
}

/** Marks along `length` CSS px of a ruler; `unitPx` in document px. A labelled mark, and nine between, the middle one longer. */
export function rulerMarks({ start, scale }: RulerAxis, length: number, unitPx: number): RulerMark[] {
  const step = labelStep(Math.abs(scale) * unitPx);
  const small = step / parts;
  const by = Math.sign(scale);
  const first = by * Math.floor((by * start) / unitPx / small);
  const marks: RulerMark[] = [];
  for (let index = first; ; index += by) {
    const at = Math.round((index * small * unitPx - start) * scale);
    if (at > length) return marks;
    const isLabelled = index % parts === 0;
    marks.push({ at, length: isLabelled ? 18 : index % (parts / 2) === 0 ? 8 : 4, ...(isLabelled ? { label: Number((index * small).toPrecision(8)) } : {}) });
  }
}
