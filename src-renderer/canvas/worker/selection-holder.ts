// The selection of the open document: what it covers, and its outline for the window.
import type { DocumentRecord } from '../../../src-main/contract/document.ts';
import type { CoverageOf } from '../../../src-main/raster/coverage.ts';
import type { SelectionState } from './protocol.ts';

export interface SelectionHolder {
  /** Undefined where nothing is selected: everything may be painted. */
  coverage(): CoverageOf | undefined;
  open(record: DocumentRecord | null): void;
  resize(record: DocumentRecord): void;
}

export function createSelectionHolder(_tell: (selection: SelectionState) => void): SelectionHolder {
  return { coverage: () => undefined, open: () => undefined, resize: () => undefined };
}
