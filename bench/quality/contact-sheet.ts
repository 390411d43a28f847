// The contact sheet: one row a painting, one column a contender, the same photograph along a row.
import type { Tensor } from '../../src-main/engine/tensor/tensor.ts';
import { createSheet, fit, lineHeightPx, readPicture, write, writeSheet } from './montage.ts';

export interface SheetRow {
  readonly painting: string;
  readonly paintingFile: string;
  readonly photoFile: string;
  /** Result files by column; a column may be empty. */
  readonly results: Readonly<Record<string, string>>;
}

const marginPx = 6;

/** Columns: painting, photograph, and the contenders' in the order given. Writes by the ending of `path`. */
export async function writeContactSheet(rows: readonly SheetRow[], columns: readonly string[], cellPx: number, path: string): Promise<void> {
  const headings = ['painting', 'photograph', ...columns];
  const [across, down] = [cellPx + marginPx, cellPx + marginPx + lineHeightPx];
  const sheet = createSheet({ width: marginPx + across * headings.length, height: lineHeightPx + marginPx + down * rows.length });
  headings.forEach((heading, column) => write(sheet, heading, marginPx + across * column, marginPx));
  for (const [index, row] of rows.entries()) {
    const top = lineHeightPx + marginPx + down * index;
    write(sheet, row.painting, marginPx, top);
    for (const [column, file] of [row.paintingFile, row.photoFile, ...columns.map((each) => row.results[each])].entries()) {
      if (file === undefined) continue;
      const picture: Tensor = await readPicture(file);
      fit(sheet, picture, { x: marginPx + across * column, y: top + lineHeightPx, width: cellPx, height: cellPx });
    }
  }
  await writeSheet(sheet, path);
}
