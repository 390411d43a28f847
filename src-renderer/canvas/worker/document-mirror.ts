// The worker's copy of the record: what the window has told, and on top of it the steps made here that it has not yet taken.
import { applyChanges, type Change, type Json } from '../../../src-main/contract/changes.ts';
import type { DocumentRecord } from '../../../src-main/contract/document.ts';

interface PendingStep {
  readonly step: number;
  changes: readonly Change[];
}

/** A record before and after something happened to it, and the changes that lead from one to the other. */
export interface Turn {
  readonly before: DocumentRecord;
  readonly after: DocumentRecord;
  readonly changes: readonly Change[];
}

export interface DocumentMirror {
  readonly record: DocumentRecord | undefined;
  open(record: DocumentRecord | null): void;
  /** Changes the window has made; `step`: they are that step of ours. Undefined where no document is open. */
  told(changes: readonly Change[], step?: number): Turn | undefined;
  /** A step made here; its tiles may have names that hold only here. It may know tiles by names they had when it began. */
  make(step: number, changes: readonly Change[]): Turn | undefined;
  /** Tiles got their names: steps on the way name them so. */
  rename(names: ReadonlyMap<string, string>): void;
  changesOf(step: number): readonly Change[];
  /** A step that will not be. */
  drop(step: number): Turn | undefined;
}

/** Names that are remembered: more than the strokes leave that one stroke outlasts. */
const mostNamed = 4096;

export function createDocumentMirror(): DocumentMirror {
  let base: DocumentRecord | undefined;
  let shown: DocumentRecord | undefined;
  let pending: PendingStep[] = [];
  /** Lasting names by those that held only here. */
  let named: ReadonlyMap<string, string> = new Map();

  /** Steps that no longer fit what the window says are left out; the window refuses them too. */
  function derive(): DocumentRecord | undefined {
    if (!base) return undefined;
    let record = base;
    for (const { changes } of pending) {
      try {
        record = applyChanges(record, changes);
      } catch {
        continue;
      }
    }
    return record;
  }

  function turn(changes: readonly Change[]): Turn | undefined {
    const before = shown;
    shown = derive();
    return before && shown ? { before, after: shown, changes } : undefined;
  }

  return {
    get record() {
      return shown;
    },
    open: (record) => {
      base = shown = record ?? undefined;
      pending = [];
      named = new Map();
    },
    told: (changes, step) => {
      if (!base) return undefined;
      base = applyChanges(base, changes);
      const own = pending.some((entry) => entry.step === step);
      pending = pending.filter((entry) => entry.step !== step);
      return turn(own ? [] : changes);
    },
    make: (step, changes) => {
      const now = renamedIn(changes, named);
      pending.push({ step, changes: now });
      return turn(now);
    },
    rename: (names) => {
      named = new Map([...[...named].slice(-mostNamed), ...names]);
      for (const entry of pending) entry.changes = renamedIn(entry.changes, names);
      shown = derive();
    },
    changesOf: (step) => pending.find((entry) => entry.step === step)?.changes ?? [],
    drop: (step) => {
      const changes = pending.find((entry) => entry.step === step)?.changes ?? [];
      pending = pending.filter((entry) => entry.step !== step);
      return turn(changes);
    },
  };
}

function renamedIn(changes: readonly Change[], names: ReadonlyMap<string, string>): Change[] {
  return changes.map(({ path, before, after }) => ({ path, before: renamed(before, names), after: renamed(after, names) }));
}

function renamed(value: Json | undefined, names: ReadonlyMap<string, string>): Json | undefined {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((inner) => renamed(inner as Json, names) ?? null);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renamed(inner as Json, names)])) as Json;
}
