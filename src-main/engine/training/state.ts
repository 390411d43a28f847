// The numbers a run moves, in two sets of buffers: one is read while the other is written.
import { tensor, type Tensor } from '../tensor/tensor.ts';
import type { StateGroup } from './step-graph.ts';

/** Vectors by name: a group, its moments, where averaged its average, and as `GROUP.updates` [1] how often it has moved. */
export type StateVectors = Readonly<Record<string, Float32Array>>;

export interface TrainingState {
  /** What the next step reads, by input name. */
  feeds(): Record<string, Tensor>;
  /** Where the next step writes, by output name. */
  into(): Record<string, Tensor>;
  /** How often a group has moved: what its moments' bias correction counts. */
  updates(group: StateGroup['name']): number;
  /** Takes over what was written, except the groups held back. */
  advance(held?: ReadonlySet<string>): void;
  /** Copies of all vectors. */
  vectors(): Record<string, Float32Array>;
}

/** Names of a group's vectors. */
export function vectorNames({ name, averaged }: StateGroup): string[] {
  return [name, `${name}.first`, `${name}.second`, ...(averaged ? [`${name}.average`] : [])];
}

/** State of the groups of a phase from vectors; moments that are absent start at zero, averages at their group. */
export function createState(groups: readonly StateGroup[], start: StateVectors): TrainingState {
  const current = new Map<string, Tensor>();
  const next = new Map<string, Tensor>();
  const updates = new Map(groups.map(({ name }) => [name, start[updatesOf(name)]?.[0] ?? 0]));
  for (const group of groups) {
    for (const name of vectorNames(group)) {
      const moment = name.endsWith('.first') || name.endsWith('.second');
      const given = start[name] ?? (moment ? new Float32Array(group.size) : start[group.name]);
      current.set(name, tensor([group.size], Float32Array.from(given)));
      next.set(name, tensor([group.size]));
    }
  }
  return {
    feeds: () => Object.fromEntries(current),
    into: () => Object.fromEntries([...next].map(([name, buffer]) => [`next.${name}`, buffer])),
    updates: (name) => updates.get(name) ?? 0,
    advance: (held = new Set()) => {
      for (const group of groups) {
        if (held.has(group.name)) continue;
        updates.set(group.name, (updates.get(group.name) ?? 0) + 1);
        for (const name of vectorNames(group)) exchange(current, next, name);
      }
    },
    vectors: () => ({
      ...Object.fromEntries([...current].map(([name, { data }]) => [name, Float32Array.from(data)])),
      ...Object.fromEntries([...updates].map(([name, count]) => [updatesOf(name), Float32Array.of(count)])),
    }),
  };
}

const updatesOf = (name: StateGroup['name']): string => `${name}.updates`;

function exchange(a: Map<string, Tensor>, b: Map<string, Tensor>, name: string): void {
  const [first, second] = [a.get(name), b.get(name)];
  if (!first || !second) return;
  a.set(name, second);
  b.set(name, first);
}
