// The selection of the open document: what it covers, and its outline for the window.
import type { DocumentRecord } from '../../../src-main/contract/document.ts';
import type { PixelBuffer, Region } from '../../../src-main/contract/image.ts';
import type { CoverageOf } from '../../../src-main/raster/coverage.ts';
import { floodFill } from '../../../src-main/raster/flood-fill.ts';
import {
  combineSelections, featherSelection, invertSelection, nothingSelected, selectEllipse, selectionCoverage, selectionRegion, selectOutline, selectRectangle, type Selection,
} from '../../../src-main/raster/selection.ts';
import type { SelectionMode, SelectionShape, SelectionState } from './protocol.ts';
import { selectionOutline } from './selection-outline.ts';

export type ReadPixels = (region: Region) => Promise<PixelBuffer>;

export interface SelectionHolder {
  /** Undefined where nothing is selected: everything may be painted. */
  coverage(): CoverageOf | undefined;
  current(): Selection | undefined;
  region(): Region | undefined;
  /** `read`: pixels for the wand. */
  select(shape: SelectionShape, mode: SelectionMode, feather: number, read: ReadPixels): Promise<void>;
  set(selection: Selection): void;
  open(record: DocumentRecord | null): void;
  /** A document of another size has nothing selected. */
  resize(record: DocumentRecord): void;
}

export function createSelectionHolder(tell: (selection: SelectionState) => void): SelectionHolder {
  let within: Region = { x: 0, y: 0, width: 0, height: 0 };
  let current: Selection | undefined;

  function set(selection: Selection): void {
    current = selection.tiles.size > 0 ? selection : undefined;
    tell({ has: current !== undefined, bounds: selectionRegion(selection), outline: selectionOutline(selection) });
  }

  async function shapeOf(shape: SelectionShape, read: ReadPixels): Promise<Selection> {
    switch (shape.kind) {
      case 'rectangle':
      case 'ellipse': {
        const { x, y, width, height } = shape.region;
        return (shape.kind === 'ellipse' ? selectEllipse : selectRectangle)(x, y, x + width, y + height, within);
      }
      case 'lasso':
        return selectOutline(shape.points.map(({ x, y }): [number, number] => [x, y]), within);
      case 'wand':
        return floodFill({ within, ...shape.at, tolerance: shape.tolerance, contiguous: shape.contiguous, read });
      case 'all':
        return selectRectangle(0, 0, within.width, within.height, within);
      case 'none':
        return nothingSelected;
      case 'invert':
        return invertSelection(current ?? nothingSelected, within);
    }
  }

  function open(record: DocumentRecord | null): void {
    within = { x: 0, y: 0, width: record?.width ?? 0, height: record?.height ?? 0 };
    if (current) set(nothingSelected);
  }

  return {
    coverage: () => current && selectionCoverage(current),
    current: () => current,
    region: () => current && selectionRegion(current),
    select: async (shape, mode, feather, read) => {
      const made = await shapeOf(shape, read);
      const soft = feather > 0 ? featherSelection(made, feather, within) : made;
      const isWhole = shape.kind === 'all' || shape.kind === 'none' || shape.kind === 'invert';
      set(isWhole ? soft : combineSelections(current ?? nothingSelected, soft, mode));
    },
    set,
    open,
    resize: (record) => {
      if (record.width !== within.width || record.height !== within.height) open(record);
    },
  };
}
