// Where the marks of a ruler stand and what they say.

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

/**
 * Marks along `length` CSS px of a ruler that begins at a document px; `scale` in CSS px per document px, `unitPx` in document px.
 * A labelled mark, and nine between, the middle one longer.
 */
export function rulerMarks(start: number, length: number, scale: number, unitPx: number): RulerMark[] {
  const step = labelStep(scale * unitPx);
  const small = step / parts;
  const first = Math.floor(start / unitPx / small);
  const marks: RulerMark[] = [];
  for (let index = first; ; index++) {
    const at = Math.round((index * small * unitPx - start) * scale);
    if (at > length) return marks;
    const isLabelled = index % parts === 0;
    marks.push({ at, length: isLabelled ? 18 : index % (parts / 2) === 0 ? 8 : 4, ...(isLabelled ? { label: Number((index * small).toPrecision(8)) } : {}) });
  }
}
