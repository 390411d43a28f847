// A node of the graph: an operation, what it reads, and the shape of what it gives.
import type { Shape } from '../tensor/tensor.ts';
import type { AnyOp } from './op.ts';

export type Attributes = object;

/** Immutable; its one output is identified with the node. */
export interface Value {
  readonly op: AnyOp;
  readonly inputs: readonly Value[];
  readonly attributes: Attributes;
  readonly shape: Shape;
  readonly type: 'float32' | 'bool';
  /** Creation order: inputs always come first. */
  readonly order: number;
}

let created = 0;

/** A new node; only defineOp and the leaves of op.ts call it. */
export function node(part: Omit<Value, 'order'>): Value {
  return { ...part, order: created++ };
}

/** Every node that the outputs reach, inputs before users. */
export function reachable(outputs: readonly Value[]): Value[] {
  const seen = new Set<Value>();
  const pending = [...outputs];
  for (let value = pending.pop(); value; value = pending.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    pending.push(...value.inputs);
  }
  return [...seen].sort((a, b) => a.order - b.order);
}
