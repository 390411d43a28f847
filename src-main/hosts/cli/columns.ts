// Rows of words set in columns for a terminal, where an ideograph is two cells wide.

/** Lines with every column as wide as its widest cell and two spaces between. */
export function columns(rows: readonly (readonly string[])[], indent = ''): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, index) => (widths[index] = Math.max(widths[index] ?? 0, cellsOf(cell))));
  return rows.map((row) => (indent + row.map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - cellsOf(cell))).join('  ')).trimEnd());
}

/** Width in terminal cells. */
function cellsOf(text: string): number {
  return [...text].reduce((cells, character) => cells + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(character) ? 2 : 1), 0);
}
