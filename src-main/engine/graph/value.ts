// A node of the graph (an operation, what it reads, the shape of what it gives), and what walks see of its operation.
import type { Shape } from '../tensor/tensor.ts';

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

export type OnnxAttribute = number | string | readonly number[] | { readonly float: number } | { readonly floats: readonly number[] };

/** How a node is written in ONNX: attributes, and trailing int64 operands (axes, shapes, pads). */
export interface Lowering {
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
  readonly operands?: readonly (readonly number[])[];
  /** Trailing float scalars (the limits of Clip), or the scales of Resize. */
  readonly limits?: readonly number[];
  readonly scales?: readonly number[];
  /** Trailing float vectors (the statistics of BatchNormalization). */
  readonly vectors?: readonly (readonly number[])[];
}

/** A finished application of an op, as its adjoint sees it. */
export interface Call<I extends readonly Value[], A> {
  readonly inputs: I;
  readonly output: Value;
  readonly attributes: A;
}

/** One rule per input, in order: gives its gradient when asked (so that unneeded ones are never built); null where there is none. */
export type Adjoint<I extends readonly Value[]> = { readonly [K in keyof I]: (() => Value) | null };

/** A set of operators beside ONNX's own. */
export interface Domain {
  readonly name: string;
  readonly version: number;
}

/** An op of any signature, as walks over the graph see it. */
export interface AnyOp {
  readonly operator: string;
  /** Absent: ONNX's own. */
  readonly domain?: Domain;
  readonly adjoint: (call: Call<readonly Value[], object>, grad: Value) => Adjoint<readonly Value[]>;
  readonly lower?: (attributes: object, shapes: readonly Shape[], output: Shape) => Lowering;
  /** Rebuilds the node over other inputs. */
  readonly apply: (inputs: readonly Value[], attributes: object) => Value;
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
