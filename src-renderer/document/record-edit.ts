// Several changes to a record in a row, each seen by the next, gathered as one step.
import { applyChanges, type Change, type Json } from '../../src-main/contract/changes.ts';
import type { DocumentRecord } from '../../src-main/contract/document.ts';

export interface RecordEdit {
  /** With all changes so far. */
  record(): DocumentRecord;
  /** Sets the value at a path, or takes it away where `after` is undefined. */
  set(path: readonly string[], after: unknown): void;
  changes(): readonly Change[];
}

export function editRecord(first: DocumentRecord): RecordEdit {
  const changes: Change[] = [];
  let record = first;
  return {
    record: () => record,
    set(path, after) {
      let before: unknown = record;
      for (const key of path) before = (before as Readonly<Record<string, unknown>> | undefined)?.[key];
      if (before === after) return;
      const change: Change = { path, before: before as Json | undefined, after: after as Json | undefined };
      record = applyChanges(record, [change]);
      changes.push(change);
    },
    changes: () => changes,
  };
}
