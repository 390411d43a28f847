// How wide the columns beside the canvas are: as the artist drew them, else by the window; the canvas keeps its share.

export type Column = 'left' | 'right';

/** In px. `most` is its own width where there is room, `share` that of the window in a narrower one. */
const columns = {
  left: { least: 176, most: 236, share: 0.184 },
  right: { least: 240, most: 284, share: 0.24 },
} as const;
/** Tools and the lines between. */
const besidesPx = 46;
/** Of the window's width, left to the canvas whatever was drawn. */
const canvasShare = 0.5;

/** What a column is where nobody has drawn it otherwise, in px. */
function standardWidth(column: Column, windowPx: number): number {
  const { least, most, share } = columns[column];
  return Math.max(least, Math.min(most, Math.round(windowPx * share)));
}

/** Widths of the columns that are unfolded, in px. `drawn`: by the artist; narrowed towards their least where the canvas had less than half of the window. */
export function columnWidths(windowPx: number, drawn: Readonly<Partial<Record<Column, number>>>, shown: Readonly<Record<Column, boolean>>): Readonly<Record<Column, number>> {
  const wished = { left: drawn.left ?? standardWidth('left', windowPx), right: drawn.right ?? standardWidth('right', windowPx) };
  const seen = (['left', 'right'] as const).filter((column) => shown[column]);
  const sum = (of: (column: Column) => number): number => seen.reduce((all, column) => all + of(column), 0);
  const least = sum((column) => columns[column].least);
  const room = Math.max(0, windowPx * (1 - canvasShare) - besidesPx - least);
  const by = Math.min(1, room / Math.max(1, sum((column) => wished[column]) - least));
  const narrowed = (column: Column): number => columns[column].least + Math.floor((wished[column] - columns[column].least) * by);
  return { left: narrowed('left'), right: narrowed('right') };
}
